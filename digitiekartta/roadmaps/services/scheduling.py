"""When an action is done and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui.clock import HELSINKI

from ..estimates import Days, moved_estimates
from ..models import Action, WorkEstimate
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError
from .actions import check_period

Text = Mapping[str, str]


def reschedule_action(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    span: Span,
    reason: Text | None = None,
) -> Receipt:
    """Moves an action and the estimates of its work with it; its original schedule stays.

    The intent must carry a reason. How estimates move: ``estimates.moved_estimates``.

    Raises RuleError without a reason, outside the roadmap's period, or for a cancelled action.
    """
    if not intent.reason.strip():
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.RESCHEDULE, action)
        move(pen, action, span)
        if reason:
            pen.set(action, reason=dict(reason))
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="reschedule_action",
        intent=intent,
        write=write,
        request={"action": str(action_id), "first": str(span.first), "last": str(span.last)},
    )


def move(pen: Pen, action: Action, span: Span) -> None:
    """Gives an action another schedule, its estimates along. Raises RuleError."""
    if action.cancelled:
        raise RuleError(Rule.ENDED_ALREADY)
    check_period(action.roadmap, span)
    before = Span(action.first, action.last)
    pen.set(action, first=span.first, last=span.last)
    days = days_of(action)
    write_days(pen, action, moved_estimates(days, before, span, recurring=action.recurring))


def days_of(action: Action) -> dict[HalfYear, int]:
    """An action's person-days by half-year."""
    rows = WorkEstimate.objects.filter(action=action).order_by("half_year")
    return {one.half_year: one.person_days for one in rows}


def write_days(pen: Pen, action: Action, days: Days) -> None:
    """Makes an action's estimates those given, half-year by half-year."""
    held = {one.half_year: one for one in WorkEstimate.objects.filter(action=action)}
    for half in sorted({*held, *days}):
        row, number = held.get(half), days.get(half, 0)
        if row is None:
            pen.add(WorkEstimate, action=action, half_year=half, person_days=number)
        elif number:
            pen.set(row, person_days=number)
        else:
            pen.remove(row)


def hand_over_action(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, responsible_id: UUID
) -> Receipt:
    """Gives an action to another responsible party; the person is not carried over, and what the
    earlier one said of the assignment is cleared."""

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.HAND_OVER, action)
        hand_over(pen, action, responsible_id)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="hand_over_action",
        intent=intent,
        write=write,
        request={"action": str(action_id), "responsible": str(responsible_id)},
    )


def hand_over(pen: Pen, action: Action, responsible_id: UUID) -> None:
    """Gives an action to a party, today, without the people and answers of the earlier one."""
    pen.set(
        action,
        responsible=pen.get(Party, responsible_id),
        person=None,
        deputies=[],
        assigned_on=pen.intent.at.astimezone(HELSINKI).date(),
        accepted_on=None,
        objection={},
    )
