"""Differences between two documents, and documents changed by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .document import Document, document_of
from .references import references_of
from .registry import Record, Registry


class DoesNotApplyError(ValueError):
    """A change says "from X to Y", and the document does not hold X there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    A field set (``field`` is named), an entity added (``old`` is None) or one removed (``new`` is
    None).
    """

    entity: str
    id: str
    field: str | None
    old: Any
    new: Any

    @property
    def adds(self) -> bool:
        return self.field is None and self.old is None

    @property
    def removes(self) -> bool:
        return self.field is None and self.new is None

    def reversed(self) -> Change:
        return Change(self.entity, self.id, self.field, self.new, self.old)

    def as_data(self) -> list[Any]:
        """As plain data for the log: ``[entity, id, field, old, new]``."""
        return [self.entity, self.id, self.field, self.old, self.new]


def diff(a: Document, b: Document) -> tuple[Change, ...]:
    """The changes that make ``b`` of ``a``: ``apply(a, diff(a, b)) == b``.

    Ordered by entity type, id and field; the old and new values are those of the documents.
    A field that a record leaves out counts as None.
    """
    return tuple(_differences(a, b))


def _differences(a: Document, b: Document) -> Iterator[Change]:
    for entity in sorted({*a.entities, *b.entities}):
        before, after = a.of(entity), b.of(entity)
        if before is after:
            continue
        for id in sorted({*before, *after}):
            yield from _record_differences(entity, id, before.get(id), after.get(id))


def _record_differences(
    entity: str, id: str, old: Record | None, new: Record | None
) -> Iterator[Change]:
    if old is new:
        return
    if old is None or new is None:
        yield Change(entity, id, None, old, new)
        return
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield Change(entity, id, name, old.get(name), new.get(name))


def apply(document: Document, changes: Iterable[Change]) -> Document:
    """The document after the changes, in their order.

    Raises :class:`DoesNotApplyError` where the document does not hold a change's old value.
    """
    entities: dict[str, dict[str, Record]] = {}
    for change in changes:
        records = entities.get(change.entity)
        if records is None:
            records = entities[change.entity] = dict(document.of(change.entity))
        _apply_one(records, change)
    return document_of({**document.entities, **entities})


def _apply_one(records: dict[str, Record], change: Change) -> None:
    current = records.get(change.id)
    if change.field is None:
        if current != change.old:
            raise DoesNotApplyError(f"{change.entity} {change.id}: not what the change starts from")
        if change.new is None:
            records.pop(change.id, None)
        else:
            records[change.id] = change.new
        return
    if current is None or current.get(change.field) != change.old:
        raise DoesNotApplyError(f"{change.entity} {change.id}.{change.field}: changed meanwhile")
    records[change.id] = _with(current, change.field, change.new)


def _with(record: Record, name: str, value: Any) -> Record:
    if value is None:
        return {field: held for field, held in record.items() if field != name}
    return {**record, name: value}


def dependencies(changes: Iterable[Change], registry: Registry) -> Mapping[int, frozenset[int]]:
    """Which changes (by position) can't be accepted without which others.

    Setting a reference to an entity depends on the change that adds it; removing an entity
    depends on every change that lets go of it.
    """
    ordered = list(changes)
    added = {(one.entity, one.id): place for place, one in enumerate(ordered) if one.adds}
    removed = {(one.entity, one.id): place for place, one in enumerate(ordered) if one.removes}
    needs: dict[int, set[int]] = {place: set() for place in range(len(ordered))}
    for place, change in enumerate(ordered):
        for target in _targets(change.entity, _fields(change, change.new), registry):
            if target in added and added[target] != place:
                needs[place].add(added[target])
        for target in _targets(change.entity, _fields(change, change.old), registry):
            if target in removed and removed[target] != place:
                needs[removed[target]].add(place)
    return {place: frozenset(others) for place, others in needs.items()}


def _fields(change: Change, value: Any) -> Record:
    if value is None:
        return {}
    return value if change.field is None else {change.field: value}


def _targets(entity: str, record: Record, registry: Registry) -> Iterator[tuple[str, str]]:
    return ((field.refers_to or "", id) for field, id in references_of(entity, record, registry))
