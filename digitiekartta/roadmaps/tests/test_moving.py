"""Moving, splitting and ordering actions: what goes along, what is kept, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from digitiekartta.history.rules import ConflictError, Receipt
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action, Dependency, WorkEstimate
from digitiekartta.roadmaps.pages.load import load_of, load_shift
from digitiekartta.roadmaps.rules import Rule, RuleError
from tests.kauhava import AUTUMN, SPRING, Town, add_action, intent

LATER = SPRING.plus(1)
LAST = SPRING.plus(2)


def estimate(town: Town, action: UUID, **days: int) -> None:
    for half, number in days.items():
        services.estimate_work(
            ledger_id=town.ledger_id,
            intent=intent(),
            action_id=action,
            half_year=HalfYear(int(half[1:5]), int(half[-1])),
            person_days=number,
        )


def days_of(action: UUID) -> dict[str, int]:
    rows = WorkEstimate.objects.filter(action=action)
    return {str(one.half_year): one.person_days for one in rows}


def order(town: Town) -> list[str]:
    rows = Action.objects.filter(ledger_id=town.ledger_id).order_by("rank", "serial")
    return [one.number for one in rows]


def put(town: Town, number: str, beside: str, *, after: bool, **more: Any) -> Receipt:
    return services.order_action(
        ledger_id=town.ledger_id,
        intent=intent(**more),
        action_id=town.action(number).pk,
        beside_id=town.action(beside).pk,
        after=after,
    )


@pytest.fixture
def five(lappajarvi: Town) -> Town:
    """Five actions, none of them ranked."""
    for number in range(2, 6):
        add_action(lappajarvi, str(number))
    return lappajarvi


def test_the_estimates_of_work_move_with_the_action(lappajarvi: Town) -> None:
    action = lappajarvi.action("1").pk
    estimate(lappajarvi, action, h2026_2=10, h2027_1=6)
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("Toimittaja myöhästyi"),
        action_id=action,
        span=Span(SPRING, LATER),
    )
    assert days_of(action) == {"2027-H1": 10, "2027-H2": 6}


def test_the_load_tells_before_a_move_what_the_service_then_does(lappajarvi: Town) -> None:
    action = lappajarvi.action("1").pk
    estimate(lappajarvi, action, h2026_2=10, h2027_1=6)
    plan = lappajarvi.plan()
    told = load_shift(plan, plan.actions[0], Span(SPRING, SPRING))
    shifts = [(str(one.half_year), one.before, one.after) for one in told.shifts]
    assert shifts == [("2026-H2", 10, 0), ("2027-H1", 6, 16)]
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("Lyhyempi"),
        action_id=action,
        span=Span(SPRING, SPRING),
    )
    (row,) = load_of(lappajarvi.plan()).rows
    assert {str(one.half_year): one.days for one in row.cells if one.days} == {"2027-H1": 16}
    assert [str(one.half_year) for one in row.cells if one.heaviest] == ["2027-H1"]


def split(town: Town, last: HalfYear = AUTUMN, reason: str = "Puolet ensin") -> Receipt:
    return services.split_action(
        ledger_id=town.ledger_id,
        intent=intent(reason),
        action_id=town.action("1").pk,
        last=last,
        number="1b",
    )


def test_a_split_action_ends_and_a_new_one_carries_on_and_needs_it(five: Town) -> None:
    estimate(five, five.action("1").pk, h2026_2=10, h2027_1=6)
    split(five)
    first, rest = five.action("1"), five.action("1b")
    assert (first.last, rest.first, rest.last) == (AUTUMN, SPRING, SPRING)
    assert (rest.serial, rest.title, rest.goal) == (6, first.title, first.goal)
    assert Dependency.objects.get(action=rest).depends_on == first
    assert (days_of(first.pk), days_of(rest.pk)) == ({"2026-H2": 10}, {"2027-H1": 6})
    assert order(five) == ["1", "1b", "2", "3", "4", "5"]


@pytest.mark.parametrize("last", [AUTUMN.plus(-1), SPRING, LAST])
def test_neither_part_of_a_split_may_be_empty(lappajarvi: Town, last: HalfYear) -> None:
    with pytest.raises(RuleError) as refused:
        split(lappajarvi, last)
    assert refused.value.rule is Rule.ENDS_BEFORE_IT_BEGINS
    with pytest.raises(RuleError):
        split(lappajarvi, reason="")


def test_actions_are_put_beside_each_other_and_the_rest_stay(five: Town) -> None:
    put(five, "5", "2", after=False)
    assert order(five) == ["1", "5", "2", "3", "4"]
    put(five, "1", "4", after=True)
    assert order(five) == ["5", "2", "3", "4", "1"]


def test_two_who_order_different_actions_at_once_both_get_what_they_asked(five: Town) -> None:
    seen = five.plan().revision
    put(five, "5", "2", after=False, expected_revision=seen)
    put(five, "3", "1", after=False, expected_revision=seen)
    put(five, "4", "2", after=True, expected_revision=seen)
    assert order(five) == ["3", "1", "5", "2", "4"]


def test_the_same_action_is_not_put_elsewhere_over_somebody_elses_move(five: Town) -> None:
    seen = five.plan().revision
    put(five, "5", "2", after=False)
    with pytest.raises(ConflictError):
        services.order_action(
            ledger_id=five.ledger_id,
            intent=intent(expected_revision=seen),
            action_id=five.action("5").pk,
            beside_id=five.action("1").pk,
            after=False,
        )
    assert order(five) == ["1", "5", "2", "3", "4"]
