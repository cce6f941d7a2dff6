"""The application that the server runs, wired up from Django's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .wsgi import application as django

if TYPE_CHECKING:
    from .front import Front

_THREADS = 8
"""Threads that run Django: more would only wait for each other, for the interpreter's lock."""


def build() -> Front:
    """Everything of one process. Connects to nothing yet."""
    from a2wsgi import WSGIMiddleware  # noqa: PLC0415 - what has tables comes after Django's set-up

    from .assembly import assemble  # noqa: PLC0415

    wsgi: Any = django
    threaded: Any = WSGIMiddleware(wsgi, workers=_THREADS)
    return assemble(threaded)


application = build()
