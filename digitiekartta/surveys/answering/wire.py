"""Reading requests and sending answers, as ASGI has them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .parsing import MOST_BYTES
from .problems import Page, Trouble, TroubleError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Any], Awaitable[None]]

PATIENCE = 30.0
"""Seconds that a form may take to arrive."""
_FORM_TYPE = b"application/x-www-form-urlencoded"


async def form_body(scope: Scope, receive: Receive) -> bytes:
    """The body of a form. Raises TroubleError where it is none, too large or too slow."""
    headers = dict(scope["headers"])
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != _FORM_TYPE:
        raise TroubleError(Trouble.MALFORMED)
    try:
        return await asyncio.wait_for(_read(receive), PATIENCE)
    except TimeoutError:
        raise TroubleError(Trouble.TOO_SLOW) from None


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise TroubleError(Trouble.MALFORMED)
        body += bytes(message.get("body", b""))
        if len(body) > MOST_BYTES:
            raise TroubleError(Trouble.TOO_LARGE)
        if not message.get("more_body"):
            return body


async def lead_on(send: Send, place: bytes) -> None:
    """Leads the browser on to an address (303), so that reloading sends nothing again."""
    headers = [(b"location", place), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def send_page(send: Send, page: Page) -> None:
    """Sends a page that nobody may keep."""
    headers = [pair for pair in page.headers if pair[0] != b"cache-control"]
    headers += [
        (b"content-length", str(len(page.content)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": page.status, "headers": headers})
    await send({"type": "http.response.body", "body": page.content})
