"""Taking a write back: its changes reversed, as a new write. The log keeps both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from digitiekartta.documents.changes import Change
from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import Field, Record

from .models import Entry, Recorded
from .pen import Pen
from .records import column, record_of
from .rules import ConflictError
from .tables import table_of


def reverse_entry(pen: Pen, entry: Entry) -> Recorded | None:
    """Reverses the changes of an entry, the last first; gives the row that the entry was about.

    Raises ConflictError, changing nothing, when a value is no longer what the entry made it.
    """
    changes = [Change(*data) for data in entry.changes]
    conflicts = [one for change in changes for one in _moved_on(pen, change)]
    if conflicts:
        raise ConflictError(conflicts, pen.ledger.revision)
    for same in _by_row(reversed(changes)):
        _reverse(pen, same)
    if not entry.entity or entry.entity_id is None:
        return None
    return _row(pen, entry.entity, str(entry.entity_id))


def _moved_on(pen: Pen, change: Change) -> list[Conflict]:
    """What keeps a change from being reversed: its row or field was changed since."""
    row = _row(pen, change.entity, change.id)
    record = record_of(row) if row is not None else None
    if change.field is None:
        standing: Any = record
    else:
        standing = record.get(change.field) if record is not None else None
    if standing == change.new:
        return []
    base, mine = change.new, change.old
    return [Conflict(change.entity, change.id, change.field, base, mine, standing)]


def _by_row(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes in their order, those of fields of one row together: a rule of the row holds
    before them all and after them all, but not always between."""
    for (_entity, _id, whole), group in groupby(
        changes, key=lambda one: (one.entity, one.id, one.field is None)
    ):
        same = list(group)
        yield from ([one] for one in same) if whole else [same]


def _reverse(pen: Pen, changes: list[Change]) -> None:
    """Reverses the coming or going of one row, or changes of fields of one."""
    change = changes[0]
    table = table_of(change.entity)
    if change.removes:
        pen.add(table, id=UUID(change.id), **_columns(table, change.old))
        return
    row = pen.get(table, UUID(change.id))
    if change.field is None:
        pen.remove(row)
        return
    known = row.entity_type.by_name
    fields = {one.field: known[one.field] for one in changes if one.field is not None}
    pen.set(
        row,
        **{
            column(fields[one.field]): stored_value(table, fields[one.field], one.old)
            for one in changes
            if one.field is not None
        },
    )


def _columns(table: type[Recorded], record: Record) -> dict[str, Any]:
    known = table.entity_type.by_name
    return {
        column(known[name]): stored_value(table, known[name], value)
        for name, value in record.items()
        if name in known
    }


def stored_value(table: type[Recorded], field: Field, value: Any) -> Any:
    """A document's value as its column takes it; what is empty as the column's own empty value."""
    stored = table._meta.get_field(field.name)
    if value is None:
        return stored.get_default()  # type: ignore[union-attr]
    if stored.is_relation:
        return UUID(value)
    return stored.to_python(value)  # type: ignore[union-attr]


def _row(pen: Pen, entity: str, id: str) -> Recorded | None:
    found: Recorded | None = (
        table_of(entity)._default_manager.filter(pk=id, ledger=pen.ledger).first()
    )
    return found
