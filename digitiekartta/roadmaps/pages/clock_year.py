"""The annual clock in one year: its gates with this year's dates, and where the year is now."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

from ..plan.entities import Gate, Plan


class Phase(StrEnum):
    """Where a gate stands on the day."""

    PAST = "past"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Turn:
    """A gate in this year. ``number`` is its place in the order of the year; ``next`` marks the one
    that comes next, ``days`` tells in how many days it begins (or ends, when it is now)."""

    number: int
    gate: Gate
    first: datetime.date
    last: datetime.date
    phase: Phase
    next: bool
    days: int


@dataclass(frozen=True, slots=True)
class ClockYear:
    """The year's turns, the earliest first."""

    year: int
    on: datetime.date
    turns: tuple[Turn, ...]

    @property
    def now(self) -> tuple[Turn, ...]:
        return tuple(one for one in self.turns if one.phase is Phase.NOW)

    @property
    def next(self) -> Turn | None:
        return next((one for one in self.turns if one.next), None)


def clock_year(plan: Plan) -> ClockYear:
    """The gates with the dates of the year that the plan's day is in."""
    spans = [(gate, *_span(gate, plan.on)) for gate in plan.gates]
    ordered = sorted(spans, key=lambda one: (one[1], one[2]))
    coming = next((gate.id for gate, first, _last in ordered if first > plan.on), None)
    turns = [
        Turn(
            number=place,
            gate=gate,
            first=first,
            last=last,
            phase=_phase(first, last, plan.on),
            next=gate.id == coming,
            days=((first if first > plan.on else last) - plan.on).days,
        )
        for place, (gate, first, last) in enumerate(ordered, start=1)
    ]
    return ClockYear(plan.on.year, plan.on, tuple(turns))


def _span(gate: Gate, on: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The gate's dates in the year of a day; one that crosses the new year is the nearer of two."""
    first, last = _day(on.year, gate.first), _day(on.year, gate.last)
    if first <= last:
        return first, last
    if on <= last:
        return _day(on.year - 1, gate.first), last
    return first, _day(on.year + 1, gate.last)


def _day(year: int, month_and_day: tuple[int, int]) -> datetime.date:
    month, day = month_and_day
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _phase(first: datetime.date, last: datetime.date, on: datetime.date) -> Phase:
    if last < on:
        return Phase.PAST
    return Phase.NOW if first <= on else Phase.COMING
