"""Public documents side by side: as they were approved, as they stood on a day, as they are.

Every document here is the valid plan as everybody may read it: what has been withdrawn since is
left out of the past as well, so that a difference between two of them can't show it. People's
names are no part of it; they are shown where they are today, and only there.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock
from uuid import UUID

from digitiekartta.decisions.models import Frozen
from digitiekartta.decisions.rules import Authorities, authority_of_field, valid_document
from digitiekartta.documents.document import Document, document_of, from_canonical
from digitiekartta.documents.redaction import restrict
from digitiekartta.documents.registry import EXAMPLE, RESTRICTED, Audience, Authority, Record
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

from .document import public_document, roadmap_document, without_names
from .fields import ACTION
from .moves import ScheduleChange
from .plan.entities import Version
from .registry import REGISTRY


class NotPublicThenError(LookupError):
    """The roadmap was not public on that day."""


def public_versions(ledger_id: UUID, versions: Iterable[Version]) -> dict[str, Document]:
    """The approved versions as they may be read today, by id. One query, however many."""
    today = current(ledger_id).document
    frozen = _frozen([one.id for one in versions])
    return {id: _readable(document, today) for id, document in frozen.items()}


def public_today(ledger_id: UUID, roadmap_id: str) -> Document:
    """The valid plan as it stands."""
    today = current(ledger_id).document
    return _readable(_valid(today, roadmap_id, today), today)


def public_on(ledger_id: UUID, roadmap_id: str, day: datetime.date) -> Document:
    """The valid plan as it stood when a day ended. Raises NotPublicThenError."""
    whole = document_at(ledger_id, revision_at(ledger_id, _end_of(day))).document
    if not _was_public(whole, roadmap_id):
        raise NotPublicThenError(day)
    today = current(ledger_id).document
    return _readable(_valid(whole, roadmap_id, today), today)


def public_since(ledger_id: UUID, roadmap_id: str) -> datetime.date | None:
    """The first day on which the roadmap was published, by the log."""
    for entry in reversed(entries_about(ledger_id, UUID(roadmap_id))):
        for _, _, field, _, new in entry.changes:
            if (field == "published" and new) or (field is None and (new or {}).get("published")):
                return entry.at.astimezone(HELSINKI).date()
    return None


def own_authorities(ledger_id: UUID) -> Authorities:
    """Who decides what, where the municipality has its own setting for it."""
    return _authorities(current(ledger_id).document)


def _authorities(whole: Document) -> Authorities:
    own = next(iter(whole.of("municipality").values()), {}).get("authorities") or {}
    return {name: Authority(value) for name, value in own.items()}


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, HELSINKI)


def _was_public(whole: Document, roadmap_id: str) -> bool:
    roadmap = whole.get("roadmap", roadmap_id) or {}
    municipality = next(iter(whole.of("municipality").values()), {})
    return bool(roadmap.get("published") and municipality.get("published"))


def _valid(whole: Document, roadmap_id: str, today: Document) -> Document:
    """The valid plan in a ledger's document; a version that is there no more made nothing valid."""
    working = roadmap_document(whole, roadmap_id)
    version_id = working.of("roadmap")[roadmap_id].get("valid_version")
    if version_id is None or today.get("version", version_id) is None:
        return working
    return valid_document(_frozen([version_id])[version_id], working, REGISTRY, _authorities(whole))


_read: OrderedDict[str, Document] = OrderedDict()
_read_lock = Lock()
_KEPT = 8


def _frozen(ids: Iterable[str]) -> dict[str, Document]:
    """Frozen documents by version id, those that are there. Never changed, so some are kept."""
    asked = list(ids)
    with _read_lock:
        found = {id: _read[id] for id in asked if id in _read}
    missing = [UUID(id) for id in asked if id not in found]
    if missing:
        rows = Frozen.objects.filter(version_id__in=missing).values_list("version_id", "content")
        found |= {str(id): from_canonical(bytes(content)) for id, content in rows}
    with _read_lock:
        _read.update(found)
        while len(_read) > _KEPT:
            _read.popitem(last=False)
    return found


def _readable(document: Document, today: Document) -> Document:
    kept = without_removed_examples(document, today)
    return public_document(without_names(restrict(kept, today)))


def without_removed_examples(document: Document, today: Document) -> Document:
    """The document without the example content that is there no more: it was nobody's plan."""
    return document_of(
        {
            entity: {
                id: _real(one, today.get(entity, id))
                for id, one in records.items()
                if not one.get(EXAMPLE.name) or today.get(entity, id) is not None
            }
            for entity, records in document.entities.items()
        }
    )


def _real(record: Record, today: Record | None) -> Record:
    """A record whose own texts were an example, and that has been emptied of them since."""
    if not record.get(EXAMPLE.name) or today is None or today.get(EXAMPLE.name):
        return record
    return {name: value for name, value in record.items() if name in today}


def schedule_changes(
    ledger_id: UUID, spans: Mapping[str, Span], limit: int = 1000
) -> tuple[ScheduleChange, ...]:
    """The latest changes of schedule that were valid as soon as made, latest first.

    ``spans`` are the valid schedules by action id: from them the log is read backwards. Empty
    where the municipality has its schedules decided by a body: those come with a version.
    """
    own = own_authorities(ledger_id)
    if authority_of_field(ACTION, "first", own) not in (Authority.PROGRESS, Authority.TEAM):
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
