"""Muutokset between two dates: the asked dates, what may be wrong with them, the difference."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ..describing import Description
from .changes import Period, Shortcut

FIRST, LAST = "alku", "loppu"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class DateFault(StrEnum):
    """What can be wrong with the asked dates."""

    NOT_A_DATE = "not_a_date"
    MISSING = "missing"
    BEFORE_HISTORY = "before_history"
    IN_THE_FUTURE = "in_the_future"
    END_BEFORE_START = "end_before_start"
    NOT_PUBLIC_THEN = "not_public_then"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked, as typed, and as dates where they are ones."""

    first_typed: str
    last_typed: str
    first: datetime.date | None
    last: datetime.date | None
    faults: tuple[tuple[str, DateFault], ...]

    @property
    def first_shown(self) -> str:
        """What the form shows: the date as its field wants it, else what was typed."""
        return self.first.isoformat() if self.first else self.first_typed

    @property
    def last_shown(self) -> str:
        return self.last.isoformat() if self.last else self.last_typed

    @property
    def fault_of_first(self) -> DateFault | None:
        return dict(self.faults).get(FIRST)

    @property
    def fault_of_last(self) -> DateFault | None:
        return dict(self.faults).get(LAST)


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """``changed`` is None where the dates have a fault."""

    asked: Asked
    changed: Description | None
    period: Period
    shortcuts: tuple[Shortcut, ...]


def read_dates(first: str, last: str, period: Period) -> Asked:
    """The two dates as asked; an empty end means today."""
    typed_last = last or period.ends.isoformat()
    begin, begin_fault = _one(first, period)
    end, end_fault = _one(typed_last, period)
    if begin and end and not begin_fault and not end_fault and end < begin:
        end_fault = DateFault.END_BEFORE_START
    faults = [(FIRST, begin_fault), (LAST, end_fault)]
    return Asked(
        first, typed_last, begin, end, tuple((name, one) for name, one in faults if one is not None)
    )


def not_public(asked: Asked, name: str) -> Asked:
    """The dates with the fault that the roadmap was not public on one of them."""
    return replace(asked, faults=(*asked.faults, (name, DateFault.NOT_PUBLIC_THEN)))


def _one(typed: str, period: Period) -> tuple[datetime.date | None, DateFault | None]:
    if not typed:
        return None, DateFault.MISSING
    day = parse_day(typed)
    if day is None:
        return None, DateFault.NOT_A_DATE
    if day < period.begins:
        return day, DateFault.BEFORE_HISTORY
    return day, DateFault.IN_THE_FUTURE if day > period.ends else None


def parse_day(typed: str) -> datetime.date | None:
    """A date as ``2026-06-12`` or, as Finns write it, ``12.6.2026``; None for anything else."""
    written = typed.strip()
    finnish = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", written, re.ASCII)
    try:
        if finnish is not None:
            return datetime.date(int(finnish[3]), int(finnish[2]), int(finnish[1]))
        if _ISO.fullmatch(written) and written.isascii():
            return datetime.date.fromisoformat(written)
    except ValueError:
        return None
    return None
