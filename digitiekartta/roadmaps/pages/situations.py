"""How many actions are in which situation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..plan.entities import Action
from ..rules import Situation

READING_ORDER = (
    Situation.DONE,
    Situation.ONGOING,
    Situation.NOT_BEGUN,
    Situation.WAITING_FOR_MONEY,
    Situation.LATE,
    Situation.PAUSED,
    Situation.CANCELLED,
)
"""From what is well to what is not, as the parts of a bar stand side by side."""


@dataclass(frozen=True, slots=True)
class Situations:
    """Each action counted once. ``parts`` has the situations that occur, in reading order."""

    total: int
    parts: tuple[tuple[Situation, int], ...]

    def count(self, situation: Situation) -> int:
        return dict(self.parts).get(situation, 0)


def count_situations(actions: Iterable[Action]) -> Situations:
    counts = Counter(one.situation for one in actions)
    return Situations(
        total=sum(counts.values()),
        parts=tuple((one, counts[one]) for one in READING_ORDER if counts[one]),
    )
