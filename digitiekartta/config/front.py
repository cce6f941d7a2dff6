"""The first to meet a request: it leads to stream, readiness, or page cache and Django behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from types import FrameType
from typing import Any
from urllib.parse import quote

from digitiekartta.live.attendance import Attendance, is_told
from digitiekartta.live.hub import Hub
from digitiekartta.live.stream import Stream, refuse, slug_of
from digitiekartta.live.watcher import Watcher
from digitiekartta.surveys.answering.application import Answering, is_answer
from digitiekartta.ui.cache.answers import Answer
from digitiekartta.ui.cache.page_cache import PageCache

from .proxies import Proxies
from .readiness import Readiness
from .ticking import Ticker

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
_FIRST_CONTACT = 0.5
"""Seconds that the first request waits for the watcher, so that its page can be kept already."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the front leads to."""

    pages: PageCache
    stream: Stream
    attendance: Attendance
    answering: Answering
    readiness: Readiness
    proxies: Proxies
    hub: Hub
    watcher: Watcher
    ticker: Ticker
    knows_host: Callable[[str], bool]


class Front:
    """The ASGI application of one process. Its lifespan is that of the watcher and the streams."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pages = parts.pages
        self._proxies = parts.proxies

    def find(self, scope: Scope) -> Answer | None:
        """The answer that stands ready for a request, or None: for a server's short cut."""
        if self._proxies.any:
            scope = {**scope, "scheme": self._proxies.scheme_of(scope)}
        return self._pages.find(scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await self._parts.readiness.health(send)
        elif path == "/readyz":
            await self._parts.readiness.ready(send)
        elif slug_of(path) is not None:
            await self._behind_host(self._parts.stream, scope, receive, send)
        elif is_answer(scope):
            await self._behind_host(self._parts.answering, scope, receive, send)
        elif is_told(scope):
            await self._behind_host(self._parts.attendance, scope, receive, send)
        else:
            if self._proxies.any:
                scope["scheme"] = self._proxies.scheme_of(scope)
            await self._pages(scope, receive, send)

    async def _behind_host(
        self, app: Application, scope: Scope, receive: Receive, send: Send
    ) -> None:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if self._parts.knows_host(host):
            await app(self._proxies.seen(scope), receive, send)
        else:
            await refuse(send, 400, "unknown host")

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._start()
        gc.freeze()
        gc.enable()
        await self._parts.watcher.contact(_FIRST_CONTACT)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._parts.hub.close()
        self._parts.answering.stop()
        self._parts.attendance.stop()
        self._parts.ticker.stop()
        self._parts.watcher.stop()
        self._parts.hub.stop()
        self._parts.readiness.stop()
        await send({"type": "lifespan.shutdown.complete"})

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        self._parts.watcher.start(loop)
        self._parts.answering.start(loop)
        self._parts.ticker.start()
        if threading.current_thread() is threading.main_thread():
            end_streams_at_exit(self._parts.hub, loop)
        end_with_parent()


def behind_cache(django: Application, proxies: Proxies) -> Application:
    """Django as the page cache calls it: with the reader's own address, and queries it can read."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen = proxies.seen(scope)
        query: bytes = seen["query_string"]
        if not query.isascii():
            seen["query_string"] = quote(query, safe="%&=+?/:;,@!$'()*~[]").encode()
        await django(seen, receive, send)

    return application


def end_streams_at_exit(hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
    """Ends the streams as soon as the server is told to stop: it waits for open answers."""
    for number in _SIGNALS:
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _also_closing(before, hub, loop))


def _also_closing(
    before: Callable[[int, FrameType | None], Any], hub: Hub, loop: asyncio.AbstractEventLoop
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        before(number, frame)
        if not loop.is_closed():
            loop.call_soon_threadsafe(hub.close)

    return handle


def end_with_parent() -> None:
    """A worker whose parent was killed ends too: nobody else would stop it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        log.warning("the parent process is gone, ending")
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
