"""When an action is late, waits for money, may begin, and how it counts on a summary."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps.rules import (
    MONEY_IN_HAND,
    FundingLine,
    FundingState,
    Schedule,
    Situation,
    Status,
    circle,
    is_late,
    money_gate_is_open,
    needs_reason,
    overrun,
    situation,
    waits_for_money,
)

NOT_STARTED, ONGOING, PAUSED, DONE = (
    *(Status.NOT_STARTED, Status.ONGOING),
    *(Status.PAUSED, Status.DONE),
)
HALF_YEARS = st.builds(HalfYear, st.integers(2024, 2030), st.integers(1, 2))
SPANS = st.tuples(HALF_YEARS, HALF_YEARS).map(lambda pair: Span(min(pair), max(pair)))
DAYS = st.dates(datetime.date(2023, 1, 1), datetime.date(2032, 1, 1))
SCHEDULES = st.builds(
    Schedule,
    status=st.sampled_from(Status),
    span=SPANS,
    cancelled=st.booleans(),
    recurring=st.booleans(),
    reported_on=st.lists(DAYS, max_size=3).map(tuple),
)


def day(written: str) -> datetime.date:
    """A date as ISO writes it."""
    return datetime.date.fromisoformat(written)


def span(first: str, last: str) -> Span:
    """Half-years from one to another."""
    return Span(HalfYear.parse(first), HalfYear.parse(last))


# Money before work


@pytest.mark.parametrize("state", list(FundingState))
def test_an_action_cannot_start_without_an_appropriation(state: FundingState) -> None:
    opens = state in ("none_needed", "existing", "approved", "partly_approved")
    assert money_gate_is_open([FundingLine(state, 2026)], 2026) is opens
    assert (state in MONEY_IN_HAND) is opens


@pytest.mark.parametrize(
    ("lines", "is_open"),
    [
        ([], False),
        ([(FundingState.APPROVED, None)], True),
        ([(FundingState.APPROVED, 2025)], True),
        ([(FundingState.APPROVED, 2026)], True),
        ([(FundingState.APPROVED, 2027)], False),
        ([(FundingState.PROPOSED, 2026), (FundingState.EXISTING, 2026)], True),
        ([(FundingState.REJECTED, 2026), (FundingState.MOVED, None)], False),
    ],
)
def test_the_gate_opens_in_the_year_of_the_money(
    lines: list[tuple[FundingState, int | None]], is_open: bool
) -> None:
    assert money_gate_is_open([FundingLine(*line) for line in lines], 2026) is is_open


@pytest.mark.parametrize(
    ("status", "states", "waits"),
    [
        (NOT_STARTED, [FundingState.PROPOSED], True),
        (NOT_STARTED, [FundingState.REJECTED], True),
        (NOT_STARTED, [FundingState.MOVED, FundingState.PROPOSED], True),
        (NOT_STARTED, [], False),
        (NOT_STARTED, [FundingState.NONE_NEEDED], False),
        (NOT_STARTED, [FundingState.PROPOSED, FundingState.PARTLY_APPROVED], False),
        (ONGOING, [FundingState.PROPOSED], False),
        (PAUSED, [FundingState.PROPOSED], False),
        (DONE, [FundingState.PROPOSED], False),
    ],
)
def test_what_has_not_begun_waits_for_money_it_asked_for_and_has_not_got(
    status: Status, states: list[FundingState], waits: bool
) -> None:
    assert waits_for_money(status, [FundingLine(state, 2026) for state in states]) is waits


# Lateness


@pytest.mark.parametrize(
    ("status", "first", "last", "on", "late"),
    [
        # Not begun: late the day after its first half-year.
        (NOT_STARTED, "2026-H1", "2026-H2", "2026-06-30", False),
        (NOT_STARTED, "2026-H1", "2026-H2", "2026-07-01", True),
        (NOT_STARTED, "2027-H1", "2027-H1", "2026-12-09", False),
        (NOT_STARTED, "2026-H2", "2026-H2", "2026-12-31", False),
        (NOT_STARTED, "2026-H2", "2026-H2", "2027-01-01", True),
        # Begun: late the day after its last half-year.
        (ONGOING, "2026-H1", "2026-H2", "2026-07-01", False),
        (ONGOING, "2026-H1", "2026-H2", "2026-12-31", False),
        (ONGOING, "2026-H1", "2026-H2", "2027-01-01", True),
        # Never late.
        (DONE, "2024-H1", "2024-H1", "2026-12-09", False),
        (PAUSED, "2024-H1", "2024-H1", "2026-12-09", False),
    ],
)
def test_an_action_is_late_from_the_day_after_its_half_year(
    status: Status, first: str, last: str, on: str, late: bool
) -> None:
    assert is_late(Schedule(status, span(first, last)), day(on)) is late


@pytest.mark.parametrize("status", list(Status))
def test_a_cancelled_action_is_never_late(status: Status) -> None:
    old = Schedule(status, span("2024-H1", "2024-H1"), cancelled=True)
    assert not is_late(old, day("2026-12-09"))


@pytest.mark.parametrize(
    ("reported", "on", "late"),
    [
        # In its first half-year nothing is due yet.
        ([], "2026-06-30", False),
        # The first half-year has passed: due, until a report comes, also afterwards.
        ([], "2026-07-01", True),
        (["2026-01-01"], "2026-07-01", False),
        (["2026-06-30"], "2026-07-01", False),
        (["2025-12-31"], "2026-07-01", True),
        (["2026-07-01"], "2026-07-01", False),
        # A report of the future is none.
        (["2026-07-02"], "2026-07-01", True),
        # The second has passed: the first one's report is not enough.
        (["2026-06-30"], "2027-01-01", True),
        (["2026-06-30", "2026-07-01"], "2027-01-01", False),
        # After its last half-year a report since that one's first day ends the matter.
        ([], "2030-01-01", True),
        (["2026-12-31"], "2030-01-01", False),
        (["2029-05-05"], "2030-01-01", False),
    ],
)
def test_a_recurring_action_is_late_when_the_half_year_that_passed_has_no_report(
    reported: list[str], on: str, late: bool
) -> None:
    schedule = Schedule(
        ONGOING,
        span("2026-H1", "2026-H2"),
        recurring=True,
        reported_on=tuple(day(one) for one in reported),
    )
    assert is_late(schedule, day(on)) is late


def test_a_recurring_action_that_has_not_begun_is_late_like_any_other() -> None:
    schedule = Schedule(
        NOT_STARTED, span("2026-H1", "2027-H2"), recurring=True, reported_on=(day("2026-06-01"),)
    )
    assert is_late(schedule, day("2026-07-01"))
    assert not is_late(schedule, day("2026-06-30"))


@given(SCHEDULES, DAYS)
def test_nothing_is_late_before_its_first_half_year_has_passed(
    schedule: Schedule, on: datetime.date
) -> None:
    if is_late(schedule, on):
        assert on > schedule.span.first.last_day
        assert schedule.status in (NOT_STARTED, ONGOING)
        assert not schedule.cancelled


@given(SCHEDULES, DAYS, DAYS)
def test_what_is_late_stays_late_until_something_is_reported(
    schedule: Schedule, a: datetime.date, b: datetime.date
) -> None:
    earlier, later = sorted((a, b))
    if is_late(schedule, earlier) and not any(earlier < one for one in schedule.reported_on):
        assert is_late(schedule, later)


# Overrun


@pytest.mark.parametrize(
    ("status", "first", "last", "on", "over"),
    [
        (ONGOING, "2025-H1", "2025-H2", "2026-12-09", ("2026-H1", "2026-H2")),
        (ONGOING, "2025-H1", "2026-H1", "2026-12-09", ("2026-H2", "2026-H2")),
        (ONGOING, "2025-H1", "2026-H2", "2026-12-09", None),
        (NOT_STARTED, "2026-H1", "2027-H1", "2026-12-09", None),
        (NOT_STARTED, "2025-H2", "2026-H1", "2026-12-09", ("2026-H2", "2026-H2")),
        (DONE, "2025-H1", "2025-H2", "2026-12-09", None),
    ],
)
def test_an_overrun_is_from_after_the_last_half_year_up_to_today(
    status: Status, first: str, last: str, on: str, over: tuple[str, str] | None
) -> None:
    schedule = Schedule(status, span(first, last))
    assert overrun(schedule, day(on)) == (span(*over) if over else None)


@given(SCHEDULES, DAYS)
def test_only_what_is_late_overruns_and_never_into_the_future(
    schedule: Schedule, on: datetime.date
) -> None:
    over = overrun(schedule, on)
    if over is not None:
        assert is_late(schedule, on)
        assert over.first == schedule.span.last.plus(1)
        assert over.last == HalfYear.of(on)


# How an action counts


def test_an_action_counts_once_as_the_first_situation_that_fits() -> None:
    order = list(Situation)
    for status, cancelled, late, waiting in itertools.product(Status, *[(False, True)] * 3):
        fits = {
            Situation.CANCELLED: cancelled,
            Situation.PAUSED: status is PAUSED,
            Situation.DONE: status is DONE,
            Situation.WAITING_FOR_MONEY: waiting,
            Situation.LATE: late,
            Situation.ONGOING: status is ONGOING,
            Situation.NOT_BEGUN: status is NOT_STARTED,
        }
        expected = next(one for one in order if fits[one])
        assert situation(status, cancelled=cancelled, late=late, waiting=waiting) is expected


@pytest.mark.parametrize("status", list(Status))
def test_what_is_late_paused_or_cancelled_needs_a_reason(status: Status) -> None:
    assert needs_reason(status, cancelled=True, late=False)
    assert needs_reason(status, cancelled=False, late=True)
    assert needs_reason(status, cancelled=False, late=False) is (status is PAUSED)


# Dependencies


@pytest.mark.parametrize(
    ("needs", "start", "goes_round"),
    [
        ({}, "a", False),
        ({"a": ["a"]}, "a", True),
        ({"a": ["b"], "b": ["a"]}, "a", True),
        ({"a": ["b", "c"], "c": ["d"], "d": ["a"]}, "a", True),
        ({"a": ["b"], "b": ["c"]}, "a", False),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, "a", False),
    ],
)
def test_an_action_may_not_need_itself_through_others(
    needs: dict[str, list[str]], start: str, goes_round: bool
) -> None:
    assert circle(needs, start) is goes_round
