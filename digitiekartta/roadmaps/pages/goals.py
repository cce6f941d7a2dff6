"""Tavoitteet: why these actions. The vision, the goals with their indicators, and the actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..plan.entities import Action, Goal, Indicator, IndicatorValue, Plan
from ..rules import Direction
from .situations import Situations, count_situations


class Standing(StrEnum):
    """What an indicator's latest value says beside its target."""

    REACHED = "reached"
    NEARER = "nearer"
    FURTHER = "further"
    SAME = "same"
    FIRST = "first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its latest value beside the one before and beside the target."""

    indicator: Indicator
    latest: IndicatorValue | None
    previous: IndicatorValue | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class GoalView:
    goal: Goal
    indicators: tuple[IndicatorView, ...]
    actions: tuple[Action, ...]
    situations: Situations

    @property
    def reached(self) -> int:
        return sum(one.standing is Standing.REACHED for one in self.indicators)


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """``loose`` are the actions that serve no goal."""

    goals: tuple[GoalView, ...]
    loose: tuple[Action, ...]
    loose_situations: Situations
    indicators: int
    reached: int


def goals_page(plan: Plan) -> GoalsPage:
    goals = tuple(_goal(one, plan.actions) for one in plan.goals)
    loose = tuple(one for one in plan.actions if one.goal is None)
    return GoalsPage(
        goals=goals,
        loose=loose,
        loose_situations=count_situations(loose),
        indicators=sum(len(one.indicators) for one in goals),
        reached=sum(one.reached for one in goals),
    )


def _goal(goal: Goal, actions: Sequence[Action]) -> GoalView:
    own = tuple(one for one in actions if one.goal is not None and one.goal.id == goal.id)
    return GoalView(
        goal=goal,
        indicators=tuple(indicator_view(one) for one in goal.indicators),
        actions=own,
        situations=count_situations(own),
    )


def indicator_view(indicator: Indicator) -> IndicatorView:
    latest = indicator.values[-1] if indicator.values else None
    previous = indicator.values[-2] if len(indicator.values) > 1 else None
    return IndicatorView(indicator, latest, previous, _standing(indicator, latest, previous))


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
    step = (latest.value - previous.value) * better
    return Standing.SAME if step == 0 else Standing.NEARER if step > 0 else Standing.FURTHER
