"""The coordinator's rounds: the list, and one round with what is done and what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from ..models import DailyCount, Round, RoundUnit
from ..rules import RoundState, Way, closes_at

Text = Mapping[str, str]


class Next(StrEnum):
    """What the coordinator does next."""

    GROUPS = "groups"
    DAYS = "days"
    OPEN = "open"
    WAIT = "wait"
    FOLLOW = "follow"
    CLOSE = "close"
    PUBLISH = "publish"
    NOTHING = "nothing"


class Standing(StrEnum):
    """How a task of the list stands."""

    DONE = "done"
    TO_DO = "to_do"
    ANY_TIME = "any_time"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of a group had answered when it was last counted; None where that is not told."""

    id: UUID
    name: Text
    depth: int
    headcount: int
    respondents: int | None
    way: Way
    code_count: int

    @property
    def rate(self) -> float | None:
        """Of those who work there, from 0 on; over 1 where an open link was answered twice."""
        if self.respondents is None or not self.headcount:
            return None
        return self.respondents / self.headcount


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many answered of how many, from the frozen results of a closed round."""

    respondents: int
    headcount: int

    @property
    def rate(self) -> float:
        """Over 1 where an open link was answered twice."""
        return self.respondents / self.headcount


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as the coordinator sees it on a day."""

    id: UUID
    name: Text
    state: RoundState
    opens_on: datetime.date | None
    closes_on: datetime.date | None
    k_mean: int
    k_distribution: int
    units: tuple[UnitCount, ...]
    counted_on: datetime.date | None
    next: Next
    example: bool
    turnout: Turnout | None = None

    @property
    def headcount(self) -> int:
        return sum(one.headcount for one in self.units)

    @property
    def respondents(self) -> int:
        """Of the groups that are large enough to be told."""
        return sum(one.respondents or 0 for one in self.units)

    @property
    def counted_headcount(self) -> int:
        """The staff of the groups that are large enough to be told."""
        return sum(one.headcount for one in self.units if one.respondents is not None)

    @property
    def rate(self) -> float | None:
        counted = self.counted_headcount
        return self.respondents / counted if counted else None

    @property
    def groups_ready(self) -> bool:
        """Whether every group has its number of staff."""
        return bool(self.units) and not self.without_staff

    @property
    def without_staff(self) -> tuple[UnitCount, ...]:
        """Groups that lack their number of staff: those that hold no others together."""
        return tuple(
            one
            for place, one in enumerate(self.units)
            if not one.headcount and not self._holds_others(place)
        )

    def _holds_others(self, place: int) -> bool:
        following = self.units[place + 1 : place + 2]
        return bool(following) and following[0].depth > self.units[place].depth

    def has_way(self, way: str) -> bool:
        """Whether a group answers in this way."""
        return any(one.way == way and one.headcount for one in self.units)

    @property
    def without_codes(self) -> tuple[UnitCount, ...]:
        """Groups whose codes have not been made."""
        return tuple(
            one
            for one in self.units
            if one.headcount and one.way != Way.OPEN_LINK and not one.code_count
        )


def in_order(units: Iterable[RoundUnit]) -> list[tuple[int, RoundUnit]]:
    """Groups with their depth, each after the one that it is part of."""
    below: dict[UUID | None, list[RoundUnit]] = {}
    for unit in sorted(units, key=lambda one: one.rank):
        below.setdefault(unit.parent_id, []).append(unit)
    found: list[tuple[int, RoundUnit]] = []
    waiting = [(0, unit) for unit in below.get(None, [])]
    while waiting:
        depth, unit = waiting.pop(0)
        found.append((depth, unit))
        waiting = [(depth + 1, one) for one in below.get(unit.pk, [])] + waiting
    return found


def round_view(
    one: Round,
    units: Sequence[RoundUnit],
    counts: Mapping[UUID, DailyCount],
    at: datetime.datetime,
    turnout: Turnout | None = None,
) -> RoundView:
    """A round at a moment. ``counts`` are the last ones, by group."""
    days = [count.day for count in counts.values()]
    shown = tuple(
        UnitCount(
            id=unit.pk,
            name=unit.called,
            depth=depth,
            headcount=unit.headcount,
            respondents=counts[unit.pk].respondents if unit.pk in counts else None,
            way=Way(unit.way),
            code_count=unit.code_count,
        )
        for depth, unit in in_order(units)
    )
    view = RoundView(
        id=one.pk,
        name=one.name,
        state=RoundState(one.state),
        opens_on=one.opens_on,
        closes_on=one.closes_on,
        k_mean=one.k_mean,
        k_distribution=one.k_distribution,
        units=shown,
        counted_on=max(days, default=None),
        next=Next.NOTHING,
        example=one.example,
        turnout=turnout,
    )
    return replace(view, next=next_step(view, at))


def next_step(view: RoundView, at: datetime.datetime) -> Next:
    """What the coordinator does next with a round."""
    if view.state is RoundState.DRAFT:
        if not view.groups_ready:
            return Next.GROUPS
        return Next.OPEN if view.closes_on else Next.DAYS
    if view.state is RoundState.OPEN:
        over = view.closes_on is not None and at >= closes_at(view.closes_on)
        if over:
            return Next.CLOSE
        begun = view.opens_on is not None and at.date() >= view.opens_on
        return Next.FOLLOW if begun else Next.WAIT
    return Next.PUBLISH if view.state is RoundState.CLOSED else Next.NOTHING
