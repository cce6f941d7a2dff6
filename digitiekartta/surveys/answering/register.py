"""What must be known to take answers, in memory: the open rounds and codes of municipalities."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import DatabaseError, close_old_connections, connections

from ..queries import Rounds, rounds_of

GOOD_FOR = 1.0
"""Seconds for which nobody asks whether the ledger has moved on."""
LOOKED_AGAIN = 0.1
"""Seconds for which nobody asks again where a round or a code is not known."""


@dataclass(frozen=True, slots=True)
class _Kept:
    rounds: Rounds
    at: float


class Register:
    """The rounds of municipalities by slug, at most a second old. Lives in the event loop; the
    database is asked in one thread, once for all who wait."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="survey-register")
        self._kept: dict[str, _Kept] = {}
        self._asking: dict[str, asyncio.Task[Rounds | None]] = {}

    async def get(self, slug: str, good_for: float = GOOD_FOR) -> Rounds | None:
        """The rounds of a municipality, at most so many seconds old; None where there is none.

        Raises DatabaseError.
        """
        kept = self._kept.get(slug)
        if kept is not None and self._clock() - kept.at < good_for:
            return kept.rounds
        task = self._asking.get(slug)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._ask(slug, kept))
            self._asking[slug] = task
        return await asyncio.shield(task)

    def stop(self) -> None:
        """Lets go of the thread and its connection."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _ask(self, slug: str, kept: _Kept | None) -> Rounds | None:
        at = self._clock()
        try:
            rounds = await asyncio.get_running_loop().run_in_executor(
                self._thread, _read, slug, None if kept is None else kept.rounds
            )
        finally:
            del self._asking[slug]
        if rounds is None:
            self._kept.pop(slug, None)
        else:
            self._kept[slug] = _Kept(rounds, at)
        return rounds


def _read(slug: str, known: Rounds | None) -> Rounds | None:
    """Reads; where the connection turns out to be lost, once more through a new one."""
    close_old_connections()
    try:
        return rounds_of(slug, known)
    except DatabaseError:
        connections.close_all()
        return rounds_of(slug, known)
    finally:
        close_old_connections()
