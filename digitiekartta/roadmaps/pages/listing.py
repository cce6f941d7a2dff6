"""The same actions as a dense table, and on a board by situation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..plan.entities import Action
from ..rules import Situation
from .situations import READING_ORDER


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a line: ``amount`` is the money of all years, None where no sum is known."""

    action: Action
    amount: int | None


@dataclass(frozen=True, slots=True)
class BoardColumn:
    situation: Situation
    actions: tuple[Action, ...]


def lines_of(actions: Iterable[Action]) -> tuple[Line, ...]:
    return tuple(Line(one, amount_of(one)) for one in actions)


def amount_of(action: Action) -> int | None:
    """The money of an action's funding lines together; None where none tells a sum."""
    amounts = [one.amount for one in action.parts.funding if one.amount is not None]
    return sum(amounts) if amounts else None


def board_of(actions: Iterable[Action]) -> tuple[BoardColumn, ...]:
    """The situations that occur, in reading order, each with its actions."""
    gathered: dict[Situation, list[Action]] = defaultdict(list)
    for action in actions:
        gathered[action.situation].append(action)
    return tuple(BoardColumn(one, tuple(gathered[one])) for one in READING_ORDER if gathered[one])
