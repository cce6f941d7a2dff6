"""Where an action stands in the roadmap: its number and goal, and coming back after an ending."""

from __future__ import annotations

from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Action, Goal
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError


def place_action(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, number: str, goal_id: UUID | None
) -> Receipt:
    """Gives an action another number and goal; its permanent serial stays.

    Raises RuleError for a goal of another roadmap.
    """

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.ORDER, action)
        goal = pen.get(Goal, goal_id) if goal_id is not None else None
        if goal is not None and goal.roadmap_id != action.roadmap_id:
            raise RuleError(Rule.NOT_IN_THIS_ROADMAP)
        pen.set(action, number=number, goal=goal)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="place_action",
        intent=intent,
        write=write,
        request={"action": str(action_id), "number": number, "goal": str(goal_id or "")},
    )


def restore_action(*, ledger_id: UUID, intent: Intent, action_id: UUID) -> Receipt:
    """Brings back an action that was cancelled or merged; the reason of its ending goes with it.

    Raises RuleError without a reason, or for an action that has not ended.
    """
    if not intent.reason.strip():
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.CANCEL, action)
        if not action.cancelled:
            raise RuleError(Rule.NOT_ENDED)
        pen.set(action, cancelled=False, merged_into=None, reason={})
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="restore_action",
        intent=intent,
        write=write,
        request={"action": str(action_id)},
    )
