"""What somebody may do to an action, what she has just done, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from digitiekartta.documents.changes import apply
from digitiekartta.documents.document import Document, document_of
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import changes_of, current
from digitiekartta.history.rules import ConflictError
from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import (
    Inside,
    Stamp,
    for_members,
    intent_of,
    show_inside,
)
from digitiekartta.municipalities.permissions import Member
from digitiekartta.ui.environment import active_language

from .. import services
from ..describing import Item, describe
from ..models import Action
from ..pages.conflict import both_sides
from ..rules import RuleError
from ..services.bulk import BULK
from ..services.undoing import UNDOABLE, action_changed
from ..words import RULES
from .frame import INSIDE_STYLES
from .pages import Reading

DONE = "tehty"


@dataclass(frozen=True, slots=True)
class Done:
    """What the reader has just changed, in words. ``stamp`` is for taking it back; None where that
    can't be done."""

    items: tuple[Item, ...]
    revision: int
    stamp: Stamp | None


def done_by(request: HttpRequest, reading: Reading) -> Done | None:
    """What the reader's own write did that the address names (``?tehty=<revision>``)."""
    if reading.member is None:
        return None
    return done_by_member(request, reading.site.ledger_id, reading.member)


def done_by_member(request: HttpRequest, ledger_id: UUID, member: Member) -> Done | None:
    """The same on a page that shows no plan."""
    written = request.GET.get(DONE, "")
    if not written.isascii() or not written.isdigit():
        return None
    entry = Entry.objects.filter(
        ledger_id=ledger_id, revision=int(written[:18]), actor=member.actor
    ).first()
    if entry is None:
        return None
    language = active_language()
    changes, standing = changes_of(entry), current(ledger_id)
    before, after = _around(entry, standing.document)
    described = describe(changes, before, after, language)
    items = tuple(item for group in described.groups for item in group.items)
    can_undo = entry.kind in UNDOABLE
    return Done(items, entry.revision, Stamp.fresh(standing.revision) if can_undo else None)


def _around(entry: Entry, today: Document) -> tuple[Document, Document]:
    """Today's document with what an entry changed as it was before it, and as it was after."""
    changes = changes_of(entry)
    records: dict[str, dict[str, Any]] = {}
    for change in changes:
        known = records.setdefault(change.entity, dict(today.of(change.entity)))
        _put(known, change.id, change.field, change.new)
    after = document_of({**today.entities, **records})
    return apply(after, [one.reversed() for one in reversed(changes)]), after


def _put(records: dict[str, Any], id: str, field: str | None, value: Any) -> None:
    if field is not None:
        records[id] = {**records.get(id, {}), field: value}
        if value is None:
            del records[id][field]
    elif value is None:
        records.pop(id, None)
    else:
        records[id] = value


@require_POST
@for_members
def undo(request: HttpRequest, inside: Inside, revision: int) -> HttpResponseBase:
    """Takes back what the reader has just done, and goes back to where it was done."""
    intent = intent_of(request, inside, reason=gettext("Undone"))
    entry = Entry.objects.get(ledger_id=inside.ledger_id, revision=revision)
    back = _address(inside, entry)
    try:
        receipt = services.undo(ledger_id=inside.ledger_id, intent=intent, revision=revision)
    except RuleError as broken:
        context: dict[str, Any] = {"reason": str(RULES[broken.rule]), "conflicts": ()}
    except ConflictError as conflict:
        document = current(inside.ledger_id).document
        context = {
            "reason": gettext("Somebody has changed the same since, so nothing was undone."),
            "conflicts": both_sides(conflict.conflicts, document, active_language()),
        }
    else:
        return redirect(f"{back}?{DONE}={receipt.revision}")
    shown, context["back"] = Shown(styles=INSIDE_STYLES), back
    return show_inside(request, inside, "roadmaps/undo.html", context, status=409, shown=shown)


def _address(inside: Inside, entry: Entry) -> str:
    """The page of what an entry is about: its action, goals, front page; else all actions."""
    id = None if entry.kind in (BULK, "add_action") else action_changed(entry)
    rows = Action.objects.filter(ledger_id=inside.ledger_id, pk=id) if id else Action.objects.none()
    serial = rows.values_list("serial", flat=True).first()
    if serial is not None:
        return reverse("roadmaps:action", args=[inside.slug, serial])
    changed = {entity for entity, *_ in entry.changes}
    page = next((name for entity, name in _PAGES.items() if entity in changed), "actions")
    return reverse(f"roadmaps:{page}", args=[inside.slug])


_PAGES = {"roadmap": "home", "goal": "goals", "indicator": "goals", "indicator_value": "goals"}
