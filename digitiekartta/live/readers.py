"""One open stream, and what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from digitiekartta.documents.registry import Audience

from .changes import Event

Send = Callable[[Any], Awaitable[None]]

MOST_WAITING = 256 * 1024
"""Bytes that may wait for a reader; who is further behind is closed and resumes by its last id."""


@dataclass(slots=True)
class Batch:
    """The events between two revisions, ``after`` excluded and ``upto`` included.

    ``reset`` tells that they begin another history: they are for every reader.
    """

    after: int
    upto: int
    events: Sequence[Event]
    reset: bool = False
    _contents: dict[Audience, bytes] = field(default_factory=dict)

    def content(self, audience: Audience) -> bytes:
        """The whole batch as an audience gets it, made once."""
        made = self._contents.get(audience)
        if made is None:
            made = b"".join(event.encoded(audience) for event in self.events)
            self._contents[audience] = made
        return made

    def content_after(self, revision: int, audience: Audience) -> bytes:
        """The part of the batch that a reader who stands at a revision has not had."""
        if self.reset or revision <= self.after:
            return self.content(audience)
        later = (event for event in self.events if event.revision > revision)
        return b"".join(event.encoded(audience) for event in later)


class Reader:
    """A reader at a revision; ``actor`` is who it is, if a member. Made in its request's task.

    At rest it costs no further task: its own waits for the reader to leave, and sending runs in
    a short task when there is something to send. What comes while the reader catches up with the
    log is held back until it has.
    """

    __slots__ = (
        "_held",
        "_outbox",
        "_send",
        "_sending",
        "_task",
        "_waiting",
        "actor",
        "audience",
        "ended",
        "revision",
        "slow",
        "valid",
    )

    def __init__(
        self,
        send: Send,
        audience: Audience,
        actor: UUID | None = None,
        valid: Callable[[], bool] | None = None,
    ) -> None:
        self.actor = actor
        self.audience = audience
        self.valid = valid
        self.revision = 0
        self.ended = False
        self.slow = False
        self._send = send
        self._held: list[Batch] | None = []
        self._outbox: list[bytes] = []
        self._waiting = 0
        self._sending: asyncio.Task[None] | None = None
        self._task = asyncio.current_task()

    def tell(self, batch: Batch) -> None:
        """Hands on what of a batch is new to this reader."""
        if self._held is not None:
            self._held.append(batch)
            return
        content = batch.content_after(self.revision, self.audience)
        self.revision = batch.upto if batch.reset else max(self.revision, batch.upto)
        if content:
            self.offer(content)

    def stand(self, revision: int, content: bytes = b"") -> None:
        """Stands at a revision from now on, told by ``content`` how it got there."""
        self.revision = revision
        held, self._held = self._held, None
        self.offer(b"retry: 2000\n\n" + content + b"id: %d\n\n" % revision)
        for batch in held or ():
            self.tell(batch)

    def offer(self, content: bytes) -> None:
        """Hands on bytes, in order, without waiting."""
        self._outbox.append(content)
        self._waiting += len(content)
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._flush())
        elif self._waiting > MOST_WAITING:
            self.slow = True
            self.end()

    async def _flush(self) -> None:
        try:
            while self._outbox:
                content = b"".join(self._outbox)
                self._outbox.clear()
                self._waiting = 0
                await self._send({"type": "http.response.body", "body": content, "more_body": True})
        finally:
            self._sending = None

    @property
    def idle(self) -> bool:
        return self._sending is None

    def end(self) -> None:
        """Ends the stream; its task returns soon after."""
        if self.ended:
            return
        self.ended = True
        if self._task is not None:
            self._task.cancel()

    async def finish(self) -> None:
        """Closes the answer, as the last thing in the reader's own task."""
        if self._sending is not None and (self.slow or not self.ended):
            self._sending.cancel()
        elif self._sending is not None:
            await asyncio.wait([self._sending], timeout=0.5)
        if self.ended and not self.slow:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
