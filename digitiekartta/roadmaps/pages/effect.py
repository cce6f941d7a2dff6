"""Effect: what was done for a perspective, and how its level moved, side by side.

Side by side is all that can be told: no figure here shows that the one came of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from digitiekartta.levels.rules import LevelChange, change_between

from ..plan.entities import Action, Goal, Perspective, Plan, Series
from ..rules import Situation, Status


@dataclass(frozen=True, slots=True)
class Step:
    """The change from one round to the next."""

    earlier: Series
    later: Series
    change: LevelChange


@dataclass(frozen=True, slots=True)
class Effect:
    """The actions that serve a perspective through its priority and the goals set by that.

    ``done`` and ``ongoing`` are in the roadmap's order, ``rest`` is how many are neither. Without
    goals nothing is tied to the perspective, whatever may have helped it.
    """

    goals: tuple[Goal, ...]
    done: tuple[Action, ...]
    ongoing: tuple[Action, ...]
    rest: int
    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        return len(self.done) + len(self.ongoing) + self.rest


def effect_of(plan: Plan, one: Perspective) -> Effect:
    """The effect of a perspective. A priority that was removed still counts: its goals were set."""
    chosen = {priority.id for priority in (one.priority, one.former) if priority is not None}
    goals = tuple(goal for goal in plan.goals if _priority_of(goal) in chosen)
    tied = {goal.id for goal in goals}
    actions = [each for each in plan.actions if each.goal is not None and each.goal.id in tied]
    done = tuple(each for each in actions if each.situation is Situation.DONE)
    ongoing = tuple(each for each in actions if _is_ongoing(each))
    rest = len(actions) - len(done) - len(ongoing)
    return Effect(goals, done, ongoing, rest, _steps(one))


def untied_actions(plan: Plan) -> int:
    """How many actions serve no perspective: without a goal, or with one set by no priority."""
    return sum(one.goal is None or _priority_of(one.goal) is None for one in plan.actions)


def _priority_of(goal: Goal) -> str | None:
    priority = goal.priority or goal.former_priority
    return None if priority is None else priority.id


def _is_ongoing(one: Action) -> bool:
    # Late or waiting for money, it may have begun all the same.
    return one.status is Status.ONGOING and one.situation not in (
        Situation.CANCELLED,
        Situation.PAUSED,
    )


def _steps(one: Perspective) -> tuple[Step, ...]:
    return tuple(
        Step(earlier.series, later.series, change_between(earlier.reading, later.reading))
        for earlier, later in pairwise(one.points)
    )
