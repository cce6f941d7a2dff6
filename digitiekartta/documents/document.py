"""A document: immutable plain data, entity by entity, with permanent ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .registry import Record

Entities = Mapping[str, Mapping[str, Record]]


@dataclass(frozen=True, slots=True)
class Document:
    """Entities by type name and id.

    Types without entities are left out, so that equal content is an equal document. Nobody
    changes the mappings after the document is made; every function here returns a new one and
    shares what did not change.
    """

    entities: Entities

    def of(self, entity: str) -> Mapping[str, Record]:
        """The records of one type by id; empty where there are none."""
        return self.entities.get(entity, {})

    def get(self, entity: str, id: str) -> Record | None:
        return self.entities.get(entity, {}).get(id)

    def __iter__(self) -> Iterator[tuple[str, str, Record]]:
        for entity, records in self.entities.items():
            for id, record in records.items():
                yield entity, id, record

    def __len__(self) -> int:
        return sum(len(records) for records in self.entities.values())


EMPTY = Document({})


def document_of(entities: Mapping[str, Mapping[str, Record]]) -> Document:
    """A document of these entities, without empty types."""
    return Document({entity: records for entity, records in entities.items() if records})


def canonical(value: Any) -> bytes:
    """The one byte form of plain data: UTF-8 JSON, keys sorted, no spaces. Hashes are of this."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def canonical_bytes(document: Document) -> bytes:
    """The canonical form of a document, the form in which it is frozen."""
    return canonical(document.entities)


def from_canonical(content: bytes) -> Document:
    """The document that was frozen as these bytes."""
    return document_of(json.loads(content))


def sha256(content: bytes) -> str:
    """64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
