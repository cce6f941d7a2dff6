"""Taking back what one has just done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import ProtectedError

from digitiekartta.history import services as history
from digitiekartta.history.models import Entry, Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.history.undoing import reverse_entry
from digitiekartta.municipalities.permissions import NotAllowedError

from ..models import Action
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError

UNDOABLE: Mapping[str, Deed] = {
    "add_action": Deed.ADD_ACTION,
    "reword_action": Deed.REWORD,
    "reschedule_action": Deed.RESCHEDULE,
    "hand_over_action": Deed.HAND_OVER,
    "cancel_action": Deed.CANCEL,
    "merge_actions": Deed.MERGE,
    "set_visibility": Deed.SET_VISIBILITY,
    "add_funding": Deed.FUND,
    "add_link": Deed.LINK,
    "add_dependency": Deed.DEPEND,
    "add_effect": Deed.EFFECT,
    "estimate_work": Deed.ESTIMATE,
    "report_progress": Deed.REPORT,
    "split_action": Deed.SPLIT,
    "order_action": Deed.ORDER,
    "accept_assignment": Deed.ACCEPT,
    "object_to_assignment": Deed.OBJECT,
    "withdraw_objection": Deed.OBJECT,
    "name_person": Deed.NAME_PERSON,
}
"""The writes that their writer may take back, and the right that each takes."""
WITHIN = timedelta(hours=24)


def undo(*, ledger_id: UUID, intent: Intent, revision: int) -> Receipt:
    """Takes back one's own write of the last day.

    Raises Entry.DoesNotExist for another ledger's, NotAllowedError for somebody else's and for a
    right that is gone, RuleError for what can't be taken back, ConflictError when the same was
    changed since.
    """

    def write(pen: Pen) -> Recorded | None:
        entry = Entry.objects.get(ledger_id=ledger_id, revision=revision)
        deed = UNDOABLE.get(entry.kind)
        if deed is None or entry.at < intent.at - WITHIN:
            raise RuleError(Rule.CANT_BE_UNDONE)
        if entry.actor is None or entry.actor != intent.actor:
            raise NotAllowedError(str(deed))
        require(pen, deed, _action_of(pen, entry))
        try:
            return reverse_entry(pen, entry)
        except ProtectedError:
            raise RuleError(Rule.CANT_BE_UNDONE) from None

    return history.commit(
        ledger_id=ledger_id,
        kind="undo",
        intent=intent,
        write=write,
        request={"revision": revision},
    )


def _action_of(pen: Pen, entry: Entry) -> Action | None:
    """The action that an entry is about: itself, or what a part of it belongs to."""
    for entity, id, field, _, new in entry.changes:
        if entity == "action":
            return Action.objects.filter(pk=id, ledger=pen.ledger).first()
        if field is None and new and "action" in new:
            return Action.objects.filter(pk=new["action"], ledger=pen.ledger).first()
    return None
