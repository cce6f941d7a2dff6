"""The annual clock in one year: its gates with this year's dates, and where the year is now."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.ui import formats

from ..plan.entities import Gate


class Phase(StrEnum):
    """Where a gate stands on the day."""

    PAST = "past"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Turn:
    """A gate in a year. ``number`` is its place in the order of that year."""

    number: int
    gate: Gate
    first: datetime.date
    last: datetime.date
    phase: Phase

    def dates(self, language: str) -> str:
        """The days in words: ``2.–31.1.``"""
        return days_in_words(self.first, self.last, language)


@dataclass(frozen=True, slots=True)
class ClockYear:
    """The year's turns, the earliest first. ``next`` may be the first one of the next year."""

    year: int
    on: datetime.date
    turns: tuple[Turn, ...]
    next: Turn | None

    @property
    def now(self) -> tuple[Turn, ...]:
        return tuple(one for one in self.turns if one.phase is Phase.NOW)


def clock_year(gates: Iterable[Gate], on: datetime.date, last_year: int | None = None) -> ClockYear:
    """The gates with the dates of the year that a day is in.

    ``last_year`` is the period's: what comes only then is left out of other years.
    """
    known = tuple(gates)
    turns = _turns(_of_year(known, on.year, last_year), on, on.year)
    coming = [one for one in turns if one.phase is Phase.COMING]
    following = coming or _turns(_of_year(known, on.year + 1, last_year), on, on.year + 1)
    return ClockYear(on.year, on, turns, following[0] if following else None)


def _of_year(gates: tuple[Gate, ...], year: int, last_year: int | None) -> tuple[Gate, ...]:
    return tuple(one for one in gates if not one.last_year_only or year == last_year)


def _turns(gates: tuple[Gate, ...], on: datetime.date, year: int) -> tuple[Turn, ...]:
    spans = [(gate, *_span(gate, on, year)) for gate in gates]
    ordered = sorted(spans, key=lambda one: (one[1], one[2]))
    return tuple(
        Turn(place, gate, first, last, _phase(first, last, on))
        for place, (gate, first, last) in enumerate(ordered, start=1)
    )


def _span(gate: Gate, on: datetime.date, year: int) -> tuple[datetime.date, datetime.date]:
    """The gate's dates in a year.

    One that crosses the new year is, until it ends, the one that began in the year before.
    """
    first, last = _day(year, gate.first), _day(year, gate.last)
    if first <= last:
        return first, last
    if on.year == year and on <= last:
        return _day(year - 1, gate.first), last
    return first, _day(year + 1, gate.last)


def _day(year: int, month_and_day: tuple[int, int]) -> datetime.date:
    month, day = month_and_day
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _phase(first: datetime.date, last: datetime.date, on: datetime.date) -> Phase:
    if last < on:
        return Phase.PAST
    return Phase.NOW if first <= on else Phase.COMING


def days_in_words(first: datetime.date, last: datetime.date, language: str) -> str:
    """A stretch of days, the month told once: ``2.–31.1.``, in English ``2–31 Jan``."""
    end = formats.short_date(last, language)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        mark = "" if formats.known(language) == "en" else "."
        return f"{first.day}{mark}–{end}"
    joint = " – " if formats.known(language) == "en" else "–"
    return formats.short_date(first, language) + joint + end
