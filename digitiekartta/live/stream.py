"""The event stream as a plain ASGI application: ``/<kunta>/live`` in every language."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.db import DatabaseError

from digitiekartta.documents.registry import Audience

from .hub import SESSION_OVER, Hub, UnknownLedgerError
from .readers import Reader
from .rules import Viewer

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Any], Awaitable[None]]

ADDRESS = re.compile(r"/(?:(?:sv|en)/)?(?P<slug>[a-z0-9-]{1,60})/live")
_AFTER = ("after", "revisio")
_LARGEST_REVISION = 2**63 - 1
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read what; given by config. Both ask the database and run in a thread.

    ``ledger_of`` finds the ledger of a published municipality by its slug. ``viewer_of`` checks
    the session in a request for the municipality of a slug, published or not; None for everybody
    who is not of it. It is asked again at every heartbeat of a member, and the stream ends when
    the answer is another.
    """

    ledger_of: Callable[[str], UUID | None]
    viewer_of: Callable[[Mapping[str, Any], str], Viewer | None]

    def enter(self, scope: Mapping[str, Any], slug: str) -> Viewer | UUID | None:
        """The member who asks, else the ledger that anybody may follow, else None."""
        return self.viewer_of(scope, slug) or self.ledger_of(slug)


def slug_of(path: str) -> str | None:
    """The municipality's slug where the path is that of a stream."""
    match = ADDRESS.fullmatch(path)
    return match["slug"] if match else None


class Stream:
    """Answers a request for a stream; call it only for paths that :func:`slug_of` knows."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        slug = slug_of(scope["path"])
        if scope["method"] not in ("GET", "HEAD"):
            await refuse(send, 405, "GET only")
        elif self._hub.full:
            await refuse(send, 503, "no room for more streams now")
        else:
            await self._open(slug or "", scope, receive, send)

    async def _open(self, slug: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            found = await self._hub.in_thread(self._access.enter, scope, slug)
        except (DatabaseError, RuntimeError):
            log.warning("a stream can't be opened", exc_info=True)
            await refuse(send, 503, "the database does not answer now")
            return
        if not isinstance(found, Viewer) and asks_as_member(scope):
            await _tell_once(send, SESSION_OVER)
        elif found is None:
            await refuse(send, 404, "no such municipality")
        elif scope["method"] == "HEAD":
            await _tell_once(send, b"")
        else:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._serve(slug, found, scope, receive, send)

    async def _serve(
        self, slug: str, found: Viewer | UUID, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if isinstance(found, Viewer):
            ledger_id, audience = found.ledger_id, found.audience
            reader = Reader(
                send, audience, found.actor, lambda: self._access.viewer_of(scope, slug) == found
            )
        else:
            ledger_id, reader = found, Reader(send, Audience.PUBLIC)
        try:
            await self._hub.join(ledger_id, reader, seen_revision(scope))
            while (await receive())["type"] != "http.disconnect":
                pass
        except (DatabaseError, UnknownLedgerError):
            log.warning("a stream can't be continued", exc_info=True)
            reader.ended = True
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not reader.ended or task is None:
                raise
            task.uncancel()
        finally:
            self._hub.leave(ledger_id, reader)
        await reader.finish()


def asks_as_member(scope: Mapping[str, Any]) -> bool:
    """Whether the page that asks was made for a member (``?jasen``).

    Where nobody is signed in any more, it is told so instead of becoming anybody's page; also for
    a municipality that is not there, so that nobody learns which ones are.
    """
    query = scope["query_string"].decode("latin-1")
    return "jasen" in parse_qs(query, keep_blank_values=True)


async def _tell_once(send: Send, content: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": content})


def seen_revision(scope: Scope) -> int | None:
    """The revision that the reader has seen: ``Last-Event-ID``, else ``?after=`` (``?revisio=``).

    None where it tells none, or nothing that could be one.
    """
    headers = dict(scope["headers"])
    query = parse_qs(scope["query_string"].decode("latin-1"))
    given = [headers.get(b"last-event-id", b"").decode("latin-1")]
    given += [value for name in _AFTER for value in query.get(name, ())]
    for value in given:
        if value.isascii() and value.isdigit() and int(value[:20]) <= _LARGEST_REVISION:
            return int(value[:20])
    return None


async def refuse(send: Send, status: int, reason: str) -> None:
    """A short answer in plain text."""
    content = reason.encode() + b"\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
