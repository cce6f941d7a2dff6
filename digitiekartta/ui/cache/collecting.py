"""Listening to a response: a marked one is gathered, every other goes straight on to the reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from .answers import Headers
from .marks import RAW_HEADER, Mark, parse

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]

PRIVATE = (b"cache-control", b"private, no-cache")


@dataclass(frozen=True, slots=True)
class Collected:
    """A whole response that was marked, not sent yet."""

    status: int
    headers: Headers
    content: bytes
    mark: Mark


def cleaned(message: Message) -> Message:
    """The start of a response without the mark, and private where it says nothing about caching."""
    headers = [pair for pair in message.get("headers", ()) if pair[0].lower() != RAW_HEADER]
    if all(name.lower() != b"cache-control" for name, _ in headers):
        headers.append(PRIVATE)
    return {**message, "headers": headers}


def marked(message: Message) -> Mark | None:
    """The mark in the start of a response."""
    for name, value in message.get("headers", ()):
        if name.lower() == RAW_HEADER:
            return parse(value)
    return None


class Collector:
    """A ``send`` that gathers a marked response of at most ``limit`` bytes (0: none).

    ``assumed`` is the mark of a response with status 200 that has none of its own. After the
    application has ended ``collected`` is the response, or None when it was passed on to ``send``.
    ``mark`` is what a response with status 200 was marked with, gathered or not; ``status`` is 0
    as long as there is none.
    """

    def __init__(self, send: Send, limit: int, assumed: Mark | None = None) -> None:
        self.collected: Collected | None = None
        self.mark: Mark | None = None
        self.status = 0
        self._send = send
        self._limit = limit
        self._assumed = assumed
        self._start: Message = {}
        self._passing = False
        self._chunks: list[bytes] = []
        self._size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._passing or message["type"] != "http.response.body":
            await self._send(message)
        else:
            await self._gather(message)

    async def _begin(self, message: Message) -> None:
        mark = marked(message) or self._assumed
        self.status = message["status"]
        self.mark = mark if self.status == 200 else None
        if self.mark is None or not self._limit:
            self._passing = True
            await self._send(cleaned(message))
        else:
            self._start = message

    async def _gather(self, message: Message) -> None:
        chunk = message.get("body", b"")
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > self._limit:
            await self._let_go(bool(message.get("more_body")))
        elif not message.get("more_body"):
            self._finish()

    async def _let_go(self, more: bool) -> None:
        """Too large to be kept: what was gathered goes on, and the rest as it comes."""
        self._passing = True
        await self._send(cleaned(self._start))
        content = b"".join(self._chunks)
        self._chunks.clear()
        await self._send({"type": "http.response.body", "body": content, "more_body": more})

    def _finish(self) -> None:
        headers = [(name.lower(), value) for name, value in self._start["headers"]]
        mark = self.mark or Mark("")
        self.collected = Collected(self.status, headers, b"".join(self._chunks), mark)


async def send_collected(send: Send, collected: Collected) -> None:
    """Sends a gathered response that is not kept, as it came."""
    await send(
        cleaned(
            {
                "type": "http.response.start",
                "status": collected.status,
                "headers": collected.headers,
            }
        )
    )
    await send({"type": "http.response.body", "body": collected.content})
