"""Two sets of changes from one starting point, made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .document import Document, document_of
from .references import Entities, ids_in, references_of
from .registry import Field, Record, Registry


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same field changed in two ways.

    Without a field: an entity removed here and edited or referred to there, or added twice. Holds
    all three values, so nothing is lost while people choose. ``mine`` and ``theirs`` are equal
    where both made a change that another conflict's base value doesn't allow.
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


def merge(base: Document, mine: Document, theirs: Document, registry: Registry) -> Merge:
    """Merges silently what differs in different fields and asks about the same field.

    Symmetric: ``merge(base, theirs, mine)`` gives the same document and the mirrored conflicts.
    Deleting against editing or referring is a conflict; the same change made twice is not. Where
    the references of all three hold, those of the merged document hold as well.
    """
    conflicts: list[Conflict] = []
    merged: Entities = {}
    for entity in sorted({*base.entities, *mine.entities, *theirs.entities}):
        records = merged[entity] = {}
        ids = {*base.of(entity), *mine.of(entity), *theirs.of(entity)}
        for id in sorted(ids):
            triple = (base.get(entity, id), mine.get(entity, id), theirs.get(entity, id))
            record = _merged(entity, id, triple, conflicts)
            if record is not None:
                records[id] = record
    _hold(merged, (base, mine, theirs), registry, conflicts)
    return Merge(document_of(merged), tuple(sorted(conflicts, key=_place)))


def _place(conflict: Conflict) -> tuple[str, str, str]:
    return conflict.entity, conflict.id, conflict.field or ""


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


_Loose = tuple[str, str, Field, str]
_Sides = tuple[Document, Document, Document]


def _hold(merged: Entities, sides: _Sides, registry: Registry, conflicts: list[Conflict]) -> None:
    """Asks, until every reference holds, about what one side removed and the other refers to."""
    while loose := [one for one in _loose(merged, registry) if not _was_loose(one, sides)]:
        conflicts.extend(_taken_back(merged, loose, sides, registry))


def _loose(merged: Entities, registry: Registry) -> Iterator[_Loose]:
    for entity, records in merged.items():
        for id in records:
            yield from _loose_of(merged, entity, id, registry)


def _loose_of(merged: Entities, entity: str, id: str, registry: Registry) -> Iterator[_Loose]:
    """The references of one entity to what is not there."""
    for field, target in references_of(entity, merged[entity].get(id, {}), registry):
        if target not in merged.get(field.refers_to or "", {}):
            yield entity, id, field, target


def _was_loose(loose: _Loose, sides: _Sides) -> bool:
    """Whether a side held the reference without its target: then merging did not make it loose."""
    entity, id, field, target = loose
    return any(
        target in ids_in((side.get(entity, id) or {}).get(field.name))
        and side.get(field.refers_to or "", target) is None
        for side in sides
    )


def _taken_back(
    merged: Entities, loose: list[_Loose], sides: _Sides, registry: Registry
) -> Iterator[Conflict]:
    for one in loose:
        entity, id, field, target = one
        if one not in _loose_of(merged, entity, id, registry):
            continue  # an earlier one of them took it along
        base = sides[0]
        if base.get(field.refers_to or "", target) is not None:
            yield _entity_as_it_was(merged, field.refers_to or "", target, sides)
        elif base.get(entity, id) is not None:
            yield _field_as_it_was(merged, entity, id, field.name, sides)
        else:
            yield _entity_as_it_was(merged, entity, id, sides)


def _entity_as_it_was(merged: Entities, entity: str, id: str, sides: _Sides) -> Conflict:
    base, mine, theirs = (side.get(entity, id) for side in sides)
    if base is None:
        del merged[entity][id]
    else:
        merged[entity][id] = base
    return Conflict(entity, id, None, base, mine, theirs)


def _field_as_it_was(merged: Entities, entity: str, id: str, name: str, sides: _Sides) -> Conflict:
    base, mine, theirs = ((side.get(entity, id) or {}).get(name) for side in sides)
    rest = {field: value for field, value in merged[entity][id].items() if field != name}
    merged[entity][id] = rest if base is None else {**rest, name: base}
    return Conflict(entity, id, name, base, mine, theirs)
