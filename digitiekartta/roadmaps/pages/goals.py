"""Tavoitteet: why these actions. The vision, the goals with their indicators, and the actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..plan.entities import Action, Goal, Indicator, IndicatorValue, Plan
from ..rules import Direction
from .situations import Situations, count_situations

MOST, FIRST = 15, 12


class Standing(StrEnum):
    """What an indicator's latest value says beside its target."""

    REACHED = "reached"
    NEARER = "nearer"
    FURTHER = "further"
    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    FIRST = "first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its latest value beside the one before and beside the target.

    ``places`` are the decimals that all its values are written with.
    """

    indicator: Indicator
    latest: IndicatorValue | None
    previous: IndicatorValue | None
    standing: Standing
    places: int


@dataclass(frozen=True, slots=True)
class RolledUp:
    """Actions counted by situation; of very many only the first are listed, ``more`` are not."""

    situations: Situations
    shown: tuple[Action, ...]
    more: int


@dataclass(frozen=True, slots=True)
class GoalView:
    goal: Goal
    indicators: tuple[IndicatorView, ...]
    actions: RolledUp

    @property
    def reached(self) -> int:
        return sum(one.standing is Standing.REACHED for one in self.indicators)


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """``loose`` are the actions that serve no goal."""

    goals: tuple[GoalView, ...]
    loose: RolledUp


def goals_page(plan: Plan) -> GoalsPage:
    by_goal: dict[str, list[Action]] = defaultdict(list)
    for action in plan.actions:
        by_goal[action.goal.id if action.goal is not None else ""].append(action)
    return GoalsPage(
        goals=tuple(_goal(one, by_goal[one.id]) for one in plan.goals),
        loose=rolled_up(by_goal[""]),
    )


def _goal(goal: Goal, actions: Sequence[Action]) -> GoalView:
    return GoalView(
        goal=goal,
        indicators=tuple(indicator_view(one) for one in goal.indicators),
        actions=rolled_up(actions),
    )


def rolled_up(actions: Sequence[Action]) -> RolledUp:
    """The actions counted, and all of them listed unless they are more than :data:`MOST`."""
    shown = actions if len(actions) <= MOST else actions[:FIRST]
    return RolledUp(count_situations(actions), tuple(shown), len(actions) - len(shown))


def indicator_view(indicator: Indicator) -> IndicatorView:
    latest = indicator.values[-1] if indicator.values else None
    previous = indicator.values[-2] if len(indicator.values) > 1 else None
    standing = _standing(indicator, latest, previous)
    values = [*(one.value for one in indicator.values), indicator.target or 0]
    return IndicatorView(indicator, latest, previous, standing, max(map(_decimals, values)))


def _decimals(value: float) -> int:
    """The decimals that a value needs, at most two."""
    written = f"{value:.2f}".rstrip("0")
    return len(written.partition(".")[2])


def _standing(
    indicator: Indicator, latest: IndicatorValue | None, previous: IndicatorValue | None
) -> Standing:
    if latest is None:
        return Standing.UNKNOWN
    better = 1 if indicator.direction is Direction.UP else -1
    if indicator.target is not None and (latest.value - indicator.target) * better >= 0:
        return Standing.REACHED
    if previous is None:
        return Standing.FIRST
    return _moved(indicator, latest.value - previous.value)


def _moved(indicator: Indicator, step: float) -> Standing:
    """Nearer or further where there is a target to be near; else only risen or fallen."""
    if step == 0:
        return Standing.SAME
    if indicator.target is None:
        return Standing.ROSE if step > 0 else Standing.FELL
    is_better = (step > 0) == (indicator.direction is Direction.UP)
    return Standing.NEARER if is_better else Standing.FURTHER
