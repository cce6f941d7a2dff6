"""Answers that wait together are stored together, by one thread with a connection of its own."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, close_old_connections, connections

from ..services.answers import Outcome, Submission, UncertainCommitError

log = logging.getLogger(__name__)
MOST = 256
"""Answers in one commit."""
LINGER = 0.002
"""Seconds that the first of a batch waits for others."""
_MOST_WAITING = 5_000
_QUIET = 1.0


class NotStoredError(Exception):
    """The answer is not acknowledged: it was not stored, or nobody can tell. Sending it again with
    its code counts it once."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    submission: Submission
    future: asyncio.Future[Outcome]


class Batcher:
    """Stores submissions by ``store`` and tells each what became of it, once that is durable.

    ``settle`` is called when nothing has come for a second after something was stored.
    """

    def __init__(
        self,
        store: Callable[[Sequence[Submission]], list[Outcome]],
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._settle = settle
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 3.0) -> None:
        """Takes no more, stores what waits and ends the thread, waiting so many seconds for it."""
        self._stopped = True
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(timeout)

    async def submit(self, submission: Submission) -> Outcome:
        """What became of it, once it is stored durably. Raises NotStoredError."""
        if self._loop is None or self._stopped or self._queue.qsize() > _MOST_WAITING:
            raise NotStoredError
        waiting = _Waiting(submission, self._loop.create_future())
        self._queue.put(waiting)
        return await waiting.future

    def _run(self) -> None:
        stored, going = False, True
        while going:
            try:
                first = self._queue.get(timeout=_QUIET) if stored else self._queue.get()
            except queue.Empty:
                self._rest()
                stored = False
                continue
            if first is None:
                break
            batch, going = self._collect(first)
            self._answer(batch)
            stored = True
        if stored:
            self._rest()
        connections.close_all()

    def _collect(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        """What waits together; whether there is more to come."""
        batch, until = [first], time.monotonic() + LINGER
        while len(batch) < MOST:
            try:
                one = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if one is None:
                return batch, False
            batch.append(one)
        return batch, True

    def _answer(self, batch: Sequence[_Waiting]) -> None:
        try:
            outcomes = self._stored([one.submission for one in batch])
        except Exception as problem:
            # Its name alone: what was to be stored stands in no log.
            log.error("answers could not be stored: %s", type(problem).__name__)
            connections.close_all()
            outcomes = [None] * len(batch)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_deliver, batch, outcomes)

    def _stored(self, batch: Sequence[Submission]) -> list[Outcome | None]:
        """Stores a batch; where the connection turns out to be lost, once more through a new one.

        Where nobody can tell whether it was counted, only what has a code is tried again: that
        can't be counted twice.
        """
        close_old_connections()
        try:
            return list(self._store(batch))
        except UncertainCommitError:
            again = [place for place, one in enumerate(batch) if one.code is not None]
        except DatabaseError:
            again = list(range(len(batch)))
        finally:
            close_old_connections()
        connections.close_all()
        outcomes: list[Outcome | None] = [None] * len(batch)
        stored = self._store([batch[place] for place in again])
        for place, outcome in zip(again, stored, strict=True):
            outcomes[place] = outcome
        return outcomes

    def _rest(self) -> None:
        try:
            self._settle()
        except Exception as problem:
            log.warning("the database could not be settled: %s", problem)
            connections.close_all()


def _deliver(batch: Sequence[_Waiting], outcomes: Sequence[Outcome | None]) -> None:
    for one, outcome in zip(batch, outcomes, strict=True):
        if one.future.done():
            continue
        if outcome is None:
            one.future.set_exception(NotStoredError())
        else:
            one.future.set_result(outcome)
