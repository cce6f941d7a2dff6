"""A hub that follows the tests' database, and readers of its stream."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from digitiekartta.documents.registry import Audience
from digitiekartta.live.hub import Hub
from digitiekartta.live.rules import Viewer
from digitiekartta.live.sources import source_of
from digitiekartta.live.stream import Access, Stream
from digitiekartta.live.watcher import Watcher

PATIENCE = 5.0
SOMEBODY = uuid4()


@dataclass
class Told:
    """An event as a reader got it."""

    revision: int
    ids: list[str] | None


@dataclass
class Listener:
    """A reader with an open stream. ``seen`` is what an EventSource would resume from."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    events: list[Told] = field(default_factory=list)
    seen: int | None = None
    heartbeats: int = 0
    session: str = ""
    editing: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    ended: bool = False
    content: bytes = b""
    _left: asyncio.Event = field(default_factory=asyncio.Event)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _rest: bytes = b""
    task: asyncio.Task[None] | None = None
    stuck: bool = False

    async def receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Mapping[str, Any]) -> None:
        if self._left.is_set():
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            while self.stuck:
                await asyncio.sleep(0.01)
            self._take(message["body"])
            self.ended = not message.get("more_body")
        self._heard.set()

    def _take(self, content: bytes) -> None:
        self.content += content
        blocks = (self._rest + content).split(b"\n\n")
        self._rest = blocks.pop()
        for block in blocks:
            self._take_block(block.decode())

    def _take_block(self, block: str) -> None:
        fields = dict(line.split(":", 1) for line in block.splitlines() if ":" in line)
        kind = fields.get("event", "").strip()
        if kind == "syke":
            self.heartbeats += 1
        elif kind == "istunto":
            self.session, *_ = fields["data"].split()
        elif kind == "lasna":
            told = json.loads(fields["data"])
            self.editing[told["id"]] = told["editing"]
        if kind:
            return
        if "id" in fields:
            self.seen = int(fields["id"])
        if "data" in fields:
            told = json.loads(fields["data"])
            self.events.append(Told(told["revision"], told["ids"]))
            assert self.seen == told["revision"]

    async def until(self, wanted: Callable[[], bool]) -> None:
        """Waits for something to be heard."""
        async with asyncio.timeout(PATIENCE):
            while not wanted():
                self._heard.clear()
                await self._heard.wait()

    async def leave(self) -> None:
        self._left.set()
        if self.task is not None:
            await self.task


@dataclass
class Following:
    """The hub of a process, and its application."""

    hub: Hub
    stream: Stream
    watcher: Watcher

    async def listen(
        self,
        after: int | None = None,
        *,
        path: str = "/kauhava/live",
        query: str = "",
        method: str = "GET",
        stuck: bool = False,
    ) -> Listener:
        """Opens a stream and waits for its head."""
        listener = Listener()
        headers = [] if after is None else [(b"last-event-id", str(after).encode())]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        listener.task = asyncio.ensure_future(self.stream(scope, listener.receive, listener.send))
        await listener.until(lambda: listener.status != 0)
        if listener.status == 200 and method == "GET":
            await listener.until(lambda: listener.ended or b"retry" in listener.content)
        listener.stuck = stuck
        return listener


@contextlib.asynccontextmanager
async def following(
    ledgers: Mapping[str, UUID],
    audience_of: Callable[[Mapping[str, Any]], Audience] | None = None,
) -> AsyncIterator[Following]:
    """A hub for municipalities by slug, following the tests' database.

    ``audience_of`` tells as whom a request is made; without it everybody is the public.
    """

    def viewer_of(scope: Mapping[str, Any], slug: str) -> Viewer | None:
        audience = audience_of(scope) if audience_of else Audience.PUBLIC
        is_member = audience is not Audience.PUBLIC
        return Viewer(ledgers[slug], SOMEBODY, audience) if is_member else None

    hub = Hub()
    watcher = Watcher(source_of(connection.settings_dict))
    watcher.listen(hub.hear)
    watcher.start(asyncio.get_running_loop())
    try:
        yield Following(hub, Stream(hub, Access(ledgers.get, viewer_of)), watcher)
    finally:
        hub.close()
        watcher.stop()
        hub.stop()
        hub._thread.shutdown(wait=True)
