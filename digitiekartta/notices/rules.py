"""Who is reminded of what and when. No Django, no clock; days and times are told.

Source: "Toimenpiteiden päivittämisestä, seurannasta ja valvonnasta vastaa digitiimi"; the follow-up
is half-yearly, and nobody is chased by hand.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from digitiekartta.municipalities.rules import HalfYear, ReminderRhythm
from digitiekartta.roadmaps.rules import Status

DAY = datetime.timedelta(days=1)
HELSINKI = ZoneInfo("Europe/Helsinki")

TURN_BEFORE = 14
"""Days before a half-year ends from which its report is asked for."""
TURN_AFTER = 60
"""Days after a half-year's end until which its report is asked for."""
TURN_COUNTS = 45
"""A report counts as that of a half-year when it was given so many days before its end or later."""
GATE_BEFORE = 14
"""Days before a date of the digital team from which silence is told of."""
ANSWER_DAYS = 14
"""Days within which an assignment can be objected to before silence accepts it."""
DIGEST_GAP = 7
"""Days between two digests to the same recipient, unless there is a new assignment."""
KEPT_DAYS = 400
"""Days for which it is remembered who was reminded of what: a year and a little more."""
FOLLOWER_GAP = 7
"""Days between two mails to a resident at the least."""
CONFIRM_DAYS = 7
"""Days within which a resident confirms that the address is hers; then it is forgotten."""
TRIES = 8
"""How many times one mail is tried: with the pauses below, for about three days."""
_PAUSES = (10, 30, 60, 180, 480, 960, 1440, 1440)
"""Minutes to wait after each failure."""


class Kind(StrEnum):
    """Why somebody is reminded, the most urgent first."""

    ASSIGNED = "assigned"
    LATE = "late"
    HALF_YEAR = "half_year"
    MEETING = "meeting"


class Level(StrEnum):
    """To whom a reminder goes, in the order in which silence leads on. The list is a page that the
    management team sees: nobody gets a mail of it, and the coordinator's evening stays free."""

    PERSON = "person"
    DEPUTY = "deputy"
    REPRESENTATIVE = "representative"
    HEAD = "head"
    LIST = "list"


WAITS: Mapping[Level, int] = {
    Level.PERSON: 7,
    Level.DEPUTY: 7,
    Level.REPRESENTATIVE: 7,
    Level.HEAD: 14,
}
"""Days that an answer is waited for before the next one is told."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What reminders of one action follow from, on a day.

    ``late`` comes from the valid schedule. ``reported_on`` is the day of the latest note.
    """

    status: Status
    first: HalfYear
    last: HalfYear
    cancelled: bool = False
    late: bool = False
    assigned_on: datetime.date | None = None
    accepted_on: datetime.date | None = None
    objected: bool = False
    reported_on: datetime.date | None = None

    @property
    def goes_on(self) -> bool:
        """Whether something is expected of it: it is neither over nor paused."""
        return not self.cancelled and self.status not in (Status.DONE, Status.PAUSED)


@dataclass(frozen=True, slots=True)
class TeamDate:
    """A date of the annual clock that is the digital team's: ``begins`` in the year at hand."""

    id: str
    begins: datetime.date
    ends: datetime.date


@dataclass(frozen=True, slots=True)
class Due:
    """A reason to remind of an action. Within one ``period`` each level is told once; ``since`` is
    the day from which a report is an answer."""

    kind: Kind
    period: str
    since: datetime.date


def due_of(
    facts: Facts, on: datetime.date, *, silence_days: int, dates: Iterable[TeamDate] = ()
) -> tuple[Due, ...]:
    """Why somebody is reminded of an action on a day, the most urgent reason first.

    One word of how it goes answers all but an assignment, so one of them is asked at a time.
    """
    told = _half_year(facts, on) or _late(facts, on) or _meeting(facts, on, silence_days, dates)
    return tuple(one for one in (_assigned(facts, on), told) if one is not None)


def _assigned(facts: Facts, on: datetime.date) -> Due | None:
    given = facts.assigned_on
    if given is None or facts.accepted_on or facts.objected or not facts.goes_on:
        return None
    if not given <= on <= given + ANSWER_DAYS * DAY:
        return None
    return Due(Kind.ASSIGNED, given.isoformat(), given)


def _late(facts: Facts, on: datetime.date) -> Due | None:
    """Once in each half-year, until something is told in it."""
    now = HalfYear.of(on)
    if not facts.late or not facts.goes_on or _told_since(facts, now.first_day):
        return None
    return Due(Kind.LATE, str(now), now.first_day)


