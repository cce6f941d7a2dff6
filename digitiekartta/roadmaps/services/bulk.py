"""One change to many actions, in one write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.rules import Span
from digitiekartta.ui.clock import HELSINKI

from ..bulk_rules import DEEDS, Bulk, BulkKind, Stands, changes_something, fault_of, moved
from ..models import Action, Goal
from ..permissions import require
from ..rules import Rule, RuleError, Status
from .progress import Report, note_progress
from .scheduling import hand_over, move

BULK = "change_actions"
"""The kind of its entries."""


def change_actions(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_ids: Sequence[UUID],
    bulk: Bulk,
    reason: Mapping[str, str],
) -> Receipt:
    """Makes one change to many actions; all of them, or none.

    What a change does to nothing of an action leaves the action alone. Raises RuleError without a
    reason, and when it can't be made to one of them; NotAllowedError likewise.
    """
    if not intent.reason.strip():
        raise RuleError(Rule.REASON_NEEDED)
    make = _MAKING[bulk.kind]

    def write(pen: Pen) -> None:
        for one in action_ids:
            action = pen.get(Action, one)
            require(pen, DEEDS[bulk.kind], action)
            stands = stands_of(action)
            if (broken := fault_of(bulk, stands)) is not None:
                raise RuleError(broken)
            if changes_something(bulk, stands):
                make(pen, action, bulk, reason)

    return history.commit(
        ledger_id=ledger_id,
        kind=BULK,
        intent=intent,
        write=write,
        request={**_request(bulk, intent), "actions": sorted(map(str, action_ids))},
    )


def _request(bulk: Bulk, intent: Intent) -> dict[str, object]:
    return {
        "kind": bulk.kind,
        "steps": bulk.steps,
        "party": str(bulk.party_id or ""),
        "goal": str(bulk.goal_id or ""),
        "audience": bulk.audience,
        "reason": intent.reason,
    }


def stands_of(action: Action) -> Stands:
    """Where an action's row stands."""
    return Stands(
        span=Span(action.first, action.last),
        period=Span(action.roadmap.first, action.roadmap.last),
        status=Status(action.status),
        cancelled=action.cancelled,
        responsible_id=action.responsible_id,
        goal_id=action.goal_id,
        audience=Audience(action.audience or Audience.PUBLIC),
    )


Make = Callable[[Pen, Action, Bulk, Mapping[str, str]], None]


def _move(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    move(pen, action, moved(Span(action.first, action.last), bulk.steps))


def _hand_over(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    if bulk.party_id is not None:
        hand_over(pen, action, bulk.party_id)


def _goal(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    goal = pen.get(Goal, bulk.goal_id) if bulk.goal_id is not None else None
    if goal is not None and goal.roadmap_id != action.roadmap_id:
        raise RuleError(Rule.NOT_IN_THIS_ROADMAP)
    pen.set(action, goal=goal)


def _pause(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    report = Report(status=Status.PAUSED, reason=reason)
    note_progress(pen, action, report, pen.intent.at.astimezone(HELSINKI).date())


def _cancel(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    pen.set(action, cancelled=True, reason=dict(reason))


def _show(pen: Pen, action: Action, bulk: Bulk, reason: Mapping[str, str]) -> None:
    pen.set(action, audience="" if bulk.audience is Audience.PUBLIC else str(bulk.audience))


_MAKING: Mapping[BulkKind, Make] = {
    BulkKind.MOVE: _move,
    BulkKind.HAND_OVER: _hand_over,
    BulkKind.GOAL: _goal,
    BulkKind.PAUSE: _pause,
    BulkKind.CANCEL: _cancel,
    BulkKind.SHOW: _show,
}
