"""Who answers for an action: accepting, objecting, and who the person is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from digitiekartta.accounts.models import Person
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.clock import HELSINKI

from ..models import Action
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError

Text = Mapping[str, str]


def accept_assignment(*, ledger_id: UUID, intent: Intent, action_id: UUID) -> Receipt:
    """Says yes to an assignment before silence would; an objection is thereby withdrawn.

    Raises RuleError when the action has ended.
    """
    on = intent.at.astimezone(HELSINKI).date()
    changes = {"accepted_on": on, "objection": {}}
    return _answered("accept_assignment", Deed.ACCEPT, ledger_id, intent, action_id, changes)


def object_to_assignment(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, objection: Text
) -> Receipt:
    """Objects to an assignment; the digital team hands the action over or answers.

    Raises RuleError without a reason, and when the action has ended.
    """
    if not any(objection.values()):
        raise RuleError(Rule.REASON_NEEDED)
    changes = {"accepted_on": None, "objection": dict(objection)}
    return _answered("object_to_assignment", Deed.OBJECT, ledger_id, intent, action_id, changes)


def withdraw_objection(*, ledger_id: UUID, intent: Intent, action_id: UUID) -> Receipt:
    """Takes an objection back; the assignment waits for an answer again."""
    changes: dict[str, Any] = {"objection": {}}
    return _answered("withdraw_objection", Deed.OBJECT, ledger_id, intent, action_id, changes)


def _answered(
    kind: str, deed: Deed, ledger_id: UUID, intent: Intent, action_id: UUID, changes: dict[str, Any]
) -> Receipt:
    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, deed, action)
        if action.cancelled:
            raise RuleError(Rule.ENDED_ALREADY)
        pen.set(action, **changes)
        return action

    request = {"action": str(action_id), "objection": changes["objection"]}
    return history.commit(
        ledger_id=ledger_id, kind=kind, intent=intent, write=write, request=request
    )


def name_person(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    person_id: UUID | None,
    deputy_ids: Sequence[UUID] | None = None,
) -> Receipt:
    """Names the responsible person, or nobody; deputies too, where they are given.

    A new person answers for the assignment herself: what the earlier one said of it is cleared.
    Raises RuleError when the action has ended.
    """
    on = intent.at.astimezone(HELSINKI).date()

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.NAME_PERSON, action)
        if action.cancelled:
            raise RuleError(Rule.ENDED_ALREADY)
        changes: dict[str, Any] = {}
        if person_id != action.person_id:
            person = pen.get(Person, person_id) if person_id else None
            changes = {"person": person, "assigned_on": on, "accepted_on": None, "objection": {}}
        if deputy_ids is not None:
            changes["deputies"] = [str(pen.get(Person, one).pk) for one in deputy_ids]
        pen.set(action, **changes)
        return action

    request = {
        "action": str(action_id),
        "person": str(person_id or ""),
        "deputies": None if deputy_ids is None else [str(one) for one in deputy_ids],
    }
    return history.commit(
        ledger_id=ledger_id, kind="name_person", intent=intent, write=write, request=request
    )
