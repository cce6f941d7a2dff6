"""The values of levels: measurements, targets, priorities, and a perspective with all of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digitiekartta.levels.rules import Reading, SeriesKind, gap_between
from digitiekartta.municipalities.rules import PerspectiveGroup

if TYPE_CHECKING:
    from .entities import Decision

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Series:
    id: str
    name: Text
    kind: SeriesKind
    measured_on: datetime.date
    source: Text
    respondents: int | None
    headcount: int | None
    is_baseline: bool
    example: bool
    round_id: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """The level of a perspective in one series, with its 95 % interval where there is one."""

    series: Series
    value: float
    lower: float | None
    upper: float | None

    @property
    def reading(self) -> Reading:
        """The level as the rules read it, with how many answered of how many."""
        return Reading(
            self.value, self.lower, self.upper, self.series.respondents, self.series.headcount
        )


@dataclass(frozen=True, slots=True)
class Target:
    level: float
    reason: Text
    decision: Decision | None
    example: bool


@dataclass(frozen=True, slots=True)
class Priority:
    """A development priority. Its number (1, 2, …) stands in addresses.

    One that was removed has the reason in ``removal_reason``, and ``decision`` removed it.
    """

    id: str
    number: int
    perspective_id: str
    name: Text
    reason: Text
    decision: Decision | None
    example: bool
    removed: bool = False
    removal_reason: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Perspective:
    """A perspective with its levels: ``points`` oldest first.

    ``estimate`` is the level that the management team itself estimated last, ``former`` the
    priority that the perspective was, if it no longer is one.
    """

    id: str
    number: int
    question: Text
    name: Text
    short_name: Text
    group: PerspectiveGroup
    note: Text
    points: tuple[Point, ...]
    target: Target | None
    priority: Priority | None
    estimate: Point | None = None
    former: Priority | None = None

    @property
    def baseline(self) -> Point | None:
        return next((one for one in self.points if one.series.is_baseline), None)

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def gap(self) -> float | None:
        """Target less baseline: what the priorities were chosen by."""
        return gap_between(_level(self.target), _value(self.baseline))

    @property
    def remaining(self) -> float | None:
        """Target less the latest level."""
        return gap_between(_level(self.target), _value(self.latest))


def _level(target: Target | None) -> float | None:
    return None if target is None else target.level


def _value(point: Point | None) -> float | None:
    return None if point is None else point.value
