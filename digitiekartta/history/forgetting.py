"""Erasing values from the past, where somebody has the right to be forgotten.

The one exception to a log that is never changed: what was written, by whom, when and why stays, and
so do revisions and their order; only a person's own values are written over. Approved versions hold
no names, so that their hashes stay true.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from digitiekartta.documents.document import canonical_bytes, document_of, from_canonical

from .models import Entry, Ledger, Snapshot


def forget_values(
    *, ledger_id: UUID, entity: str, entity_id: UUID, values: Mapping[str, Any]
) -> None:
    """Writes ``values`` over the fields' past values of one entity, in the log and its snapshots.

    None leaves the field out. The row itself is the caller's to change first, by a write that the
    log tells of: other processes learn by it that their documents are old.
    """
    id = str(entity_id)
    with transaction.atomic():
        Ledger.objects.select_for_update().get(pk=ledger_id)
        entries = Entry.objects.filter(ledger_id=ledger_id)
        told = entries.annotate(written=Cast("changes", TextField())).filter(written__contains=id)
        for entry in told.iterator(chunk_size=200):
            changes = [_change(one, entity, id, values) for one in entry.changes]
            if changes != entry.changes:
                Entry.objects.filter(pk=entry.pk).update(changes=changes)
        for snapshot in Snapshot.objects.filter(ledger_id=ledger_id).iterator(chunk_size=1):
            _forget_in(snapshot, entity, id, values)


def _change(change: list[Any], entity: str, id: str, values: Mapping[str, Any]) -> list[Any]:
    if change[:2] != [entity, id]:
        return change
    field, old, new = change[2:]
    if field is None:
        return [entity, id, None, _record(old, values), _record(new, values)]
    if field not in values:
        return change
    return [entity, id, field, *(None if one is None else values[field] for one in (old, new))]


def _record(record: dict[str, Any] | None, values: Mapping[str, Any]) -> dict[str, Any] | None:
    if record is None:
        return None
    kept = {name: values.get(name, one) for name, one in record.items()}
    return {name: one for name, one in kept.items() if one is not None}


def _forget_in(snapshot: Snapshot, entity: str, id: str, values: Mapping[str, Any]) -> None:
    document = from_canonical(bytes(snapshot.content))
    record = document.get(entity, id)
    if record is None:
        return
    records = {**document.of(entity), id: _record(dict(record), values) or {}}
    changed = document_of({**document.entities, entity: records})
    Snapshot.objects.filter(pk=snapshot.pk).update(content=canonical_bytes(changed))
