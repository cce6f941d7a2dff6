"""What of an action needs somebody, whose it is, and in which order. No Django, no clock.

Source: the decision assigns and silence is acceptance; half-yearly follow-up; a late or paused
action tells its reason ("Toimenpiteiden päivittämisestä, seurannasta ja valvonnasta vastaa
digitiimi"). The order is that of the issue: accept, report, explain lateness, fill, decide.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.roadmaps.rights import Standing
from digitiekartta.roadmaps.rules import Status

ANSWER_DAYS = 14
"""Days within which an assignment can be objected to before silence accepts it."""


class Task(StrEnum):
    """What is to be done, the most urgent first."""

    ANSWER = "answer"
    REPORT = "report"
    EXPLAIN = "explain"
    NAME_PERSON = "name_person"
    TELL_MONEY = "tell_money"
    TELL_EFFECT = "tell_effect"


class Whose(StrEnum):
    """Whose an action's tasks are, from somebody's point of view."""

    MINE = "mine"
    SECTOR = "sector"


ORDER = tuple(Task)
FILLING = frozenset({Task.NAME_PERSON, Task.TELL_MONEY, Task.TELL_EFFECT})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tasks of an action follow from, on a day.

    ``late`` comes from the valid schedule. ``reported_on`` is the day of the latest note.
    ``person_left``: the responsible person is there no more.
    """

    status: Status
    first: HalfYear
    last: HalfYear
    cancelled: bool = False
    late: bool = False
    has_reason: bool = False
    assigned_on: datetime.date | None = None
    accepted_on: datetime.date | None = None
    objected: bool = False
    reported_on: datetime.date | None = None
    has_person: bool = True
    person_left: bool = False
    has_effect: bool = True
    has_money: bool = True

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.cancelled or self.status is Status.DONE

    @property
    def needs_person(self) -> bool:
        return not self.has_person or self.person_left


def answer_by(assigned_on: datetime.date) -> datetime.date:
    """The last day on which an assignment can be answered; then silence has accepted it."""
    return assigned_on + datetime.timedelta(days=ANSWER_DAYS)


def waits_for_answer(facts: Facts, on: datetime.date) -> bool:
    """Whether an assignment may still be answered: neither accepted, objected to, nor silent for
    long enough."""
    if facts.is_over or facts.assigned_on is None or facts.accepted_on or facts.objected:
        return False
    return on <= answer_by(facts.assigned_on)


def has_accepted(facts: Facts, on: datetime.date) -> bool:
    """Whether the assignment stands: accepted in words or by silence."""
    if facts.accepted_on is not None:
        return True
    return not facts.objected and not waits_for_answer(facts, on)


def days_silent(facts: Facts, on: datetime.date) -> int:
    """Days without a word, counted from the first day of its first half-year at the earliest."""
    begins = facts.first.first_day
    return max(0, (on - max(facts.reported_on or begins, begins)).days)


def is_silent(facts: Facts, on: datetime.date, silence_days: int) -> bool:
    """Whether something should have been heard of the action: it goes on, or should, and nobody has
    told anything for ``silence_days`` days."""
    if facts.is_over or facts.status is Status.PAUSED or facts.first.first_day > on:
        return False
    return days_silent(facts, on) >= silence_days


def tasks_of(facts: Facts, on: datetime.date, silence_days: int) -> tuple[Task, ...]:
    """What an action needs on a day, in the order in which it is done."""
    if facts.is_over:
        return ()
    needed = {
        Task.ANSWER: waits_for_answer(facts, on),
        Task.REPORT: is_silent(facts, on, silence_days),
        Task.EXPLAIN: (facts.late or facts.status is Status.PAUSED) and not facts.has_reason,
        Task.NAME_PERSON: facts.needs_person,
        Task.TELL_MONEY: not facts.has_money,
        Task.TELL_EFFECT: not facts.has_effect,
    }
    return tuple(task for task in ORDER if needed[task])


def urgency(tasks: Iterable[Task], facts: Facts) -> tuple[int, bool, HalfYear]:
    """What actions are ordered by: the most urgent task first, then the late ones, then those that
    end first."""
    places = [ORDER.index(one) for one in tasks]
    return min(places, default=len(ORDER)), not facts.late, facts.last


def whose(standings: frozenset[Standing], facts: Facts) -> Whose | None:
    """Whose the tasks of an action are to somebody: the person's and the deputies', and the
    sector's as long as there is no person. None where the action is nothing of hers."""
    if not standings.isdisjoint({Standing.RESPONSIBLE, Standing.DEPUTY}):
        return Whose.MINE
    if standings.isdisjoint({Standing.SECTOR_TEAM, Standing.SECTOR_HEAD}):
        return None
    return Whose.MINE if facts.needs_person else Whose.SECTOR
