"""Fan-out: one reading of the log per change and process, one making of bytes per audience."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connections

from digitiekartta.documents.registry import Audience

from .changes import events_after, revision_of
from .company import Company
from .readers import Batch, Reader
from .watcher import News

log = logging.getLogger(__name__)
Result = TypeVar("Result")

BEAT = 15.0
"""Seconds between two heartbeats to one reader."""
MOST_READERS = 20_000
_SLOTS = 30
_HEARTBEAT = b"event: syke\ndata\n\n"
"""A named event rather than a comment: a page hears it, and knows a dead connection by its lack."""
SESSION_OVER = b"event: istunto\ndata: paattynyt\n\n"
_PAUSE = 0.5


class UnknownLedgerError(LookupError):
    """There is no such ledger."""


@dataclass(slots=True, eq=False)
class _Channel:
    """The readers of one ledger. ``revision`` has been told to them, ``target`` is to be."""

    revision: int
    target: int
    readers: dict[Reader, None] = field(default_factory=dict)
    telling: asyncio.Task[None] | None = None


class Hub:
    """All readers of this process. Lives in the event loop; the log is read in one thread."""

    def __init__(self) -> None:
        self.closed = False
        self._channels: dict[UUID, _Channel] = {}
        self._latest: News | None = None
        self._company = Company()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._slots: list[dict[Reader, None]] = [{} for _ in range(_SLOTS)]
        self._next_slot = cycle(range(_SLOTS))
        self._beating: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return sum(len(slot) for slot in self._slots)

    @property
    def full(self) -> bool:
        return self.closed or len(self) >= MOST_READERS

    def hear(self, news: News) -> None:
        """Takes in the watcher's news and sets off the telling."""
        self._latest = news
        for ledger_id, channel in self._channels.items():
            revision = news.revisions.get(ledger_id)
            if revision is not None and revision != channel.target:
                channel.target = revision
                self._set_off(ledger_id, channel)
        for ledger_id, entities in self._company.hear(news.editing).items():
            self._tell_members(ledger_id, entities)

    async def in_thread(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Runs what asks the database in the one thread that holds a connection for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, asking, work, *arguments)

    async def join(self, ledger_id: UUID, reader: Reader, after: int | None) -> None:
        """Adds a reader and tells it what came after the revision that it has seen.

        Added first and then told of the past, it misses nothing; what would reach it twice is
        known by its revision. Raises UnknownLedgerError.
        """
        channel = await self._channel(ledger_id)
        channel.readers[reader] = None
        self._slots[next(self._next_slot)][reader] = None
        if self._beating is None:
            self._beating = asyncio.get_running_loop().create_task(self._beat())
        if after is None or after == channel.revision:
            reader.stand(channel.revision)
        else:
            revision, events = await self.in_thread(events_after, ledger_id, after)
            content = Batch(after, revision, events).content(reader.audience)
            reader.stand(revision, content)
        if reader.actor is not None:
            goes_on = f"event: istunto\ndata: voimassa {self._company.mark(reader.actor)}\n\n"
            editing = self._company.content(ledger_id, reader.audience)
            reader.offer(goes_on.encode() + editing)

    def leave(self, ledger_id: UUID, reader: Reader) -> None:
        """Takes a reader out."""
        for slot in self._slots:
            slot.pop(reader, None)
        channel = self._channels.get(ledger_id)
        if channel is not None:
            channel.readers.pop(reader, None)
            if not channel.readers:
                del self._channels[ledger_id]

    def close(self) -> None:
        """Ends all streams and takes no more: the process is about to stop."""
        self.closed = True
        if self._beating is not None:
            self._beating.cancel()
        for slot in self._slots:
            for reader in list(slot):
                reader.end()

    def stop(self) -> None:
        """Lets go of the thread and its connection, after :meth:`close`."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _channel(self, ledger_id: UUID) -> _Channel:
        channel = self._channels.get(ledger_id)
        if channel is not None:
            return channel
        revision = self._latest.revisions.get(ledger_id) if self._latest else None
        if revision is None:
            revision = await self.in_thread(revision_of, ledger_id)
        if revision is None:
            raise UnknownLedgerError(ledger_id)
        return self._channels.setdefault(ledger_id, _Channel(revision, revision))

    def _set_off(self, ledger_id: UUID, channel: _Channel) -> None:
        if channel.telling is None:
            channel.telling = asyncio.get_running_loop().create_task(self._tell(ledger_id, channel))

    async def _tell(self, ledger_id: UUID, channel: _Channel) -> None:
        """Reads the log from where the channel stands until there is nothing new, and tells it."""
        target = None
        try:
            while channel.readers and target != channel.target:
                target = channel.target
                try:
                    batch = await self._batch(ledger_id, channel.revision)
                except Exception as problem:
                    log.warning("the log can't be read, streams wait: %s", problem)
                    target = None
                    await asyncio.sleep(_PAUSE)
                    continue
                channel.revision = batch.upto
                for reader in list(channel.readers):
                    reader.tell(batch)
        finally:
            channel.telling = None

    def _tell_members(self, ledger_id: UUID, entities: set[UUID]) -> None:
        """Tells who is editing some entities: to members alone, each as far as they may know."""
        channel = self._channels.get(ledger_id)
        contents: dict[Audience, bytes] = {}
        for reader in list(channel.readers) if channel else ():
            if reader.actor is not None:
                if reader.audience not in contents:
                    found = self._company.content(ledger_id, reader.audience, entities)
                    contents[reader.audience] = found
                reader.offer(contents[reader.audience])

    async def _batch(self, ledger_id: UUID, after: int) -> Batch:
        revision, events = await self.in_thread(events_after, ledger_id, after)
        return Batch(after, revision, events, reset=revision < after)

    async def _beat(self) -> None:
        """Heartbeats: every slot in its turn, so that they do not all go out at once."""
        for slot in cycle(self._slots):
            await asyncio.sleep(BEAT / _SLOTS)
            over = await self._no_longer_valid([one for one in slot if one.valid is not None])
            for reader in list(slot):
                if reader in over:
                    reader.offer(SESSION_OVER)
                    reader.end()
                elif reader.idle:
                    reader.offer(_HEARTBEAT)

    async def _no_longer_valid(self, readers: list[Reader]) -> set[Reader]:
        """Whose session is over. Where the database can't tell, the next heartbeat asks again."""
        if not readers:
            return set()
        try:
            return await self.in_thread(_invalid_of, readers)
        except (DatabaseError, RuntimeError) as problem:
            log.warning("sessions can't be looked at: %s", problem)
            return set()


def _invalid_of(readers: list[Reader]) -> set[Reader]:
    return {one for one in readers if one.valid is not None and not one.valid()}


def asking(work: Callable[..., Result], *arguments: Any) -> Result:
    """Runs with a usable connection, and gives it back where there is a pool."""
    close_old_connections()
    try:
        return work(*arguments)
    except DatabaseError:
        connections.close_all()
        raise
    finally:
        close_old_connections()
