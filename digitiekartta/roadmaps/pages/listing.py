"""The same actions as a dense table, and on a board by situation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from digitiekartta.municipalities.rules import Span
from digitiekartta.ui.languages import pick

from ..plan.entities import Action, Funding, Plan, Text
from ..rules import FundingState, Situation
from .filters import Grouping
from .grouping import group_actions

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
    """An action as a line or a card, its texts picked.

    ``foreign`` is the title's language where it is not the reader's, ``original`` the schedule
    that it moved from, ``amount`` the money of all years and ``state`` that of the first line.
    """

    serial: int
    number: str
    title: str
    foreign: str
    responsible: str
    span: Span
    original: Span | None
    situation: Situation
    is_late_beside: bool
    amount: int | None
    state: FundingState | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that share what the list is grouped by; see :class:`grouping.Group`."""

    key: str
    name: Text | None
    number: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The cards of one situation."""

    situation: Situation
    cards: tuple[Line, ...]


def lines_of(
    plan: Plan, actions: Iterable[Action], grouping: Grouping, language: str
) -> tuple[LineGroup, ...]:
    """The actions in groups, as lines."""
    return tuple(
        LineGroup(one.key, one.name, one.number, tuple(_line(a, language) for a in one.actions))
        for one in group_actions(actions, grouping, plan)
    )


def board_of(actions: Iterable[Action], language: str) -> tuple[BoardColumn, ...]:
    """The situations that occur, in the order of the process, each with its actions."""
    gathered: dict[Situation, list[Line]] = defaultdict(list)
    for action in actions:
        gathered[action.situation].append(_line(action, language))
    return tuple(BoardColumn(one, tuple(gathered[one])) for one in PROCESS if gathered[one])


def _line(action: Action, language: str) -> Line:
    title, own = pick(action.title, language)
    party, funding = action.responsible, action.parts.funding
    return Line(
        serial=action.serial,
        number=action.number,
        title=title,
        foreign=own if own != language else "",
        responsible=pick(party.name, language).text if party is not None else "",
        span=action.span,
        original=action.original if action.moved else None,
        situation=action.situation,
        is_late_beside=action.late and action.situation is not Situation.LATE,
        amount=amount_of(action),
        state=funding[0].state if funding else None,
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
