"""A cache with a made-up application behind it, a clock that tests set, and readers."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from digitiekartta.ui.cache.freshness import Freshness
from digitiekartta.ui.cache.marks import HEADER
from digitiekartta.ui.cache.page_cache import PageCache, Rules

LEDGER = "0e0e0e0e-0000-4000-8000-000000000001"
OTHER = "0e0e0e0e-0000-4000-8000-000000000002"
HTML = (b"content-type", b"text/html; charset=utf-8")
TEXT = "<p>Äänekoski ja Kauhava tekevät digitiekarttaa yhdessä.</p>" * 40
BYTES = TEXT.encode()
Headers = list[tuple[bytes, bytes]]


@dataclass
class Got:
    """What a reader got."""

    status: int
    headers: dict[str, str]
    body: bytes


def marked(scope: str = LEDGER, query: str = "") -> tuple[bytes, bytes]:
    return (HEADER.lower().encode(), f"{scope}; query={query}".encode())


@dataclass
class Application:
    """Answers every path alike, and counts. What differs is set before the request."""

    status: int = 200
    headers: Headers = field(default_factory=lambda: [HTML, marked()])
    body: bytes | Callable[[MutableMapping[str, Any]], bytes] = BYTES
    before_answering: Callable[[], Awaitable[None]] | None = None
    scopes: list[MutableMapping[str, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.scopes)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        body = self.body(scope) if callable(self.body) else self.body
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        if self.before_answering is not None:
            await self.before_answering()
        await send(dict(start))
        half = len(body) // 2
        await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": body[half:]})


@dataclass
class Stage:
    """The cache in its surroundings."""

    application: Application = field(default_factory=Application)
    limit: int = 1_000_000
    time: float = 100.0
    day: datetime.date = datetime.date(2026, 12, 9)
    revisions: dict[str, int] = field(default_factory=lambda: {LEDGER: 1, OTHER: 1})

    def __post_init__(self) -> None:
        rules = Rules(
            session_cookie="istunto",
            knows_host=lambda host: host in ("kauhava.fi", "www.kauhava.fi"),
            static_prefix="/static/",
            static_digest=lambda name: "1a2b3c4d" if name == "ui/page.js" else "",
            limit=self.limit,
        )
        freshness = Freshness(lambda: self.day, lambda: self.time)
        self.cache = PageCache(self.application, rules, freshness)
        self.hear()

    def hear(self, epoch: int = 1) -> None:
        self.cache.hear(dict(self.revisions), self.time, epoch)

    def commit(self, ledger: str = LEDGER) -> None:
        self.revisions[ledger] += 1
        self.hear()

    async def ask(
        self, path: str = "/kauhava/", query: str = "", method: str = "GET", **headers: str
    ) -> Got:
        """What a reader gets; ``headers`` replace those of a plain browser."""
        sent = {"host": "kauhava.fi", **headers}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]
        return await self.ask_raw(raw, path=path, query=query, method=method)

    async def ask_raw(
        self,
        headers: Headers,
        *,
        path: str = "/kauhava/",
        query: str = "",
        method: str = "GET",
        scheme: str = "https",
    ) -> Got:
        scope = {
            "type": "http",
            "method": method,
            "scheme": scheme,
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        messages: list[Any] = []

        async def send(message: Any) -> None:
            messages.append(message)

        await self.cache(scope, receive, send)
        body = b"".join(one.get("body", b"") for one in messages[1:])
        start = messages[0]
        return Got(
            start["status"],
            {name.decode(): value.decode() for name, value in start["headers"]},
            body,
        )

    def get(self, *arguments: Any, **options: Any) -> Got:
        return asyncio.run(self.ask(*arguments, **options))


async def receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}
