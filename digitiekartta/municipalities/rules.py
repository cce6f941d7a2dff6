"""The half-year and other values. No Django, no clock."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import total_ordering
from typing import Any

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


class Feature(StrEnum):
    """What a municipality may leave out. The roadmap itself, half-yearly progress and the yearly
    changes are always there."""

    LEVELS = "levels"
    SURVEYS = "surveys"
    IDEAS = "ideas"
    MEETINGS = "meetings"
    BUDGET = "budget"
    COMPARISON = "comparison"


def is_on(features: Mapping[str, bool], feature: Feature) -> bool:
    """Whether a feature is in use. ``features`` are the municipality's own choices; one that it
    has not chosen about is in use."""
    return bool(features.get(str(feature), True))


@dataclass(frozen=True, slots=True)
class ReminderRhythm:
    """When mail may go out and when silence is noticed.

    ``silence_days`` is after how many days without a word an action counts as silent, 7–400. No
    mail goes out from ``quiet_from`` until ``quiet_until`` (hours of the day in Finland, 0–23; the
    same hour twice: never quiet), nor on Saturday and Sunday where ``quiet_weekends`` is set.
    """

    silence_days: int = 90
    quiet_from: int = 17
    quiet_until: int = 8
    quiet_weekends: bool = True

    def is_quiet(self, at: datetime.datetime) -> bool:
        """Whether no mail goes out at a time, which is told in Finland's zone."""
        if self.quiet_weekends and at.weekday() >= 5:
            return True
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at.hour < self.quiet_until
        return at.hour >= self.quiet_from or at.hour < self.quiet_until


def reminder_rhythm(chosen: Mapping[str, Any]) -> ReminderRhythm:
    """The rhythm that a municipality has chosen; defaults for what it has not."""
    known = {one.name for one in fields(ReminderRhythm)}
    return ReminderRhythm(**{name: value for name, value in chosen.items() if name in known})


class BrokenSetting(StrEnum):
    """Why a setting can't be changed so; ``municipalities.words`` tells each in a sentence."""

    LAST_COORDINATOR = "last_coordinator"
    LEFT_IN_THE_FUTURE = "left_in_the_future"
    ENDED_WITH_UNITS = "ended_with_units"
    ITS_OWN_UNIT = "its_own_unit"
    NO_SUCH_DAY = "no_such_day"
    NOT_A_BODY = "not_a_body"
    STRANGER = "stranger"
    SET_UP_ALREADY = "set_up_already"
    NOT_READY = "not_ready"


class SettingError(ValueError):
    """A setting can't be changed so; nothing was changed."""

    def __init__(self, rule: BrokenSetting) -> None:
        super().__init__(str(rule))
        self.rule = rule


def slug_of(name: str) -> str:
    """A name as it stands in addresses: small letters, digits and hyphens, at most 60 signs."""
    plain = name.casefold().translate(str.maketrans("äåöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def is_day_of_year(written: str) -> bool:
    """Whether ``MM-DD`` is a day that every year has."""
    try:
        datetime.date.fromisoformat(f"2026-{written}")
    except ValueError:
        return False
    return len(written) == 5
