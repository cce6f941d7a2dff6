"""A row as somebody saw it who has had its form open while others wrote."""

from __future__ import annotations

from copy import copy
from typing import Any, TypeVar

from digitiekartta.documents.changes import Change

from .models import Entry, Recorded
from .records import column
from .undoing import stored_value

Row = TypeVar("Row", bound=Recorded)


def as_seen(row: Row, revision: int) -> Row:
    """The row with the values that it had at a revision of its ledger; itself where none differs.

    So a form can tell what its user changed from what others changed meanwhile. Nothing is saved.
    """
    if row.revision <= revision:
        return row
    before: dict[str, Any] = {}
    entries = Entry.objects.filter(ledger=row.ledger_id, revision__gt=revision)
    for changes in entries.order_by("revision").values_list("changes", flat=True):
        for data in changes:
            change = Change(*data)
            if change.id == str(row.pk) and change.field is not None:
                before.setdefault(change.field, change.old)
    seen = copy(row)
    for name, value in before.items():
        field = row.entity_type.by_name.get(name)
        if field is not None:
            setattr(seen, column(field), stored_value(type(row), field, value))
    return seen
