"""Who is reminded of what and when, as tables."""

from __future__ import annotations

import datetime

import pytest

from digitiekartta.municipalities.rules import HalfYear, ReminderRhythm
from digitiekartta.notices.rules import (
    HELSINKI,
    Facts,
    Kind,
    Level,
    TeamDate,
    due_of,
    easter,
    holidays,
    is_quiet,
    may_send_digest,
    next_level,
    next_open,
    pause_after,
)
from digitiekartta.roadmaps.rules import Status

DAY = datetime.date
P, D, R, H, L = Level.PERSON, Level.DEPUTY, Level.REPRESENTATIVE, Level.HEAD, Level.LIST
ALL = (P, D, R, H)
RHYTHM = ReminderRhythm(quiet_from=18, quiet_until=8)


def going(**more: object) -> Facts:
    """An action of 2026 that goes on."""
    held: dict[str, object] = {
        "status": Status.ONGOING,
        "first": HalfYear(2026, 1),
        "last": HalfYear(2026, 2),
    }
    return Facts(**{**held, **more})  # type: ignore[arg-type]


def kinds(facts: Facts, on: datetime.date, *dates: TeamDate) -> list[Kind]:
    return [one.kind for one in due_of(facts, on, silence_days=90, dates=dates)]


@pytest.mark.parametrize(
    ("on", "reported_on", "expected"),
    [
        (DAY(2026, 12, 16), None, []),
        (DAY(2026, 12, 17), None, [Kind.HALF_YEAR]),
        (DAY(2026, 12, 31), DAY(2026, 11, 15), [Kind.HALF_YEAR]),
        (DAY(2026, 12, 31), DAY(2026, 11, 16), []),
        (DAY(2027, 2, 28), None, [Kind.HALF_YEAR]),
        (DAY(2027, 3, 2), None, []),
        (DAY(2026, 6, 15), None, []),
        (DAY(2026, 6, 16), None, [Kind.HALF_YEAR]),
    ],
)
def test_the_report_of_a_half_year_is_asked_for_around_its_turn(
    on: datetime.date, reported_on: datetime.date | None, expected: list[Kind]
) -> None:
    assert kinds(going(reported_on=reported_on), on) == expected


@pytest.mark.parametrize(
    "over",
    [{"cancelled": True}, {"status": Status.DONE}, {"status": Status.PAUSED}],
)
def test_nothing_is_asked_of_what_is_over_or_paused(over: dict[str, object]) -> None:
    facts = going(late=True, assigned_on=DAY(2026, 12, 20), **over)
    assert kinds(facts, DAY(2026, 12, 20)) == []


def test_what_is_late_is_asked_about_once_in_a_half_year_until_something_is_told() -> None:
    assert kinds(going(late=True), DAY(2026, 9, 1)) == [Kind.LATE]
    assert kinds(going(late=True, reported_on=DAY(2026, 6, 30)), DAY(2026, 9, 1)) == [Kind.LATE]
    assert kinds(going(late=True, reported_on=DAY(2026, 7, 1)), DAY(2026, 9, 1)) == []
    (due,) = due_of(going(late=True), DAY(2026, 9, 1), silence_days=90)
    assert due.period == "2026-H2"


@pytest.mark.parametrize(
    ("answer", "on", "expected"),
    [
        ({}, DAY(2026, 9, 1), [Kind.ASSIGNED]),
        ({}, DAY(2026, 9, 15), [Kind.ASSIGNED]),
        ({}, DAY(2026, 9, 16), []),
        ({"accepted_on": DAY(2026, 9, 2)}, DAY(2026, 9, 3), []),
        ({"objected": True}, DAY(2026, 9, 3), []),
    ],
)
def test_a_new_assignment_is_told_while_it_can_be_answered(
    answer: dict[str, object], on: datetime.date, expected: list[Kind]
) -> None:
    assert kinds(going(assigned_on=DAY(2026, 9, 1), **answer), on) == expected


@pytest.mark.parametrize(
    ("on", "reported_on", "expected"),
    [
        (DAY(2026, 4, 16), None, []),
        (DAY(2026, 4, 17), None, [Kind.MEETING]),
        (DAY(2026, 4, 17), DAY(2026, 1, 30), [Kind.MEETING]),
        (DAY(2026, 4, 17), DAY(2026, 1, 31), []),
        (DAY(2026, 6, 6), None, []),
    ],
)
def test_silence_is_told_of_before_a_date_of_the_digital_team(
    on: datetime.date, reported_on: datetime.date | None, expected: list[Kind]
) -> None:
    date = TeamDate("gate", DAY(2026, 5, 1), DAY(2026, 6, 5))
    assert kinds(going(reported_on=reported_on), on, date) == expected


def test_one_question_is_asked_at_a_time() -> None:
    date = TeamDate("gate", DAY(2027, 1, 15), DAY(2027, 3, 31))
    late = going(late=True)
    assert kinds(late, DAY(2027, 1, 10), date) == [Kind.HALF_YEAR]
    assert kinds(late, DAY(2027, 3, 10), date) == [Kind.LATE]
    assert kinds(going(), DAY(2027, 3, 10), date) == [Kind.MEETING]
    assert kinds(going(assigned_on=DAY(2027, 1, 9)), DAY(2027, 1, 10), date) == [
        Kind.ASSIGNED,
        Kind.HALF_YEAR,
    ]


