"""Django's settings for the tests: a folder of their own, and always the same day."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

NOW = "2026-12-09T10:00:00+02:00"

for _name in [name for name in os.environ if name.startswith("DIGITIEKARTTA_")]:
    del os.environ[_name]

_folder = Path(tempfile.mkdtemp(prefix="digitiekartta-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DIGITIEKARTTA_VAR"] = str(_folder)
os.environ["DIGITIEKARTTA_NOW"] = NOW
# Playwright keeps an event loop in the thread of the tests; the server proper runs without this.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from digitiekartta.config.settings import *  # noqa: E402, F403
from digitiekartta.config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file as in real life, so that threads meet each other in it.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    # Rows of a test need not outlive a power cut; servers are started with their own settings.
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")

# A mail is sent before the answer, so that a test finds it in Django's outbox.
MAIL_IN_BACKGROUND = False
