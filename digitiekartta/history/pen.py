"""The pen: changes rows and notes every change, inside one ``commit``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from digitiekartta.documents.changes import Change
from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import RESTRICTED, VISIBILITY, Audience, Record

from .models import Entry, Ledger, Recorded
from .records import column, record_of, round_as_stored
from .rules import ConflictError, Intent

Row = TypeVar("Row", bound=Recorded)


class Pen:
    """Writes rows of one ledger at its next revision."""

    def __init__(self, ledger: Ledger, intent: Intent) -> None:
        self.ledger = ledger
        self.intent = intent
        self.revision = ledger.revision + 1
        self.changes: list[Change] = []
        self._audiences: list[Audience] = []
        self._revisions: dict[UUID, int] = {}

    def get(self, table: type[Row], id: UUID) -> Row:
        """The row as it stands under the lock.

        Raises the table's DoesNotExist for another ledger's row.
        """
        row: Row = table._default_manager.get(pk=id, ledger=self.ledger)
        return row

    def add(self, table: type[Row], **values: Any) -> Row:
        """A new row of this ledger."""
        row = table(ledger=self.ledger, revision=self.revision, **values)
        round_as_stored(row)
        row.save(force_insert=True)
        self._note(row, None, None, record_of(row))
        return row

    def set(self, row: Recorded, **values: Any) -> None:
        """Sets columns of a row; what is the same already is left alone."""
        before = record_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        round_as_stored(row)
        after = record_of(row)
        fields = [
            one for one in row.entity_type.fields if before.get(one.name) != after.get(one.name)
        ]
        if not fields:
            return
        self._check_unchanged(row, {one.name: after.get(one.name) for one in fields})
        row.revision = self.revision
        row.save(update_fields=[*(column(one) for one in fields), "revision"])
        for one in fields:
            self._note(row, one.name, before.get(one.name), after.get(one.name))

    def remove(self, row: Recorded) -> None:
        """Deletes a row. Referring rows protect it."""
        before = record_of(row)
        self._check_unchanged(row, dict.fromkeys(row.entity_type.by_name), removing=True)
        self._note(row, None, before, None)
        row.delete()

    def audience(self) -> Audience:
        """Who may know of this write: the widest of its changes' audiences, within the intent's."""
        widest = min(self._audiences, key=lambda one: one.rank, default=Audience.PUBLIC)
        return max(widest, self.intent.audience, key=lambda one: one.rank)

    def _note(self, row: Recorded, field: str | None, old: Any, new: Any) -> None:
        self.changes.append(Change(row.entity_type.name, str(row.pk), field, old, new))
        self._audiences.append(_audience_of(row, field))

    def _check_unchanged(
        self, row: Recorded, mine: Mapping[str, Any], *, removing: bool = False
    ) -> None:
        """Refuses to overwrite a field that somebody else set after the revision that was seen.

        Removing is refused whatever was set since, cleared fields included.
        """
        seen = self.intent.expected_revision
        # What the row was before this write: an earlier change of it in the same write counts not.
        before = self._revisions.setdefault(row.pk, row.revision)
        if seen is None or before <= seen or before == self.revision:
            return
        base: dict[str, Any] = {}
        theirs: dict[str, Any] = {}
        for change in self._changes_since(row, seen):
            for name, old, new in _fields_of(change):
                base.setdefault(name, old)
                theirs[name] = new
        conflicts = [
            Conflict(row.entity_type.name, str(row.pk), name, base[name], value, theirs[name])
            for name, value in mine.items()
            if name in theirs and theirs[name] != base[name] and (removing or theirs[name] != value)
        ]
        if conflicts:
            raise ConflictError(conflicts, self.ledger.revision)

    def _changes_since(self, row: Recorded, seen: int) -> Iterator[Change]:
        entries = Entry.objects.filter(ledger=self.ledger, revision__gt=seen).order_by("revision")
        for changes in entries.values_list("changes", flat=True):
            for data in changes:
                change = Change(*data)
                if change.id == str(row.pk):
                    yield change


def _fields_of(change: Change) -> Iterator[tuple[str, Any, Any]]:
    if change.field is not None:
        yield change.field, change.old, change.new
        return
    old: Record = change.old or {}
    new: Record = change.new or {}
    for name in {*old, *new}:
        yield name, old.get(name), new.get(name)


def _audience_of(row: Recorded, field: str | None) -> Audience:
    """Who may see this row's field.

    The narrowest of the field, its restriction, the row, and the rows that the row hangs on.
    """
    marks = [Audience(getattr(row, VISIBILITY.name, None) or Audience.PUBLIC)]
    if field is not None:
        marks.append(row.entity_type.by_name[field].audience)
        restrictions: Mapping[str, str] = getattr(row, RESTRICTED.name, None) or {}
        marks.append(Audience(restrictions.get(field) or Audience.PUBLIC))
    for reference in row.entity_type.references():
        if reference.required and hasattr(type(row), reference.name):
            table = type(row)._meta.get_field(reference.name).related_model
            if isinstance(table, type) and issubclass(table, Recorded) and _can_be_marked(table):
                marks.append(_audience_of(getattr(row, reference.name), None))
    return max(marks, key=lambda one: one.rank)


@cache
def _can_be_marked(table: type[Recorded]) -> bool:
    """Whether rows of a table, or those that they hang on, may be for fewer than everybody: else
    they need not be read."""
    entity = table.entity_type
    if VISIBILITY.name in entity.by_name:
        return True
    parents = [
        table._meta.get_field(one.name).related_model
        for one in entity.references()
        if one.required and hasattr(table, one.name)
    ]
    return any(
        isinstance(one, type) and issubclass(one, Recorded) and _can_be_marked(one)
        for one in parents
    )
