"""Changing goals and their indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.levels.models import Priority

from ..models import Goal, Indicator
from ..permissions import require
from ..rights import Deed
from ..rules import Direction, Rule, RuleError

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoalTold:
    """What a goal says. ``priority_id`` is the development priority that it comes from."""

    number: int
    title: Text
    description: Text
    priority_id: UUID | None = None


def change_goal(*, ledger_id: UUID, intent: Intent, goal_id: UUID, goal: GoalTold) -> Receipt:
    """Changes what a goal says, its number and the priority that it comes from.

    Raises RuleError without a name, or for a number that another goal has.
    """
    if not any(goal.title.values()):
        raise RuleError(Rule.TITLE_NEEDED)

    def write(pen: Pen) -> Goal:
        require(pen, Deed.EDIT_GOALS)
        row = pen.get(Goal, goal_id)
        check_number(pen, row.roadmap_id, goal.number, but=row.pk)
        pen.set(
            row,
            number=goal.number,
            title=dict(goal.title),
            description=dict(goal.description),
            priority=pen.get(Priority, goal.priority_id) if goal.priority_id else None,
        )
        return row

    return history.commit(
        ledger_id=ledger_id,
        kind="change_goal",
        intent=intent,
        write=write,
        request={"goal": str(goal_id), "number": goal.number, "title": dict(goal.title)},
    )


def check_number(pen: Pen, roadmap_id: UUID, number: int, *, but: UUID | None = None) -> None:
    """Raises RuleError when another goal of the roadmap has the number."""
    others = Goal.objects.filter(ledger=pen.ledger, roadmap_id=roadmap_id, number=number)
    if but is not None:
        others = others.exclude(pk=but)
    if others.exists():
        raise RuleError(Rule.NUMBER_TAKEN)


@dataclass(frozen=True, slots=True)
class IndicatorTold:
    """What an indicator measures; ``target`` is None where none has been set."""

    name: Text
    unit: Text
    direction: Direction
    target: float | None = None
    source: Text | None = None


def change_indicator(
    *, ledger_id: UUID, intent: Intent, indicator_id: UUID, indicator: IndicatorTold
) -> Receipt:
    """Changes what an indicator measures and its target. Raises RuleError without a name."""
    if not any(indicator.name.values()):
        raise RuleError(Rule.TITLE_NEEDED)

    def write(pen: Pen) -> Indicator:
        require(pen, Deed.EDIT_GOALS)
        row = pen.get(Indicator, indicator_id)
        pen.set(
            row,
            name=dict(indicator.name),
            unit=dict(indicator.unit),
            direction=indicator.direction,
            target=indicator.target,
            source=dict(indicator.source or {}),
        )
        return row

    return history.commit(
        ledger_id=ledger_id,
        kind="change_indicator",
        intent=intent,
        write=write,
        request={
            "indicator": str(indicator_id),
            "name": dict(indicator.name),
            "target": indicator.target,
        },
    )
