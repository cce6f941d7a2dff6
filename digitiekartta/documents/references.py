"""References between the entities of a document, and documents in which every one holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .document import EMPTY, Document, document_of
from .registry import Field, Record, Registry, ValueType

Entities = dict[str, dict[str, Record]]


def ids_in(value: Any) -> list[str]:
    """The ids in a reference's value, whether it is of one, of many or empty."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def references_of(entity: str, record: Record, registry: Registry) -> Iterator[tuple[Field, str]]:
    """Every reference that a record holds: the field, and the id that it points to."""
    for field in registry[entity].references():
        for id in ids_in(record.get(field.name)):
            yield field, id


def closed(document: Document, registry: Registry) -> Document:
    """The document without references to what is not there, and without what hangs on those."""
    entities = {entity: dict(records) for entity, records in document.entities.items()}
    close(entities, registry)
    return document_of(entities)


def close(entities: Entities, registry: Registry, instead: Document = EMPTY) -> None:
    """Takes out of the entities, in place, every reference to one that is not there.

    A reference falls back to the one that ``instead`` holds in its place, where that is there.
    Otherwise an entity lets go of an optional reference, and is left out with a required one.
    """
    left_out = True
    while left_out:
        left_out = False
        for name, records in entities.items():
            count = len(records)
            for field in registry[name].references():
                targets = entities.get(field.refers_to or "", {})
                _close_field(records, field, targets, instead.of(name))
            left_out = left_out or len(records) < count


def _close_field(
    records: dict[str, Record],
    field: Field,
    targets: Mapping[str, Record],
    instead: Mapping[str, Record],
) -> None:
    for id in _loose(records, field, targets):
        record = records[id]
        value = _held(record.get(field.name), targets)
        if value is None and field.type is ValueType.REFERENCE:
            value = _held(instead.get(id, {}).get(field.name), targets)
        if value is not None:
            records[id] = {**record, field.name: value}
        elif field.required:
            del records[id]
        else:
            records[id] = {name: held for name, held in record.items() if name != field.name}


def _loose(records: Mapping[str, Record], field: Field, targets: Mapping[str, Record]) -> list[str]:
    """The ids of the records whose reference does not hold."""
    name, required = field.name, field.required
    if field.type is ValueType.REFERENCES:
        return [
            id
            for id, one in records.items()
            if (required if name not in one else any(to not in targets for to in one[name]))
        ]
    return [
        id
        for id, one in records.items()
        if (required if name not in one else one[name] not in targets)
    ]


def _held(value: Any, targets: Mapping[str, Record]) -> Any:
    if isinstance(value, list):
        return [id for id in value if id in targets] or None
    return value if value in targets else None
