"""What needs somebody, whose it is, and in which order."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from digitiekartta.desk.rules import (
    ANSWER_DAYS,
    Facts,
    Task,
    Whose,
    answer_by,
    days_silent,
    has_accepted,
    is_silent,
    tasks_of,
    urgency,
    waits_for_answer,
    whose,
)
from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.roadmaps.rights import Standing
from digitiekartta.roadmaps.rules import Status

TODAY = datetime.date(2026, 12, 9)
DAY = datetime.timedelta(days=1)
SILENCE = 90
GOING = Facts(
    status=Status.ONGOING,
    first=HalfYear(2026, 1),
    last=HalfYear(2026, 2),
    reported_on=TODAY - 10 * DAY,
)


def test_an_action_that_is_reported_and_filled_in_needs_nothing() -> None:
    assert tasks_of(GOING, TODAY, SILENCE) == ()


@pytest.mark.parametrize(
    ("changed", "tasks"),
    [
        ({"assigned_on": TODAY}, (Task.ANSWER,)),
        ({"assigned_on": TODAY, "accepted_on": TODAY}, ()),
        ({"assigned_on": TODAY, "objected": True}, ()),
        ({"assigned_on": TODAY - ANSWER_DAYS * DAY}, (Task.ANSWER,)),
        ({"assigned_on": TODAY - (ANSWER_DAYS + 1) * DAY}, ()),
        ({"reported_on": None}, (Task.REPORT,)),
        ({"reported_on": TODAY - 89 * DAY}, ()),
        ({"reported_on": TODAY - 90 * DAY}, (Task.REPORT,)),
        ({"reported_on": None, "first": HalfYear(2027, 1), "last": HalfYear(2027, 1)}, ()),
        ({"late": True}, (Task.EXPLAIN,)),
        ({"late": True, "has_reason": True}, ()),
        ({"status": Status.PAUSED}, (Task.EXPLAIN,)),
        ({"status": Status.PAUSED, "has_reason": True, "reported_on": None}, ()),
        ({"has_person": False}, (Task.NAME_PERSON,)),
        ({"person_left": True}, (Task.NAME_PERSON,)),
        ({"has_money": False, "has_effect": False}, (Task.TELL_MONEY, Task.TELL_EFFECT)),
        (
            {"assigned_on": TODAY, "late": True, "reported_on": None, "has_person": False},
            (Task.ANSWER, Task.REPORT, Task.EXPLAIN, Task.NAME_PERSON),
        ),
        ({"status": Status.DONE, "has_person": False, "assigned_on": TODAY}, ()),
        ({"cancelled": True, "late": True, "reported_on": None}, ()),
    ],
)
def test_what_an_action_needs_and_in_which_order(
    changed: dict[str, object], tasks: tuple[Task, ...]
) -> None:
    assert tasks_of(replace(GOING, **changed), TODAY, SILENCE) == tasks


def test_silence_accepts_an_assignment_after_its_last_day() -> None:
    facts = replace(GOING, assigned_on=TODAY)
    last = answer_by(TODAY)
    assert waits_for_answer(facts, last)
    assert not has_accepted(facts, last)
    assert has_accepted(facts, last + DAY)
    assert not has_accepted(replace(facts, objected=True), last + DAY)
    assert has_accepted(replace(facts, accepted_on=TODAY), TODAY)


def test_silence_is_counted_from_the_first_day_of_the_schedule_at_the_earliest() -> None:
    facts = replace(GOING, first=HalfYear(2026, 2), reported_on=datetime.date(2025, 1, 1))
    assert days_silent(facts, TODAY) == (TODAY - datetime.date(2026, 7, 1)).days
    assert is_silent(facts, TODAY, SILENCE)
    assert not is_silent(facts, datetime.date(2026, 6, 30), 0)


def test_late_ones_come_before_others_with_the_same_task_and_then_those_that_end_first() -> None:
    far = replace(GOING, reported_on=None, last=HalfYear(2027, 2))
    near = replace(GOING, reported_on=None)
    late = replace(far, late=True, has_reason=True)
    answer = replace(far, assigned_on=TODAY)
    filling = replace(GOING, has_person=False, late=True, has_reason=True)
    facts = [far, filling, near, late, answer]
    ordered = sorted(facts, key=lambda one: urgency(tasks_of(one, TODAY, SILENCE), one))
    assert ordered == [answer, late, near, far, filling]


@pytest.mark.parametrize(
    ("standings", "has_person", "expected"),
    [
        ({Standing.RESPONSIBLE}, True, Whose.MINE),
        ({Standing.DEPUTY}, True, Whose.MINE),
        ({Standing.SECTOR_HEAD}, True, Whose.SECTOR),
        ({Standing.SECTOR_TEAM}, True, Whose.SECTOR),
        ({Standing.SECTOR_TEAM}, False, Whose.MINE),
        ({Standing.SECTOR_HEAD, Standing.RESPONSIBLE}, True, Whose.MINE),
        ({Standing.COORDINATOR}, False, None),
        ({Standing.STAFF}, True, None),
        (set(), True, None),
    ],
)
def test_an_action_is_its_persons_and_the_sectors_while_there_is_no_person(
    standings: set[Standing], has_person: bool, expected: Whose | None
) -> None:
    assert whose(frozenset(standings), replace(GOING, has_person=has_person)) is expected
    left = replace(GOING, person_left=not has_person)
    assert whose(frozenset(standings), left) is expected
