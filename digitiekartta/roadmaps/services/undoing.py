"""Taking back what one has just done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import ProtectedError

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.models import Entry, Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.history.tables import table_of
from digitiekartta.history.undoing import reverse_entry
from digitiekartta.municipalities.permissions import NotAllowedError

from ..models import Action
from ..permissions import require
from ..queries import working_plan
from ..rights import Deed
from ..rules import Rule, RuleError
from .bulk import BULK

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
    "change_links": Deed.LINK,
    "change_dependencies": Deed.DEPEND,
    "change_effects": Deed.EFFECT,
    "estimate_half_years": Deed.ESTIMATE,
    "change_funding": Deed.FUND,
    "remove_funding": Deed.FUND,
    "place_action": Deed.ORDER,
    "restore_action": Deed.CANCEL,
    BULK: Deed.ORDER,
    "write_texts": Deed.EDIT_TEXTS,
    "add_goal": Deed.EDIT_GOALS,
    "change_goal": Deed.EDIT_GOALS,
    "add_indicator": Deed.EDIT_GOALS,
    "change_indicator": Deed.EDIT_GOALS,
    "record_value": Deed.EDIT_GOALS,
    "accept_assignment": Deed.ACCEPT,
    "object_to_assignment": Deed.OBJECT,
    "withdraw_objection": Deed.OBJECT,
    "name_person": Deed.NAME_PERSON,
}
"""The writes that their writer may take back, and the right that each takes."""
WITHIN = timedelta(hours=24)


def undo(*, ledger_id: UUID, intent: Intent, revision: int) -> Receipt:
    """Takes back one's own write of the last day; a proposal as long as it waits for a decision.

    Raises Entry.DoesNotExist for another ledger's, NotAllowedError for somebody else's and for a
    right that is gone, RuleError for what can't be taken back, ConflictError when the same was
    changed since.
    """

    def write(pen: Pen) -> Recorded | None:
        entry = Entry.objects.get(ledger_id=ledger_id, revision=revision)
        deed = UNDOABLE.get(entry.kind)
        if deed is None or (entry.at < intent.at - WITHIN and not _waits(entry, intent.at.date())):
            raise RuleError(Rule.CANT_BE_UNDONE)
        if entry.actor is None or entry.actor != intent.actor:
            raise NotAllowedError(str(deed))
        # Whoever added an action is not always its sector's: that right is one in the roadmap.
        require(pen, deed, None if deed is Deed.ADD_ACTION else _action_of(pen, entry))
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


def _waits(entry: Entry, on: datetime.date) -> bool:
    """Whether something that an entry changed has not been decided on yet."""
    undecided = working_plan(entry.ledger_id, audience=Audience.TEAM, on=on).undecided
    return any(
        fields & {field or "", ""}
        for _entity, id, field, *_values in entry.changes
        if (fields := undecided.get(id))
    )


def _action_of(pen: Pen, entry: Entry) -> Action | None:
    """The action that an entry is about: itself, or what a part of it belongs to."""
    id = action_changed(entry)
    return Action.objects.filter(pk=id, ledger=pen.ledger).first() if id else None


def action_changed(entry: Entry) -> str | None:
    """The id of the first action that an entry changed, or one of whose parts it changed."""
    for entity, id, field, old, new in entry.changes:
        if entity == "action":
            return str(id)
        for record in (new, old):
            if isinstance(record, dict) and record.get("action"):
                return str(record["action"])
        if field is not None:
            row = table_of(entity)._default_manager.filter(pk=id, ledger=entry.ledger_id).first()
            if row is not None and hasattr(row, "action_id"):
                return str(row.action_id)
    return None
