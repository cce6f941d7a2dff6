"""What operators ask: whether the process lives, and whether it can do its work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, connections

from .migrations import standing

log = logging.getLogger(__name__)
Send = Callable[[Any], Awaitable[None]]
_PATIENCE = 3.0


class Readiness:
    """Answers ``/healthz`` without asking anybody, ``/readyz`` by asking the database."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self._migrated = False
        self._asking: asyncio.Future[str] | None = None

    async def health(self, send: Send) -> None:
        await _tell(send, 200, "ok")

    async def ready(self, send: Send) -> None:
        """200 ``ready``, or 503 and a word on what is missing. One question at a time is asked."""
        loop = asyncio.get_running_loop()
        if self._asking is None or self._asking.done():
            self._asking = loop.run_in_executor(self._thread, self._missing)
        try:
            missing = await asyncio.wait_for(asyncio.shield(self._asking), _PATIENCE)
        except TimeoutError:
            missing = "database"
        await _tell(send, 503 if missing else 200, missing or "ready")

    def stop(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _missing(self) -> str:
        """What stands in the way: ``database``, ``migrations``, or nothing."""
        close_old_connections()
        try:
            if not self._migrated:
                self._migrated = not standing().missing
                return "" if self._migrated else "migrations"
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except (DatabaseError, OSError, RuntimeError) as problem:
            log.warning("not ready: %s", problem)
            connections.close_all()
            return "database"
        finally:
            close_old_connections()
        return ""


async def _tell(send: Send, status: int, word: str) -> None:
    content = word.encode() + b"\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
