"""The half-year and other values. No Django, no clock."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering

_WRITTEN = re.compile(r"([0-9]{4})-H([12])")
LANGUAGES = ("fi", "sv", "en")
RESERVED_SLUGS = frozenset({"sv", "en", "api", "k", "healthz", "readyz", "metrics", "static"})
FIRST_YEAR, LAST_YEAR = 1900, 2200


class SlugTakenError(ValueError):
    """The address is reserved or another municipality's."""


@total_ordering
@dataclass(frozen=True, slots=True)
class HalfYear:
    """January–June (half 1) or July–December (half 2) of a year. Ordered in time."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"no such half-year: {self.year}, {self.half}")

    @classmethod
    def parse(cls, written: str) -> HalfYear:
        """``2026-H1`` as a half-year. Raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"not a half-year: {written!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: datetime.date) -> HalfYear:
        """The half-year that a day belongs to."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def ordinal(self) -> int:
        """Half-years counted from year 0: neighbours differ by one."""
        return self.year * 2 + self.half - 1

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> datetime.date:
        return (
            datetime.date(self.year, 6, 30) if self.half == 1 else datetime.date(self.year, 12, 31)
        )

    def plus(self, halves: int) -> HalfYear:
        """The half-year so many later (negative: earlier)."""
        ordinal = self.ordinal + halves
        return HalfYear(ordinal // 2, ordinal % 2 + 1)

    def __lt__(self, other: HalfYear) -> bool:
        return self.ordinal < other.ordinal

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-years from ``first`` to ``last``, both included."""

    first: HalfYear
    last: HalfYear

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last half-year is before the first")

    def __iter__(self) -> Iterator[HalfYear]:
        return (self.first.plus(place) for place in range(len(self)))

    def __len__(self) -> int:
        return self.last.ordinal - self.first.ordinal + 1

    def __contains__(self, one: object) -> bool:
        return isinstance(one, HalfYear) and self.first <= one <= self.last


class PartyKind(StrEnum):
    """What a responsible party can be: a sector or a unit of it, a body, or a role."""

    SECTOR = "sector"
    UNIT = "unit"
    BODY = "body"
    ROLE = "role"


class Role(StrEnum):
    """What somebody signed in may be in a municipality."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    HEAD = "head"
    MANAGEMENT = "management"
    SECRETARY = "secretary"
    STAFF = "staff"


class BodyTask(StrEnum):
    """What a body is for in running the roadmap; which body it is, the municipality says."""

    APPROVES = "approves"
    OWNS = "owns"
    KEEPS = "keeps"
    COORDINATES = "coordinates"
    CARRIES_OUT = "carries_out"


class PerspectiveGroup(StrEnum):
    """Whether a perspective is about the respondent's own work or the whole municipality."""

    OWN_WORK = "own_work"
    WHOLE = "whole"
