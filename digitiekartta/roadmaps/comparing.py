"""Public documents side by side: as they were approved, as they stood on a day, as they are.

Every document here is the valid plan as everybody may read it: what has been withdrawn since is
left out of the past as well, so that a difference between two of them can't show it. People's
names are no part of it; they are shown where they are today, and only there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from digitiekartta.decisions.queries import frozen_documents
from digitiekartta.decisions.rules import AT_ONCE, Authorities, authority_of_field
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import RESTRICTED, Audience, Record
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import (
    changes_of,
    current,
    document_at,
    entries_about,
    revision_at,
)
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui.clock import HELSINKI

from .document import as_told_today, public_document, without_names
from .fields import ACTION
from .moves import ScheduleChange
from .plan.entities import Version
from .queries import authorities_in, valid_roadmap


class NotPublicThenError(LookupError):
    """The roadmap was not public on that day."""


def public_versions(ledger_id: UUID, versions: Iterable[Version]) -> dict[str, Document]:
    """The approved versions as they may be read today, by id. One query, however many."""
    today = current(ledger_id).document
    frozen = frozen_documents(UUID(one.id) for one in versions)
    return {str(id): _public(as_told_today(one, today)) for id, one in frozen.items()}


def public_today(ledger_id: UUID, roadmap_id: str) -> Document:
    """The valid plan as it stands."""
    today = current(ledger_id).document
    return _public(valid_roadmap(today, roadmap_id, today=today))


def public_on(ledger_id: UUID, roadmap_id: str, day: datetime.date) -> Document:
    """The valid plan as it stood when a day ended. Raises NotPublicThenError."""
    whole = document_at(ledger_id, revision_at(ledger_id, _end_of(day))).document
    if not _was_public(whole, roadmap_id):
        raise NotPublicThenError(day)
    return _public(valid_roadmap(whole, roadmap_id, today=current(ledger_id).document))


def public_since(ledger_id: UUID, roadmap_id: str) -> datetime.date | None:
    """The first day on which the roadmap was published, by the log."""
    for entry in reversed(entries_about(ledger_id, UUID(roadmap_id))):
        for _, _, field, _, new in entry.changes:
            if (field == "published" and new) or (field is None and (new or {}).get("published")):
                return entry.at.astimezone(HELSINKI).date()
    return None


def own_authorities(ledger_id: UUID) -> Authorities:
    """Who decides what, where the municipality has its own setting for it."""
    return authorities_in(current(ledger_id).document)


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, HELSINKI)


def _was_public(whole: Document, roadmap_id: str) -> bool:
    roadmap = whole.get("roadmap", roadmap_id) or {}
    municipality = next(iter(whole.of("municipality").values()), {})
    return bool(roadmap.get("published") and municipality.get("published"))


def _public(document: Document) -> Document:
    return public_document(without_names(document))


def schedule_changes(
    ledger_id: UUID, spans: Mapping[str, Span], limit: int = 1000
) -> tuple[ScheduleChange, ...]:
    """The latest changes of schedule that were valid as soon as made, latest first.

    ``spans`` are the valid schedules by action id: from them the log is read backwards. Empty
    where the municipality has its schedules decided by a body: those come with a version.
    """
    own = own_authorities(ledger_id)
    if authority_of_field(ACTION, "first", own) not in AT_ONCE:
        return ()
    entries = Entry.objects.filter(
        ledger_id=ledger_id, kind="reschedule_action", audience=Audience.PUBLIC
    )
    moves = _backwards(entries.order_by("-revision")[:limit], dict(spans))
    actions = current(ledger_id).document.of(ACTION.name)
    return tuple(_without_secret(one, actions.get(one.action_id, {})) for one in moves)


def _without_secret(move: ScheduleChange, action: Record) -> ScheduleChange:
    """The move without its reason where the action's reasons have been withdrawn."""
    return replace(move, reason="") if "reason" in (action.get(RESTRICTED.name) or {}) else move


def _backwards(entries: Iterable[Entry], spans: dict[str, Span]) -> Iterator[ScheduleChange]:
    for entry in entries:
        id = str(entry.entity_id)
        after = spans.get(id)
        if after is None:
            continue
        old = {one.field: one.old for one in changes_of(entry) if one.id == id}
        first, last = (HalfYear.parse(old.get(name) or str(value)) for name, value in _ends(after))
        if first > last:
            continue
        spans[id] = before = Span(first, last)
        yield ScheduleChange(id, entry.revision, entry.at, before, after, entry.reason)


def _ends(span: Span) -> tuple[tuple[str, HalfYear], tuple[str, HalfYear]]:
    return ("first", span.first), ("last", span.last)
