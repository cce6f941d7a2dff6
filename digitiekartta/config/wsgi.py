"""Django as WSGI, which the ASGI server runs in threads."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digitiekartta.config.settings")
application = get_wsgi_application()
