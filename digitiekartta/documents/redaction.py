"""What an audience may see of a document. Renderers are never handed more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .document import Document, document_of
from .references import close
from .registry import RESTRICTED, VISIBILITY, Audience, EntityType, Record, Registry


def redact(document: Document, audience: Audience, registry: Registry) -> Document:
    """The document as this audience may read it.

    Left out: entities marked for fewer readers, fields whose registry audience or own restriction
    is narrower, fields and types that the registry does not know, entities that hang on one left
    out by a required reference or may not tell on what they hang, and every other reference to
    one left out. Idempotent.
    """
    visible = {
        entity: {id: one for id, one in records.items() if _is_for(one, audience, registry[entity])}
        for entity, records in document.entities.items()
        if entity in registry
    }
    close(visible, registry)
    return document_of(
        {
            entity: _redacted(records, audience, registry[entity])
            for entity, records in visible.items()
        }
    )


def _is_for(record: Record, audience: Audience, entity_type: EntityType) -> bool:
    if VISIBILITY.name in record and not audience.may_read(_audience(record)):
        return False
    if RESTRICTED.name not in record:
        return True
    hidden = _hidden(record, audience)
    return not any(one.required and one.name in hidden for one in entity_type.references())


def _hidden(record: Record, audience: Audience) -> set[str]:
    """The fields that the record itself keeps from an audience."""
    restrictions = record[RESTRICTED.name]
    return {name for name, mark in restrictions.items() if not audience.may_read(Audience(mark))}


def _audience(record: Record) -> Audience:
    return Audience(record.get(VISIBILITY.name) or Audience.PUBLIC)


def _redacted(
    records: Mapping[str, Record], audience: Audience, entity_type: EntityType
) -> dict[str, Record]:
    readable = {one.name for one in entity_type.fields if audience.may_read(one.audience)}
    return {
        id: _only(one, readable - _hidden(one, audience) if RESTRICTED.name in one else readable)
        for id, one in records.items()
    }


def _only(record: Record, names: set[str]) -> Record:
    return {name: value for name, value in record.items() if name in names}


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
    if current is None or not (VISIBILITY.name in current or RESTRICTED.name in current):
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
