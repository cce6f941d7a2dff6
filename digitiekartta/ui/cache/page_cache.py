"""The cache itself: an ASGI application in front of another one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from . import answers, encodings
from .answers import Answer, Page, Variant
from .collecting import Collected, Collector, Receive, Send, send_collected
from .freshness import Freshness
from .marks import STATIC, Mark
from .refusals import refusal, tell_once
from .requests import RawKey, Request, cacheable, canonical_query, plain_scope
from .shelf import PageKey, Shelf

Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
_STATIC_MARK = Mark(STATIC, ("v",))
_MOST_READY = 8192
_MOST_PATHS = 10_000
_BLOCKING_SIZE = 16_384
"""Bytes that may be compressed without leaving the event loop: about a millisecond."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the cache is told about its surroundings.

    ``static_prefix`` is where static files live (empty: they are not kept), ``static_digest`` the
    digest of one by its name, ``limit`` the bytes that all pages may take.
    """

    session_cookie: str
    knows_host: Callable[[str], bool]
    static_prefix: str = ""
    static_digest: Callable[[str], str] = lambda name: ""
    limit: int = 64 * 1024 * 1024


class PageCache:
    """Answers from memory what it may, and lets ``app`` answer everything else."""

    def __init__(self, app: Application, rules: Rules, freshness: Freshness) -> None:
        self.app = app
        self.rules = rules
        self.freshness = freshness
        self.shelf = Shelf(rules.limit)
        self._clock = freshness.clock
        self._session_mark = f"{rules.session_cookie}=".encode()
        self._largest = rules.limit // 8
        self._ready: dict[RawKey, tuple[Variant, Page]] = {}
        self._marks: dict[str, Mark | None] = {}
        self._renderings: dict[tuple[PageKey, int], asyncio.Future[Page | None]] = {}
        self._compressions: dict[tuple[int, str], asyncio.Future[Variant]] = {}

    def hear(self, revisions: Mapping[str, int], at: float, epoch: int = 0) -> None:
        """Takes in all ledgers' revisions, read at a time of the clock; drops what is stale."""
        scopes = self.freshness.hear(revisions, at, epoch)
        if scopes is None:
            self.shelf.drop(lambda page: True)
            self._ready.clear()
        elif scopes and self.shelf.drop(lambda page: page.scope in scopes):
            self._forget_ready(lambda page: page.scope in scopes)

    def find(self, scope: Mapping[str, Any]) -> Answer | None:
        """The ready answer to a request exactly like an earlier one, or None. The shortest way."""
        raw = scope["headers"]
        headers = dict(raw)
        host = headers.get(b"host")
        accepted = headers.get(b"accept-encoding")
        path, query = scope["path"], scope["query_string"]
        key = (scope["method"], scope["scheme"], path, query, host, accepted)
        found = self._ready.get(key)
        if found is None or len(headers) != len(raw) or self._clock() >= self.freshness.good_until:
            return None
        if b"cookie" in headers and self._session_mark in headers[b"cookie"]:
            return None
        if b"range" in headers or b"authorization" in headers or b"transfer-encoding" in headers:
            return None
        variant = found[0]
        variant.used = True
        none_match = headers.get(b"if-none-match")
        return variant.whole if none_match is None else variant.to(scope["method"], none_match)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ready = self.find(scope)
        if ready is not None:
            await send(ready.start)  # type: ignore[arg-type]
            await send(ready.body)  # type: ignore[arg-type]
            return
        request = None
        if self.freshness.in_contact():
            request = cacheable(scope, self._session_mark, self.rules.knows_host)
        if request is None:
            await self.app(scope, receive, Collector(send, 0))
        else:
            await self._serve(_Exchange(scope, receive, send, request))

    async def _serve(self, exchange: _Exchange) -> None:
        request = exchange.request
        mark = self._mark_of(request.path)
        if mark is None and request.path in self._marks:
            await self._pass(exchange)
            return
        key = self._key(request, mark)
        page = self.shelf.get(key)
        if page is None:
            page = await self._rendered(exchange, key, mark)
        if page is not None:
            await self._send(exchange, key, page)

    def _mark_of(self, path: str) -> Mark | None:
        prefix = self.rules.static_prefix
        if prefix and path.startswith(prefix):
            return _STATIC_MARK
        return self._marks.get(path)

    def _key(self, request: Request, mark: Mark | None) -> PageKey:
        query = request.query
        if mark is _STATIC_MARK:
            query = self._static_query(request)
        elif mark is not None:
            query = canonical_query(query, mark.known_query)
        return (request.scheme, request.host, request.path, query)

    def _static_query(self, request: Request) -> bytes:
        """The query with the file's digest, when it is the one that was asked for; else nothing."""
        name = request.path.removeprefix(self.rules.static_prefix)
        digest = self.rules.static_digest(name)
        return request.query if digest and request.query == f"v={digest}".encode() else b""

    async def _rendered(self, exchange: _Exchange, key: PageKey, mark: Mark | None) -> Page | None:
        """The page, rendered once for all who ask meanwhile; None when the reader was answered."""
        flight = (key, self.freshness.generation)
        running = self._renderings.get(flight)
        if running is not None:
            page = await asyncio.shield(running)
            if page is None:
                await self._pass(exchange)
            return page
        future = asyncio.get_running_loop().create_future()
        self._renderings[flight] = future
        page = None
        try:
            page = await self._render(exchange, key, mark)
        finally:
            del self._renderings[flight]
            future.set_result(page)
        return page

    async def _render(self, exchange: _Exchange, key: PageKey, mark: Mark | None) -> Page | None:
        request, moment = exchange.request, self.freshness.moment()
        # As GET: HEAD too keeps a page that nobody has asked for whole yet, and gets its tag.
        scope: MutableMapping[str, Any] = {**exchange.scope, "method": "GET"}
        assumed = _STATIC_MARK if mark is _STATIC_MARK else None
        if mark is not None:
            scope = plain_scope(scope, request, key[3])
        collector = Collector(exchange.send, self._largest, assumed)
        await self.app(scope, exchange.receive, collector)
        if assumed is None:
            self._learn(request.path, collector)
        collected = collector.collected
        if collected is None:
            return None
        page = self._page_of(exchange, key, collected, mark)
        if page is None:
            await send_collected(exchange.send, collected)
        elif self.freshness.still(page.scope, moment):
            self._keep(key, page)
        return page

    async def _pass(self, exchange: _Exchange) -> None:
        """Lets the application answer, and learns whether the page is one to keep next time."""
        collector = Collector(exchange.send, 0)
        await self.app(exchange.scope, exchange.receive, collector)
        if exchange.request.method == "GET":
            self._learn(exchange.request.path, collector)

    def _page_of(
        self, exchange: _Exchange, key: PageKey, collected: Collected, mark: Mark | None
    ) -> Page | None:
        """The page of a response, or None where it must not be shared."""
        request = exchange.request
        if mark is None and not self._is_plain(request, collected.mark):
            return None
        reason = refusal(collected.headers, collected.content)
        if reason:
            tell_once(request.path, reason)
            return None
        immutable = mark is _STATIC_MARK and key[3]
        return Page(
            scope=collected.mark.scope,
            headers=answers.kept_headers(collected.headers),
            content=collected.content,
            cache_control=answers.IMMUTABLE if immutable else answers.REVALIDATED,
        )

    @staticmethod
    def _is_plain(request: Request, mark: Mark) -> bool:
        """Whether the first rendering of a path saw nothing but what will be in the key."""
        return (
            request.ordinary and canonical_query(request.query, mark.known_query) == request.query
        )

    def _learn(self, path: str, heard: Collector) -> None:
        """Remembers whether a path holds a page to keep. An error says nothing of that."""
        if not 200 <= heard.status < 400:
            return
        self._marks.pop(path, None)
        self._marks[path] = heard.mark
        if len(self._marks) > _MOST_PATHS:
            del self._marks[next(iter(self._marks))]

    def _keep(self, key: PageKey, page: Page) -> None:
        if self.shelf.put(key, page):
            self._forget_ready(lambda one: not one.kept)

    def _forget_ready(self, gone: Callable[[Page], bool]) -> None:
        self._ready = {key: held for key, held in self._ready.items() if not gone(held[1])}

    async def _send(self, exchange: _Exchange, key: PageKey, page: Page) -> None:
        request = exchange.request
        encoding = encodings.chosen(request.accept_encoding) if page.compressible else ""
        variant = page.variants.get(encoding) or await self._variant(key, page, encoding)
        raw_key = request.raw_key
        if raw_key is not None and page.kept:
            ready = variant
            if request.method == "HEAD":
                ready = Variant(variant.etag, variant.bare, variant.bare, variant.unchanged)
            self._ready[raw_key] = (ready, page)
            if len(self._ready) > _MOST_READY:
                del self._ready[next(iter(self._ready))]
        chosen = variant.to(request.method, request.none_match)
        await exchange.send(chosen.start)  # type: ignore[arg-type]
        await exchange.send(chosen.body)  # type: ignore[arg-type]

    async def _variant(self, key: PageKey, page: Page, encoding: str) -> Variant:
        """The page in an encoding, made once for all who ask meanwhile."""
        flight = (id(page), encoding)
        running = self._compressions.get(flight)
        if running is not None:
            return await asyncio.shield(running)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Variant] = loop.create_future()
        self._compressions[flight] = future
        try:
            if encoding and len(page.content) > _BLOCKING_SIZE:
                variant = await loop.run_in_executor(None, page.variant, encoding)
            else:
                variant = page.variant(encoding)
            page.variants[encoding] = variant
            future.set_result(variant)
        finally:
            del self._compressions[flight]
            if not future.done():
                future.set_result(page.variant(encodings.IDENTITY))
        if page.kept:
            self._keep(key, page)
        return variant


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A request with the means to answer it."""

    scope: MutableMapping[str, Any]
    receive: Receive
    send: Send
    request: Request