@pytest.mark.parametrize(
    ("reachable", "told", "expected"),
    [
        (ALL, {}, P),
        (ALL, {P: 3}, None),
        (ALL, {P: 7}, D),
        (ALL, {P: 14, D: 7}, R),
        (ALL, {P: 21, D: 14, R: 7}, H),
        (ALL, {P: 35, D: 28, R: 21, H: 13}, None),
        (ALL, {P: 35, D: 28, R: 21, H: 14}, L),
        ((R, H), {}, R),
        ((H,), {R: 6}, None),
        ((), {}, L),
        ((), {P: 7}, L),
    ],
)
def test_silence_leads_from_the_person_to_the_list(
    reachable: tuple[Level, ...], told: dict[Level, int], expected: Level | None
) -> None:
    on = DAY(2026, 9, 30)
    days = {level: on - datetime.timedelta(days=ago) for level, ago in told.items()}
    assert next_level(reachable, days, on, kind=Kind.LATE) is expected


def test_an_assignment_is_told_to_the_first_alone_because_silence_accepts_it() -> None:
    on = DAY(2026, 9, 30)
    assert next_level(ALL, {}, on, kind=Kind.ASSIGNED) is P
    assert next_level(ALL, {P: DAY(2026, 9, 1)}, on, kind=Kind.ASSIGNED) is None
    assert next_level((), {}, on, kind=Kind.ASSIGNED) is None


@pytest.mark.parametrize(
    ("ago", "kind", "expected"),
    [
        (None, Kind.LATE, True),
        (6, Kind.LATE, False),
        (7, Kind.LATE, True),
        (0, Kind.ASSIGNED, False),
        (1, Kind.ASSIGNED, True),
    ],
)
def test_a_recipient_has_one_digest_a_week(ago: int | None, kind: Kind, expected: bool) -> None:
    on = DAY(2026, 9, 30)
    last = None if ago is None else on - datetime.timedelta(days=ago)
    assert may_send_digest(last, {kind}, on) is expected


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, DAY(2024, 3, 31)),
        (2025, DAY(2025, 4, 20)),
        (2026, DAY(2026, 4, 5)),
        (2027, DAY(2027, 3, 28)),
        (2038, DAY(2038, 4, 25)),
        (2100, DAY(2100, 3, 28)),
    ],
)
def test_easter_is_known(year: int, day: datetime.date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    "day",
    [
        DAY(2026, 1, 1),
        DAY(2026, 1, 6),
        DAY(2026, 4, 3),
        DAY(2026, 4, 6),
        DAY(2026, 5, 1),
        DAY(2026, 5, 14),
        DAY(2026, 5, 24),
        DAY(2026, 6, 19),
        DAY(2026, 6, 20),
        DAY(2026, 10, 31),
        DAY(2026, 12, 6),
        DAY(2026, 12, 24),
        DAY(2026, 12, 25),
        DAY(2026, 12, 26),
    ],
)
def test_the_holidays_of_2026_are_known(day: datetime.date) -> None:
    assert day in holidays(2026)
    assert is_quiet(RHYTHM, datetime.datetime.combine(day, datetime.time(12), HELSINKI))


def test_a_year_has_fifteen_days_off_at_most() -> None:
    assert {len(holidays(year)) for year in range(2020, 2060)} <= {14, 15}


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(7, 59, True), (8, 0, False), (17, 59, False), (18, 0, True), (23, 0, True), (0, 0, True)],
)
def test_evenings_and_nights_are_quiet(hour: int, minute: int, quiet: bool) -> None:
    at = datetime.datetime(2026, 9, 30, hour, minute, tzinfo=HELSINKI)
    assert is_quiet(RHYTHM, at) is quiet
    assert is_quiet(RHYTHM, at.astimezone(datetime.UTC)) is quiet


def test_hours_are_those_of_finland_in_summer_and_in_winter() -> None:
    assert not is_quiet(RHYTHM, datetime.datetime(2026, 7, 1, 5, 0, tzinfo=datetime.UTC))
    assert is_quiet(RHYTHM, datetime.datetime(2026, 12, 1, 5, 59, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        # a Friday evening; the clocks go forward on Sunday 29.3. at 3
        ((2026, 3, 27, 18, 30), (2026, 3, 30, 8, 0)),
        # a Friday evening; the clocks go back on Sunday 25.10. at 4
        ((2026, 10, 23, 18, 0), (2026, 10, 26, 8, 0)),
        # Maundy Thursday evening: Good Friday to Easter Monday are off
        ((2026, 4, 2, 20, 0), (2026, 4, 7, 8, 0)),
        # the eve of Christmas Eve, a Wednesday: Thursday to Saturday off, then Sunday
        ((2026, 12, 23, 18, 0), (2026, 12, 28, 8, 0)),
        ((2026, 9, 30, 9, 17), (2026, 9, 30, 9, 17)),
    ],
)
def test_mail_waits_for_the_next_working_hour(at: tuple[int, ...], opens: tuple[int, ...]) -> None:
    when = datetime.datetime(*at, tzinfo=HELSINKI)  # type: ignore[arg-type,misc]
    opened = datetime.datetime(*opens, tzinfo=HELSINKI)  # type: ignore[arg-type,misc]
    assert next_open(RHYTHM, when) == opened


def test_a_municipality_may_send_at_any_time() -> None:
    never = ReminderRhythm(quiet_from=8, quiet_until=8, quiet_weekends=False)
    assert not is_quiet(never, datetime.datetime(2026, 12, 25, 3, 0, tzinfo=HELSINKI))


def test_the_pauses_between_tries_grow_to_a_day() -> None:
    pauses = [pause_after(tries) for tries in range(1, 12)]
    assert pauses == sorted(pauses)
    assert (pauses[0].seconds, pauses[-1].days) == (600, 1)
