"""What of the log an event stream tells: for each entry, the ids that an audience may know of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.documents.changes import Change
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import RESTRICTED, VISIBILITY, Audience, Record
from digitiekartta.history.models import Entry, Ledger
from digitiekartta.history.queries import current
from digitiekartta.history.tables import registry

MOST_IDS = 256
MOST_ENTRIES = 10_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Event:
    """What one entry of the log means to readers: ids by audience.

    None instead of ids: too many to be told, everything may have changed. An audience that is
    left out has nothing to see.
    """

    revision: int
    ids: Mapping[Audience, tuple[str, ...] | None]

    def encoded(self, audience: Audience) -> bytes:
        """The event as an audience gets it; empty when there is nothing for it to see."""
        if audience not in self.ids:
            return b""
        return encoded(self.revision, self.ids[audience])


def encoded(revision: int, ids: Iterable[str] | None) -> bytes:
    """An event of the stream: ``id`` is the revision, ``data`` JSON with it and the ids."""
    data = {"revision": revision, "ids": None if ids is None else list(ids)}
    written = json.dumps(data, separators=(",", ":"))
    return f"id: {revision}\ndata: {written}\n\n".encode()


def everything(revision: int) -> Event:
    """The event that tells readers to look at everything anew."""
    return Event(revision, dict.fromkeys(Audience))


def revision_of(ledger_id: UUID) -> int | None:
    """The ledger's revision; None when there is no such ledger."""
    return Ledger.objects.filter(pk=ledger_id).values_list("revision", flat=True).first()


def events_after(ledger_id: UUID, revision: int) -> tuple[int, list[Event]]:
    """The ledger's revision now and the events after one, in order, none left out.

    Where the log is shorter than the reader's revision (another database was put in place), or
    the reader was away for more than ``MOST_ENTRIES``, one event says that everything may differ.
    Raises Ledger.DoesNotExist.
    """
    standing = current(ledger_id)
    if not 0 <= standing.revision - revision <= MOST_ENTRIES:
        return standing.revision, [everything(standing.revision)]
    entries = Entry.objects.filter(
        ledger_id=ledger_id, revision__gt=revision, revision__lte=standing.revision
    )
    rows = entries.order_by("revision").values_list("revision", "audience", "changes")
    events = [
        event_of(number, Audience(audience), changes, standing.document)
        for number, audience, changes in rows.iterator(chunk_size=_CHUNK)
    ]
    return standing.revision, events


def event_of(revision: int, audience: Audience, data: Iterable[Any], document: Document) -> Event:
    """The event of an entry marked for an audience.

    An id is told to whoever may read the entry, the field that changed and the entity itself.
    Hiding an entity is told to those who could see it before: it has gone from their page.
    """
    changes = [Change(*one) for one in data]
    ids: dict[Audience, tuple[str, ...] | None] = {}
    marks = [(one.id, _audience_of_change(one, audience, document)) for one in changes]
    for reader in Audience:
        seen = tuple(dict.fromkeys(id for id, mark in marks if reader.may_read(mark)))
        if seen:
            ids[reader] = seen if len(seen) <= MOST_IDS else None
    return Event(revision, ids)


def audience_of_part(document: Document, id: str, part: str) -> Audience | None:
    """Who may know that somebody works on a part of an entity; None where there is no such entity.

    Whoever may read the entity and what it hangs on; where the part has a field's name, that too.
    """
    for entity_type in registry():
        entity = entity_type.name
        record = document.get(entity, id)
        if record is not None:
            marks = [_mark(record), *_parents(entity, record, document)]
            if part in entity_type.by_name:
                marks += _field_marks(Change(entity, id, part, None, None), record)
            return _narrowest(marks)
    return None


def _audience_of_change(change: Change, entry: Audience, document: Document) -> Audience:
    """The narrowest mark on a change. What is gone since is told by the entry that removed it."""
    if change.field is None:
        record = change.new or change.old
    else:
        record = document.get(change.entity, change.id)
    if record is None or change.entity not in registry():
        return Audience.TEAM
    parents = _parents(change.entity, record, document)
    if change.field in (VISIBILITY.name, RESTRICTED.name):
        before = {**record, change.field: change.old}
        return _narrowest([min(_mark(before), _mark(record), key=_rank), *parents])
    return _narrowest([entry, _mark(record), *_field_marks(change, record), *parents])


def _field_marks(change: Change, record: Record) -> Iterator[Audience]:
    if change.field is None:
        return
    field = registry()[change.entity].by_name.get(change.field)
    yield field.audience if field is not None else Audience.TEAM
    restrictions = record.get(RESTRICTED.name) or {}
    yield Audience(restrictions.get(change.field) or Audience.PUBLIC)


def _parents(entity: str, record: Record, document: Document) -> Iterator[Audience]:
    """The marks of what an entity hangs on; of what is gone nobody needs to be told apart."""
    entity_type = registry().get(entity)
    for reference in entity_type.references() if entity_type else ():
        if not reference.required or reference.refers_to is None:
            continue
        parent = document.get(reference.refers_to, str(record.get(reference.name)))
        if parent is None:
            yield Audience.TEAM
        else:
            yield _mark(parent)
            yield from _parents(reference.refers_to, parent, document)


def _mark(record: Record) -> Audience:
    return Audience(record.get(VISIBILITY.name) or Audience.PUBLIC)


def _narrowest(marks: list[Audience]) -> Audience:
    return max(marks, key=_rank)


def _rank(mark: Audience) -> int:
    return mark.rank
