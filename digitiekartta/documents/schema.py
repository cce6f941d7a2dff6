"""The JSON Schema and the published JSON form of documents, made from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .document import Document, document_of
from .registry import Audience, EntityType, Field, Record, Registry, ValueType

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SHAPES: Mapping[ValueType, Mapping[str, Any]] = {
    ValueType.TEXT: {"type": "object", "additionalProperties": {"type": "string"}},
    ValueType.STRING: {"type": "string"},
    ValueType.STRINGS: {"type": "array", "items": {"type": "string"}},
    ValueType.INTEGER: {"type": "integer"},
    ValueType.NUMBER: {"type": "number"},
    ValueType.BOOLEAN: {"type": "boolean"},
    ValueType.DATE: {"type": "string", "format": "date"},
    ValueType.MOMENT: {"type": "string", "format": "date-time"},
    ValueType.HALF_YEAR: {"type": "string", "pattern": "^[0-9]{4}-H[12]$"},
    ValueType.REFERENCE: {"type": "string"},
    ValueType.REFERENCES: {"type": "array", "items": {"type": "string"}},
    ValueType.AUDIENCE: {"enum": [str(one) for one in Audience]},
    ValueType.RESTRICTIONS: {"type": "object", "additionalProperties": {"type": "string"}},
    ValueType.DATA: {},
}


def field_schema(field: Field) -> dict[str, Any]:
    """The schema of one field's value. Optional values may be null."""
    shape = (
        {"enum": list(field.choices)}
        if field.type is ValueType.CHOICE
        else dict(_SHAPES[field.type])
    )
    if not field.required and shape:
        shape = {"anyOf": [shape, {"type": "null"}]}
    described = {"title": field.label.en, "description": f"{field.label.fi} / {field.label.sv}"}
    if field.refers_to is not None:
        described["$comment"] = f"id of {field.refers_to}"
    return {**described, **shape}


def _entity_schema(entity: EntityType, audience: Audience) -> dict[str, Any]:
    fields = [one for one in entity.fields if audience.may_read(one.audience)]
    return {
        "title": entity.label.en,
        "description": f"{entity.label.fi} / {entity.label.sv}",
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "Permanent and opaque"},
            **{one.name: field_schema(one) for one in fields},
        },
        "required": ["id"],
        "additionalProperties": False,
    }


def json_schema(
    registry: Registry, *, title: str, head: Mapping[str, Any], audience: Audience = Audience.PUBLIC
) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the published form for one audience.

    ``head`` holds the schemas of the members that stand beside the entities, such as the revision.
    """
    lists = {
        one.plural: {"type": "array", "items": {"$ref": f"#/$defs/{one.name}"}} for one in registry
    }
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "properties": {**head, **lists},
        "required": list(head),
        "additionalProperties": False,
        "$defs": {one.name: _entity_schema(one, audience) for one in registry},
    }


def published(document: Document, registry: Registry) -> dict[str, list[dict[str, Any]]]:
    """The entities as lists by plural name, each with its id; ordered by rank, then id."""
    return {
        one.plural: [
            {"id": id, **record} for id, record in sorted(document.of(one.name).items(), key=_place)
        ]
        for one in registry
        if document.of(one.name)
    }


def from_published(data: Mapping[str, Any], registry: Registry) -> Document:
    """The document that :func:`published` came from.

    Members that are not entity lists are passed over.
    """
    return document_of(
        {
            one.name: {
                entry["id"]: {name: value for name, value in entry.items() if name != "id"}
                for entry in data.get(one.plural, [])
            }
            for one in registry
        }
    )


def _place(item: tuple[str, Record]) -> tuple[int, str]:
    return (item[1].get("rank") or 0, item[0])
