"""The same actions as a dense table, and on a board by situation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..plan.entities import Action, Funding, Plan
from ..rules import FundingState, Situation
from .filters import Grouping
from .grouping import Group, group_actions

NO_MONEY = frozenset({FundingState.MOVED, FundingState.REJECTED})
PROCESS = (
    Situation.NOT_BEGUN,
    Situation.WAITING_FOR_MONEY,
    Situation.ONGOING,
    Situation.LATE,
    Situation.PAUSED,
    Situation.DONE,
    Situation.CANCELLED,
)
"""The order in which work goes through its situations."""


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a line: ``amount`` is the money of all years, None where no sum is told."""

    action: Action
    amount: int | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    group: Group
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    situation: Situation
    actions: tuple[Action, ...]


def lines_of(plan: Plan, actions: Iterable[Action], grouping: Grouping) -> tuple[LineGroup, ...]:
    """The actions in groups, each with its money."""
    return tuple(
        LineGroup(group, tuple(Line(one, amount_of(one)) for one in group.actions))
        for group in group_actions(actions, grouping, plan)
    )


def amount_of(action: Action) -> int | None:
    """The money of an action's funding lines together; None where none tells a sum.

    What was moved to another year or not approved is no money of this action: a moved sum stands
    on the line of the year that it was moved to.
    """
    amounts = [one.amount for one in action.parts.funding if counts(one)]
    return sum(one or 0 for one in amounts) if amounts else None


def counts(line: Funding) -> bool:
    """Whether a funding line's sum belongs to the total."""
    return line.amount is not None and line.state not in NO_MONEY


def board_of(actions: Iterable[Action]) -> tuple[BoardColumn, ...]:
    """The situations that occur, in the order of the process, each with its actions."""
    gathered: dict[Situation, list[Action]] = defaultdict(list)
    for action in actions:
        gathered[action.situation].append(action)
    return tuple(BoardColumn(one, tuple(gathered[one])) for one in PROCESS if gathered[one])
