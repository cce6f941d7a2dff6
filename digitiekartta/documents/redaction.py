"""What an audience may see of a document. Renderers are never handed more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .document import Document, document_of
from .registry import RESTRICTED, VISIBILITY, Audience, EntityType, Record, Registry


def redact(document: Document, audience: Audience, registry: Registry) -> Document:
    """The document as this audience may read it.

    Left out: entities marked for fewer readers, fields whose registry audience or own restriction
    is narrower, fields and types that the registry does not know, entities that hang on one left
    out by a required reference, and every other reference to one left out. Idempotent.
    """
    visible = {
        entity: {id: one for id, one in records.items() if audience.may_read(_audience(one))}
        for entity, records in document.entities.items()
        if entity in registry
    }
    _drop_orphans(visible, registry)
    return document_of(
        {
            entity: {
                id: _redacted(record, audience, registry[entity], visible)
                for id, record in records.items()
            }
            for entity, records in visible.items()
        }
    )


def _audience(record: Record) -> Audience:
    return Audience(record.get(VISIBILITY.name) or Audience.PUBLIC)


def _drop_orphans(visible: dict[str, dict[str, Record]], registry: Registry) -> None:
    """Takes out, until nothing changes, what hangs on an entity that is not there."""
    dropped = True
    while dropped:
        dropped = False
        for entity, records in visible.items():
            for reference in registry[entity].references():
                if not reference.required or reference.refers_to is None:
                    continue
                targets = visible.get(reference.refers_to, {})
                orphans = [
                    id for id, one in records.items() if one.get(reference.name) not in targets
                ]
                for id in orphans:
                    del records[id]
                dropped = dropped or bool(orphans)


def _redacted(
    record: Record,
    audience: Audience,
    entity_type: EntityType,
    visible: Mapping[str, Mapping[str, Record]],
) -> Record:
    restrictions = record.get(RESTRICTED.name) or {}
    kept: dict[str, Any] = {}
    for name, value in record.items():
        field = entity_type.by_name.get(name)
        if field is None or not audience.may_read(field.audience):
            continue
        if name in restrictions and not audience.may_read(Audience(restrictions[name])):
            continue
        if field.refers_to is not None:
            value = _present(value, visible.get(field.refers_to, {}))
        if value is not None:
            kept[name] = value
    return kept


def _present(value: Any, targets: Mapping[str, Record]) -> Any:
    if isinstance(value, list):
        return [id for id in value if id in targets] or None
    return value if value in targets else None


def restrict(document: Document, current: Document) -> Document:
    """The document with the narrower of its own and today's markings.

    What was public when a version was frozen and has been withdrawn since must not be read from
    the old version: withdrawing is a redaction outside the hash.
    """
    return document_of(
        {
            entity: {id: _restricted(one, current.get(entity, id)) for id, one in records.items()}
            for entity, records in document.entities.items()
        }
    )


def _restricted(record: Record, current: Record | None) -> Record:
    if current is None:
        return record
    changed: dict[str, Any] = {}
    narrower = max(_audience(record), _audience(current), key=lambda one: one.rank)
    if narrower is not _audience(record):
        changed[VISIBILITY.name] = str(narrower)
    today = current.get(RESTRICTED.name) or {}
    if today:
        own = record.get(RESTRICTED.name) or {}
        both = {name: _narrower(own.get(name), today.get(name)) for name in {*own, *today}}
        if both != own:
            changed[RESTRICTED.name] = both
    return {**record, **changed} if changed else record


def _narrower(a: str | None, b: str | None) -> str:
    marks = [Audience(one) for one in (a, b) if one is not None]
    return str(max(marks, key=lambda one: one.rank))
