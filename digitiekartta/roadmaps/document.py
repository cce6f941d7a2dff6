"""THE ROADMAP DOCUMENT: everything that a reader can know of one roadmap at one revision. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digitiekartta.accounts.fields import PERSON
from digitiekartta.documents.document import Document, canonical, document_of
from digitiekartta.documents.redaction import redact, restrict
from digitiekartta.documents.references import closed
from digitiekartta.documents.registry import EXAMPLE, VISIBILITY, Audience, Record
from digitiekartta.documents.schema import json_schema, published

from .derived import DERIVED
from .fields import ROADMAP
from .registry import REGISTRY, SCHEMA_VERSION

_HEAD: Mapping[str, Any] = {
    "schema_version": {"type": "integer", "description": "Version of this schema"},
    "revision": {"type": "integer", "description": "Revision of the municipality's log"},
    "as_of": {"type": "string", "format": "date", "description": "The day that it describes"},
}


def roadmap_document(whole: Document, roadmap_id: str) -> Document:
    """One roadmap's document out of a whole ledger's.

    Leaves out other roadmaps with all that hangs on them, what is no part of the document, and
    every reference to either.
    A person's name is public only where the person is marked so and the municipality shows names.
    Whoever has left is in none of it, so that what was hers is without a person.
    """
    roadmaps = {id: one for id, one in whole.of(ROADMAP.name).items() if id == roadmap_id}
    shows_names = any(one.get("shows_names") for one in whole.of("municipality").values())
    entities = {
        **{entity.name: whole.of(entity.name) for entity in REGISTRY},
        ROADMAP.name: roadmaps,
        PERSON.name: {
            id: one if shows_names else _for_members(one)
            for id, one in whole.of(PERSON.name).items()
            if "left_on" not in one
        },
    }
    return closed(document_of(entities), REGISTRY)


def _for_members(person: Record) -> Record:
    mark = Audience(person.get(VISIBILITY.name) or Audience.PUBLIC)
    if mark is not Audience.PUBLIC:
        return person
    return {**person, VISIBILITY.name: str(Audience.MEMBERS)}


def without_names(document: Document) -> Document:
    """The document as it is frozen: people stand in it by id alone."""
    return document_of(
        {entity: records for entity, records in document.entities.items() if entity != PERSON.name}
    )


def as_told_today(document: Document, today: Document) -> Document:
    """A past or approved document without what may not be told any more.

    What has been withdrawn since is for fewer readers in the past as well, and example content
    that has been removed since was nobody's plan.
    """
    return restrict(_without_removed_examples(document, today), today)


def _without_removed_examples(document: Document, today: Document) -> Document:
    return document_of(
        {
            entity: {
                id: _real(one, today.get(entity, id)) if one.get(EXAMPLE.name) else one
                for id, one in records.items()
                if not one.get(EXAMPLE.name) or today.get(entity, id) is not None
            }
            for entity, records in document.entities.items()
        }
    )


def _real(record: Record, today: Record | None) -> Record:
    """A record whose own texts were an example, and that may have been emptied of them since."""
    if today is None or today.get(EXAMPLE.name):
        return record
    return {name: value for name, value in record.items() if name in today}


def public_document(document: Document) -> Document:
    """What everybody may read."""
    return redact(document, Audience.PUBLIC, REGISTRY)


def schema() -> dict[str, Any]:
    """The JSON Schema of the public roadmap document, with what may stand beside it."""
    made = json_schema(REGISTRY, title="Digitiekartta: roadmap document", head=_HEAD)
    return {**made, "properties": {**made["properties"], **DERIVED}}


def as_json(
    document: Document, *, revision: int, as_of: str, beside: Mapping[str, Any] | None = None
) -> bytes:
    """A redacted document as the bytes that are published; the same for the same content.

    ``beside`` is what follows from it on the day (``derived.py``); a version has nothing beside.
    """
    head = {"schema_version": SCHEMA_VERSION, "revision": revision, "as_of": as_of}
    return canonical({**head, **published(document, REGISTRY), **(beside or {})})
