"""What was done for a perspective and how its level moved; the management team's estimate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitiekartta.levels.rules import ChangeLabel, EstimateLabel, SeriesKind
from digitiekartta.roadmaps.pages.effect import Effect, effect_of, untied_actions
from digitiekartta.roadmaps.pages.estimate import estimate_page
from digitiekartta.roadmaps.plan.entities import Perspective, Point
from digitiekartta.roadmaps.rules import Situation, Status
from tests.fixtures import PageClient
from tests.kauhava import Town

from . import small_plan as small

CHOSEN = small.priority(1, 7)
GOAL = small.goal(1, chosen=CHOSEN)
LOOSE = small.goal(2)
ACTIONS = (
    small.action(1, goal=GOAL, situation=Situation.DONE, status=Status.DONE),
    small.action(2, goal=GOAL, situation=Situation.LATE, status=Status.ONGOING),
    small.action(3, goal=GOAL),
    small.action(4, goal=GOAL, situation=Situation.CANCELLED, status=Status.ONGOING),
    small.action(5, goal=LOOSE),
    small.action(6),
)


def _effect(one: Perspective, goals: tuple[object, ...] = (GOAL, LOOSE)) -> Effect:
    return effect_of(small.plan(perspectives=(one,), goals=goals, actions=ACTIONS), one)


def test_the_actions_are_those_of_the_goals_that_the_priority_set() -> None:
    told = _effect(small.perspective(7, 2.0, 3.0, half=0.05, priority=CHOSEN))
    assert [one.serial for one in told.done] == [1]
    assert [one.serial for one in told.ongoing] == [2]
    assert (told.rest, told.total) == (2, 4)


def test_a_perspective_without_a_priority_has_no_actions_but_still_its_change() -> None:
    told = _effect(small.perspective(8, 2.0, 3.0, half=0.05))
    assert (told.goals, told.total) == ((), 0)
    assert [step.change.label for step in told.steps] == [ChangeLabel.ROSE]


def test_what_was_done_for_a_removed_priority_still_counts() -> None:
    removed = replace(CHOSEN, removed=True)
    goal = replace(GOAL, priority=None, former_priority=removed)
    actions = tuple(replace(one, goal=goal) if one.goal is GOAL else one for one in ACTIONS)
    one = small.perspective(7, 2.0, former=removed)
    plan = small.plan(perspectives=(one,), goals=(goal, LOOSE), actions=actions)
    assert effect_of(plan, one).total == 4
    assert untied_actions(plan) == 2


def test_actions_without_a_goal_or_a_priority_are_tied_to_no_perspective() -> None:
    assert untied_actions(small.plan(actions=ACTIONS)) == 2


def test_the_change_is_told_from_round_to_round() -> None:
    third = small.measurement("kolmas", "2027-04-20")
    points = (
        Point(small.BASELINE, 2.0, 1.95, 2.05),
        Point(small.LATER, 2.5, 2.45, 2.55),
        Point(third, 2.2, 2.15, 2.25),
    )
    told = _effect(small.perspective(1, points=points))
    assert [step.change.label for step in told.steps] == [ChangeLabel.ROSE, ChangeLabel.FELL]


def _estimated(number: int, estimate: float | None, on: str = "2026-03-25") -> Perspective:
    series = replace(small.measurement("arvio", on), kind=SeriesKind.MANAGEMENT_ESTIMATE)
    point = None if estimate is None else Point(series, estimate, None, None)
    return small.perspective(number, 2.0, 3.0, half=0.1, estimate=point)


@pytest.mark.parametrize(
    ("on", "staff"), [("2024-09-01", 2.0), ("2026-03-25", 3.0), ("2026-12-01", 3.0)]
)
def test_an_estimate_is_compared_with_the_rating_nearest_in_time(on: str, staff: float) -> None:
    page = estimate_page([_estimated(1, 3.5, on)])
    assert page is not None
    assert page.rows[0].staff.value == staff


def test_the_estimates_are_counted_by_what_they_say_and_the_widest_is_named() -> None:
    page = estimate_page([_estimated(1, 3.5), _estimated(2, 3.0), _estimated(3, 2.0)])
    assert page is not None
    assert page.labels == dict.fromkeys(EstimateLabel, 1)
    assert page.widest is not None
    assert page.widest.perspective.number == 3


def test_without_an_estimate_or_a_rating_there_is_nothing_to_compare() -> None:
    assert estimate_page([_estimated(1, None)]) is None
    assert estimate_page([replace(_estimated(1, 3.0), points=())]) is None


# The page


def test_the_page_tells_what_was_done_and_that_it_shows_no_cause(
    page_client: PageClient, kauhava: Town
) -> None:
    page = page_client.get("/kauhava/tasot/")
    chosen, other = page.text("#nakokulma-1"), page.text("#nakokulma-2")
    assert "6 toimenpidettä edistää tätä näkökulmaa tavoitteidensa kautta." in chosen
    assert "kysely 2024 → kysely 2026: +0,3, noussut" in chosen
    assert "Tämän näkökulman pohjalta ei ole asetettu tavoitteita" in other
    for told in (chosen, other):
        assert "Se ei osoita, että muutos johtuu toimenpiteistä." in told


def test_the_page_tells_the_management_teams_estimate_as_a_finding(
    page_client: PageClient, kauhava: Town
) -> None:
    told = page_client.get("/kauhava/tasot/").text("[aria-labelledby=johtoryhman-arvio]")
    assert "johtoryhmä arvioi henkilöstöä korkeammaksi 6, henkilöstöä matalammaksi" in told
    assert "Ohjelmistojen käytettävyys ja toimivuus" in told
    assert "johtoryhmä 3,5, henkilöstö 2,9" in told
    assert "Esimerkki" in told
