"""Two sets of changes from one starting point, made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .document import Document, document_of
from .registry import Record


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same field changed in two ways.

    Without a field: an entity removed here and edited there, or added twice. Holds all three
    values, so nothing is lost while people choose.
    """

    entity: str
    id: str
    field: str | None
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged document, in which every conflict still has its base value, and the conflicts."""

    document: Document
    conflicts: tuple[Conflict, ...]


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """Merges silently what differs in different fields and asks about the same field.

    Symmetric: ``merge(base, theirs, mine)`` gives the same document and the mirrored conflicts.
    Deleting against editing is a conflict; the same change made twice is not.
    """
    conflicts: list[Conflict] = []
    merged: dict[str, dict[str, Record]] = {}
    for entity in sorted({*base.entities, *mine.entities, *theirs.entities}):
        records: dict[str, Record] = {}
        ids = {*base.of(entity), *mine.of(entity), *theirs.of(entity)}
        for id in sorted(ids):
            triple = (base.get(entity, id), mine.get(entity, id), theirs.get(entity, id))
            record = _merged(entity, id, triple, conflicts)
            if record is not None:
                records[id] = record
        merged[entity] = records
    return Merge(document_of(merged), tuple(conflicts))


def _merged(
    entity: str,
    id: str,
    triple: tuple[Record | None, Record | None, Record | None],
    conflicts: list[Conflict],
) -> Record | None:
    base, mine, theirs = triple
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if base is None or mine is None or theirs is None:
        conflicts.append(Conflict(entity, id, None, base, mine, theirs))
        return base
    return dict(_merged_fields(entity, id, (base, mine, theirs), conflicts))


def _merged_fields(
    entity: str, id: str, triple: tuple[Record, Record, Record], conflicts: list[Conflict]
) -> Iterator[tuple[str, Any]]:
    base, mine, theirs = triple
    for name in sorted({*base, *mine, *theirs}):
        b, m, t = base.get(name), mine.get(name), theirs.get(name)
        chosen = t if m == b else m
        if m != t and m != b and t != b:
            conflicts.append(Conflict(entity, id, name, b, m, t))
            chosen = b
        if chosen is not None:
            yield name, chosen
