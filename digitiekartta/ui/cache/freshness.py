"""Whether what is kept still stands: revisions, the day, and contact with whoever tells them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .marks import SITE, STATIC

PATIENCE = 2.0
"""Seconds without contact after which nothing kept is given out any more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rendering began, in the terms of :class:`Freshness`."""

    generation: int
    day: datetime.date


class Freshness:
    """What is known of the database, as of the last contact.

    ``good_until`` is a time of ``clock`` (seconds). ``generation`` counts changes of whatever
    ledger: who rendered within one generation has seen everything that was known at its start.
    """

    def __init__(
        self, today: Callable[[], datetime.date], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.good_until = 0.0
        self.generation = 0
        self._today = today
        self.clock = clock
        self._day = today()
        self._epoch: int | None = None
        self._revisions: Mapping[str, int] = {}
        self._changed_in: dict[str, int] = {}

    def hear(
        self, revisions: Mapping[str, int], at: float, epoch: int = 0
    ) -> frozenset[str] | None:
        """Takes in the revisions of all ledgers as read at a time of the clock.

        Returns the scopes that have changed, or None when everything has: the day turned, or
        ``epoch`` says that it is another database.
        """
        self.good_until = max(self.good_until, at + PATIENCE)
        before, self._revisions = self._revisions, revisions
        day = self._today()
        if day != self._day or epoch != self._epoch:
            self._day, self._epoch = day, epoch
            self.generation += 1
            self._changed_in = dict.fromkeys((*revisions, SITE, STATIC), self.generation)
            return None
        if revisions == before:
            return frozenset()
        return self._note({*before.items()} ^ {*revisions.items()})

    def _note(self, differences: set[tuple[str, int]]) -> frozenset[str]:
        scopes = frozenset((*(ledger for ledger, _ in differences), SITE))
        self.generation += 1
        self._changed_in.update(dict.fromkeys(scopes, self.generation))
        return scopes

    def in_contact(self) -> bool:
        return self.clock() < self.good_until

    def moment(self) -> Moment:
        return Moment(self.generation, self._today())

    def still(self, scope: str, moment: Moment) -> bool:
        """Whether what was rendered for a scope from a moment on may be kept now."""
        known = scope in (STATIC, SITE) or scope in self._revisions
        unchanged = self._changed_in.get(scope, 0) <= moment.generation
        return known and unchanged and moment.day == self._today() and self.in_contact()
