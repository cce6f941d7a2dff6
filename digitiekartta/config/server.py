"""The server: uvicorn, with a short cut from its protocol to answers that stand ready.

A page from the cache needs neither a task nor two ASGI messages: it is looked up as soon as the
request's head is read, and written at once. Everything else goes uvicorn's own way, and so does
every request where uvicorn lacks what the short cut builds on.
"""

from __future__ import annotations

import socket
from typing import Any

import uvicorn
from uvicorn.config import Config

GRACE = 3
"""Seconds that open answers have to end in once the server is told to stop."""
_APPLICATION = "digitiekartta.config.asgi:application"


def configuration(workers: int) -> Config:
    """uvicorn's configuration; the sockets are handed to it open."""
    return Config(
        _APPLICATION,
        workers=workers,
        http=_protocol(),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=20,
        backlog=2048,
    )


def run(listener: socket.socket, workers: int) -> bool:
    """Serves until told to stop. Whether it got as far as serving."""
    config = configuration(workers)
    if workers > 1:
        from uvicorn.supervisors import Multiprocess  # noqa: PLC0415 - not for one worker

        listener.set_inheritable(True)
        Multiprocess(config, sockets=[listener]).run()
        return True
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    return server.started


def _protocol() -> Any:
    try:
        from .protocol import QuickProtocol  # noqa: PLC0415 - needs httptools
    except ImportError:
        return "auto"
    return QuickProtocol if QuickProtocol.fits() else "auto"