def _half_year(facts: Facts, on: datetime.date) -> Due | None:
    """Before a half-year ends and after it, until its report is there."""
    now = HalfYear.of(on)
    for half_year in (now.plus(-1), now):
        begins = half_year.last_day - TURN_BEFORE * DAY
        if begins <= on <= half_year.last_day + TURN_AFTER * DAY:
            since = half_year.last_day - TURN_COUNTS * DAY
            if facts.goes_on and facts.first <= half_year and not _told_since(facts, since):
                return Due(Kind.HALF_YEAR, str(half_year), since)
    return None


def _meeting(
    facts: Facts, on: datetime.date, silence_days: int, dates: Iterable[TeamDate]
) -> Due | None:
    """Before a date of the digital team, of what nothing has been heard for long."""
    if not facts.goes_on or facts.first.first_day > on:
        return None
    for date in sorted(dates, key=lambda one: one.begins):
        since = date.begins - silence_days * DAY
        if date.begins - GATE_BEFORE * DAY <= on <= date.ends and not _told_since(facts, since):
            return Due(Kind.MEETING, f"{date.id}:{date.begins.year}", since)
    return None


def _told_since(facts: Facts, day: datetime.date) -> bool:
    return facts.reported_on is not None and facts.reported_on >= day


def next_level(
    reachable: Collection[Level],
    told: Mapping[Level, datetime.date],
    on: datetime.date,
    *,
    kind: Kind,
) -> Level | None:
    """Who is told next of something; None as long as an answer is waited for.

    ``told`` are those told already in this period, with the day. Whoever can't be reached is left
    out, so that the next one is told at once. An assignment is told to the first alone: silence
    accepts it.
    """
    for level in WAITS:
        if level in told:
            if kind is Kind.ASSIGNED or on < told[level] + WAITS[level] * DAY:
                return None
        elif level in reachable:
            return level
    return None if kind is Kind.ASSIGNED else Level.LIST


def may_send_digest(last: datetime.date | None, kinds: Collection[Kind], on: datetime.date) -> bool:
    """Whether a digest may go to a recipient whose last one went on ``last``: a week apart, but a
    new assignment waits only for the next day."""
    if last is None:
        return True
    gap = 1 if Kind.ASSIGNED in kinds else DIGEST_GAP
    return on >= last + gap * DAY


def easter(year: int) -> datetime.date:
    """Easter Sunday (the anonymous Gregorian algorithm: Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def holidays(year: int) -> frozenset[datetime.date]:
    """The days off of a municipality's offices besides weekends.

    Source: kirkkolaki (652/2023) 1 luku 6 §; laki vapunpäivän järjestämisestä työntekijäin
    vapaapäiväksi (272/1944); laki itsenäisyyspäivän viettämisestä (388/1937); the eves of Midsummer
    and Christmas are off by the collective agreement (KVTES III luku).
    """
    sunday = easter(year)
    midsummer = _saturday(datetime.date(year, 6, 20))
    return frozenset(
        {
            datetime.date(year, 1, 1),
            datetime.date(year, 1, 6),
            sunday - 2 * DAY,
            sunday,
            sunday + DAY,
            sunday + 39 * DAY,
            sunday + 49 * DAY,
            datetime.date(year, 5, 1),
            midsummer - DAY,
            midsummer,
            _saturday(datetime.date(year, 10, 31)),
            datetime.date(year, 12, 6),
            datetime.date(year, 12, 24),
            datetime.date(year, 12, 25),
            datetime.date(year, 12, 26),
        }
    )


def _saturday(first: datetime.date) -> datetime.date:
    """The first Saturday on a day or after it."""
    return first + (5 - first.weekday()) % 7 * DAY


def is_quiet(rhythm: ReminderRhythm, at: datetime.datetime) -> bool:
    """Whether no mail goes out at a time, whatever zone it is told in: by the municipality's own
    hours in Finland, and on a holiday where weekends are quiet."""
    here = at.astimezone(HELSINKI)
    off = rhythm.quiet_weekends and here.date() in holidays(here.year)
    return off or rhythm.is_quiet(here)


def next_open(rhythm: ReminderRhythm, at: datetime.datetime) -> datetime.datetime:
    """When mail goes out next: now, or the first full hour that is not quiet."""
    if not is_quiet(rhythm, at):
        return at
    # Counted in UTC: when the clocks are moved, an hour comes twice or not at all in Finland.
    here = at.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    while is_quiet(rhythm, here) or here < at:
        here += datetime.timedelta(hours=1)
    return here.astimezone(HELSINKI)


def pause_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries (1 or more) that failed."""
    return datetime.timedelta(minutes=_PAUSES[min(max(tries, 1), len(_PAUSES)) - 1])


class Scope(StrEnum):
    """What a resident follows."""

    ROADMAP = "roadmap"
    ACTION = "action"
    PRIORITY = "priority"
