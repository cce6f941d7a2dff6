"""The rules of actions, schedules and money. No Django, no clock.

The rules come from the source document (an appropriation before work, half-years, a responsible
party) and from the municipality's own practice; see ``docs/process.md``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.municipalities.rules import HalfYear, Span


class Status(StrEnum):
    """What people report of an action.

    Lateness and waiting for money are computed, never reported. Cancelling is a decision of the
    management team, not progress, and therefore a field of its own.
    """

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    DONE = "done"
    PAUSED = "paused"


class Situation(StrEnum):
    """How an action counts on a summary: once, as the first of these that fits."""

    CANCELLED = "cancelled"
    PAUSED = "paused"
    DONE = "done"
    WAITING_FOR_MONEY = "waiting_for_money"
    LATE = "late"
    ONGOING = "ongoing"
    NOT_BEGUN = "not_begun"


class FundingKind(StrEnum):
    """What kind of money: operating budget, investment, or from outside."""

    OPERATING = "operating"
    INVESTMENT = "investment"
    EXTERNAL = "external"


class FundingState(StrEnum):
    """Where a funding line stands between the wish and the budget decision."""

    NONE_NEEDED = "none_needed"
    EXISTING = "existing"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    MOVED = "moved"
    REJECTED = "rejected"


class EffectClass(StrEnum):
    """What an action changes, in the foreword's own classes."""

    SERVICE = "service"
    STAFF_WORK = "staff_work"
    INFORMATION_FLOW = "information_flow"
    RESOURCES = "resources"
    ECOLOGY = "ecology"
    COOPERATION = "cooperation"
    INFORMED_MANAGEMENT = "informed_management"


class EffectPhase(StrEnum):
    """Whether an effect is expected or has been observed."""

    EXPECTED = "expected"
    OBSERVED = "observed"


class Direction(StrEnum):
    """Which way an indicator should move."""

    UP = "up"
    DOWN = "down"


MONEY_IN_HAND = frozenset(
    {
        FundingState.NONE_NEEDED,
        FundingState.EXISTING,
        FundingState.APPROVED,
        FundingState.PARTLY_APPROVED,
    }
)
NEVER_LATE = frozenset({Status.DONE, Status.PAUSED})


class Rule(StrEnum):
    """The rules that a write can break; their words are in ``words.py``."""

    MONEY_BEFORE_WORK = "money_before_work"
    REASON_NEEDED = "reason_needed"
    OUTSIDE_THE_PERIOD = "outside_the_period"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ENDED_ALREADY = "ended_already"
    DONE_ALREADY = "done_already"
    NOT_ENDED = "not_ended"
    NUMBER_TAKEN = "number_taken"
    DEPENDS_IN_A_CIRCLE = "depends_in_a_circle"
    NOT_IN_THIS_ROADMAP = "not_in_this_roadmap"
    NOTHING_TO_SAY = "nothing_to_say"
    IN_THE_FUTURE = "in_the_future"
    OFF_THE_SCALE = "off_the_scale"
    TITLE_NEEDED = "title_needed"
    CANT_BE_UNDONE = "cant_be_undone"


class RuleError(ValueError):
    """A write that breaks a rule; nothing was changed."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(str(rule))
        self.rule = rule


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A funding line as the money gate sees it; a line without a year counts for every year."""

    state: FundingState
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What lateness is computed from. ``reported_on`` are the days of the progress notes."""

    status: Status
    span: Span
    cancelled: bool = False
    recurring: bool = False
    reported_on: tuple[datetime.date, ...] = ()


def money_gate_is_open(lines: Iterable[FundingLine], year: int) -> bool:
    """Whether work may start in a year: an appropriation, or the decision that none is needed.

    Source: "Toimenpiteiden toteuttaminen edellyttää olemassa olevaa määrärahaa."
    """
    return any(
        line.state in MONEY_IN_HAND and (line.year is None or line.year <= year) for line in lines
    )


def waits_for_money(status: Status, lines: Iterable[FundingLine]) -> bool:
    """Whether an action that has not begun has asked for money and got none yet."""
    states = [line.state for line in lines]
    return status is Status.NOT_STARTED and bool(states) and not MONEY_IN_HAND.intersection(states)


def is_late(schedule: Schedule, on: datetime.date) -> bool:
    """Whether an action is late on a day, by its valid schedule.

    Late when its last half-year has passed, or when its first has passed and it has not begun;
    never when done, paused or cancelled. A recurring action that has begun is late only when the
    last half-year that has passed of its schedule has no report since its first day.
    """
    if schedule.cancelled or schedule.status in NEVER_LATE:
        return False
    if schedule.status is Status.NOT_STARTED:
        return schedule.span.first.last_day < on
    if schedule.recurring:
        return _report_is_missing(schedule, on)
    return schedule.span.last.last_day < on


def _report_is_missing(schedule: Schedule, on: datetime.date) -> bool:
    passed = min(HalfYear.of(on).plus(-1), schedule.span.last)
    if passed < schedule.span.first:
        return False
    return not any(passed.first_day <= day <= on for day in schedule.reported_on)


def situation(status: Status, *, cancelled: bool, late: bool, waiting: bool) -> Situation:
    """How the action counts: the first that fits, in the order of :class:`Situation`."""
    if cancelled:
        return Situation.CANCELLED
    if status in (Status.PAUSED, Status.DONE):
        return Situation(str(status))
    if waiting:
        return Situation.WAITING_FOR_MONEY
    if late:
        return Situation.LATE
    return Situation.ONGOING if status is Status.ONGOING else Situation.NOT_BEGUN


def needs_reason(status: Status, *, cancelled: bool, late: bool) -> bool:
    """A late, paused or cancelled action needs a reason."""
    return late or cancelled or status is Status.PAUSED


def circle(needs: Mapping[str, Iterable[str]], start: str) -> bool:
    """Whether an action needs, through others, itself. ``needs`` is by action id."""
    seen: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one == start:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(needs.get(one, ()))
    return False


def overrun(schedule: Schedule, on: datetime.date) -> Span | None:
    """The half-years that a late action has run over its last one, up to the day; else None."""
    if not is_late(schedule, on) or schedule.span.last >= HalfYear.of(on):
        return None
    return Span(schedule.span.last.plus(1), HalfYear.of(on))
