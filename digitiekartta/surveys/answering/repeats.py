"""Knowing a form of an open link again when it is sent twice.

An open link has no code, and nothing may be stored that could be one. Each form holds a random
word, kept in memory for a while. What that promises: a double click, the back button or a retry
within half an hour counts once, as long as the same process answers. After a restart, or through
another process, it may count again: as the same person may answer again anyway.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from ..services.answers import Outcome

KEPT_SECONDS = 1800.0
_MOST = 20_000


class Repeats:
    """The words of forms that came lately, and what became of them. Lives in the event loop."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, asyncio.Future[Outcome]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    async def once(self, word: str, at: float, store: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """What became of a form: ``store`` is asked for the first of its kind alone.

        One that could not be stored is forgotten, so that a retry stores it.
        """
        self._forget(at)
        kept = self._kept.get(word)
        if kept is not None:
            return await asyncio.shield(kept[1])
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._kept[word] = (at, future)
        try:
            outcome = await store()
        except BaseException as problem:
            self._kept.pop(word, None)
            future.set_exception(problem if isinstance(problem, Exception) else RuntimeError())
            future.exception()  # looked at, whether or not somebody waits
            raise
        if outcome is not Outcome.COUNTED:
            self._kept.pop(word, None)
        future.set_result(outcome)
        return outcome

    def _forget(self, at: float) -> None:
        while self._kept:
            first = next(iter(self._kept))
            if at - self._kept[first][0] < KEPT_SECONDS and len(self._kept) < _MOST:
                return
            del self._kept[first]
