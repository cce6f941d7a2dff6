"""Documents for property tests, made from the real field registry.

``documents()`` makes whole documents in which every reference points to something; ``edited(it)``
makes what somebody could have made of one; ``values(field)`` makes values of one field.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from digitiekartta.documents.document import EMPTY, Document, document_of
from digitiekartta.documents.registry import (
    Audience,
    Authority,
    EntityType,
    Field,
    Label,
    Record,
    Registry,
    ValueType,
)
from digitiekartta.roadmaps.registry import REGISTRY

Ids = Mapping[str, Sequence[str]]

WORDS = st.text("abcåäöÅÄÖ –\n€\"\\<&'{}%", min_size=1, max_size=8)
LANGUAGES = st.sampled_from(["fi", "sv", "en"])
AUDIENCES = st.sampled_from([str(one) for one in Audience])
_DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
_PLAIN = st.recursive(
    st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=3,
)

_SIMPLE: Mapping[ValueType, st.SearchStrategy[Any]] = {
    ValueType.TEXT: st.dictionaries(LANGUAGES, WORDS, min_size=1, max_size=3),
    ValueType.STRING: WORDS,
    ValueType.STRINGS: st.lists(WORDS, min_size=1, max_size=3),
    ValueType.INTEGER: st.integers(-1000, 1_000_000),
    ValueType.NUMBER: st.integers(-1000, 1000).map(lambda hundredths: hundredths / 100),
    ValueType.BOOLEAN: st.booleans(),
    ValueType.DATE: _DAYS.map(lambda day: day.isoformat()),
    ValueType.MOMENT: _DAYS.map(lambda day: f"{day.isoformat()}T10:00:00+00:00"),
    ValueType.HALF_YEAR: st.builds("{}-H{}".format, st.integers(2024, 2030), st.integers(1, 2)),
    ValueType.AUDIENCE: AUDIENCES,
    ValueType.DATA: _PLAIN.filter(lambda value: value not in ("", [], {})),
}


_LABEL = Label("x", "x", "x")
_ONE, _MANY = ValueType.REFERENCE, ValueType.REFERENCES

HOUSE = Registry(
    (
        EntityType(
            "roof",
            "roofs",
            _LABEL,
            (Field("colour", ValueType.BOOLEAN, _LABEL, authority=Authority.BOARD),),
            existence=Authority.BOARD,
        ),
        EntityType(
            "beam",
            "beams",
            _LABEL,
            (
                Field("roof", _ONE, _LABEL, refers_to="roof", required=True),
                Field("twin", _ONE, _LABEL, refers_to="beam"),
                Field("pegs", _MANY, _LABEL, authority=Authority.PROGRESS, refers_to="peg"),
            ),
            existence=Authority.MANAGEMENT,
        ),
        EntityType(
            "peg",
            "pegs",
            _LABEL,
            (
                Field("beam", _ONE, _LABEL, refers_to="beam", required=True),
                Field("mate", _ONE, _LABEL, authority=Authority.BOARD, refers_to="peg"),
            ),
        ),
    )
)
"""Little but references, of every kind and authority: documents of it are dense."""


def values(field: Field, entity: EntityType, ids: Ids) -> st.SearchStrategy[Any]:
    """Values of a field that are not empty; nothing when a reference has nothing to point to."""
    if field.type is ValueType.CHOICE:
        return st.sampled_from([str(one) for one in field.choices])
    if field.type is ValueType.RESTRICTIONS:
        # Often what an entity hangs on: the field whose hiding hides the entity.
        hangs = [one.name for one in entity.references() if one.required]
        names = st.sampled_from(sorted(entity.by_name)) | st.sampled_from(hangs)
        return st.dictionaries(names, AUDIENCES, min_size=1, max_size=3)
    if field.refers_to is None:
        return _SIMPLE[field.type]
    targets = list(ids.get(field.refers_to, ()))
    if not targets:
        return st.nothing()
    one = st.sampled_from(targets)
    if field.type is ValueType.REFERENCE:
        return one
    return st.lists(one, min_size=1, max_size=3, unique=True)


def records(entity: EntityType, ids: Ids) -> st.SearchStrategy[Record]:
    """Records with everything required and some of the rest."""
    made = {one.name: values(one, entity, ids) for one in entity.fields}
    made = {name: strategy for name, strategy in made.items() if not strategy.is_empty}
    required = {name: made[name] for name in made if entity.by_name[name].required}
    optional = {name: made[name] for name in made if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _required_types(names: set[str], registry: Registry) -> set[str]:
    """The types with those that they can't exist without."""
    more = {
        reference.refers_to
        for name in names
        for reference in registry[name].references()
        if reference.required and reference.refers_to is not None
    }
    return names if more <= names else _required_types(names | more, registry)


def new_ids(entity: str, count: int, first: int = 1) -> list[str]:
    """Ids that can be told apart from anything else in a document."""
    return [f"«{entity} {number}»" for number in range(first, first + count)]


@st.composite
def documents(
    draw: st.DrawFn, registry: Registry = REGISTRY, *, only: tuple[str, ...] = ()
) -> Document:
    """Documents of a few entity types and what those hang on; a few entities of each."""
    names = sorted(one.name for one in registry)
    chosen = set(only) or draw(st.sets(st.sampled_from(names), max_size=4))
    types = sorted(_required_types(chosen, registry))
    ids = {name: new_ids(name, draw(st.integers(1, 3))) for name in types}
    entities: dict[str, dict[str, Record]] = {
        name: {id: draw(records(registry[name], ids)) for id in ids[name]} for name in types
    }
    return document_of(entities)


@st.composite
def edited(draw: st.DrawFn, document: Document, registry: Registry = REGISTRY) -> Document:
    """A document that somebody made of this one: fields set and cleared, entities added and gone.

    Removing takes along whatever pointed to the removed, so that references stay whole.
    """
    entities = {name: dict(records) for name, records in document.entities.items()}
    for _ in range(draw(st.integers(0, 4))):
        places = [(name, id) for name, records in entities.items() for id in records]
        if not places:
            break
        name, id = draw(st.sampled_from(places))
        step = draw(st.sampled_from(["set", "set", "clear", "add", "remove"]))
        _STEPS[step](draw, entities, name, id, registry)
    return document_of(entities)


Entities = dict[str, dict[str, Record]]


def _set(draw: st.DrawFn, entities: Entities, name: str, id: str, registry: Registry) -> None:
    ids = {entity: sorted(records) for entity, records in entities.items()}
    field = draw(st.sampled_from(registry[name].fields))
    strategy = values(field, registry[name], ids)
    if not strategy.is_empty:
        entities[name][id] = {**entities[name][id], field.name: draw(strategy)}


def _clear(draw: st.DrawFn, entities: Entities, name: str, id: str, registry: Registry) -> None:
    held = [one for one in entities[name][id] if not registry[name].by_name[one].required]
    if held:
        gone = draw(st.sampled_from(sorted(held)))
        entities[name][id] = {k: v for k, v in entities[name][id].items() if k != gone}


def _add(draw: st.DrawFn, entities: Entities, name: str, id: str, registry: Registry) -> None:
    ids = {entity: sorted(records) for entity, records in entities.items()}
    (new,) = new_ids(name, 1, first=draw(st.integers(8, 9)))
    entities[name][new] = draw(records(registry[name], ids))


def _remove(draw: st.DrawFn, entities: Entities, name: str, id: str, registry: Registry) -> None:
    del entities[name][id]
    left = whole(document_of(entities), registry)
    for entity in list(entities):
        entities[entity] = dict(left.of(entity))


_STEPS = {"set": _set, "clear": _clear, "add": _add, "remove": _remove}


def whole(document: Document, registry: Registry = REGISTRY) -> Document:
    """The document without references to what is not there, and without what hangs on those."""
    entities = {name: dict(records) for name, records in document.entities.items()}
    for name, id, record in document:
        for reference in registry[name].references():
            ids = _as_list(record.get(reference.name))
            left = [one for one in ids if one in document.of(reference.refers_to or "")]
            if left == ids and (ids or not reference.required):
                continue
            if reference.required:
                entities[name].pop(id, None)
                break
            rest = {k: v for k, v in entities[name][id].items() if k != reference.name}
            entities[name][id] = {**rest, reference.name: left} if left else rest
    changed = document_of(entities)
    return document if changed == document else whole(changed, registry)


def dangling(document: Document, registry: Registry = REGISTRY) -> list[tuple[str, str, str]]:
    """The references that point to nothing: entity, id, field."""
    return [
        (name, id, reference.name)
        for name, id, record in document
        for reference in registry[name].references()
        for target in _as_list(record.get(reference.name))
        if target not in document.of(reference.refers_to or "")
    ]


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value is not None else []


@st.composite
def rebuilt(draw: st.DrawFn, document: Document, registry: Registry = HOUSE) -> Document:
    """What became of a document when much of it was done anew: half of it gone, as much new."""
    ids = {
        one.name: [
            id
            for id in (*document.of(one.name), *new_ids(one.name, 2, first=8))
            if draw(st.booleans())
        ]
        for one in registry
    }
    entities: Entities = {
        name: {
            id: old
            if old is not None and draw(st.booleans())
            else draw(records(registry[name], ids))
            for id in ids[name]
            for old in [document.get(name, id)]
        }
        for name in ids
    }
    return whole(document_of(entities), registry)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document and what became of it, or two that have nothing to do with each other."""
    a = draw(documents())
    return a, draw(st.one_of(edited(a), documents(), st.just(EMPTY)))


@st.composite
def forks(draw: st.DrawFn) -> tuple[Document, Document, Document]:
    """A document and what two people made of it at the same time."""
    base = draw(documents())
    return base, draw(edited(base)), draw(edited(base))


@st.composite
def rebuilt_forks(draw: st.DrawFn, registry: Registry) -> tuple[Document, Document, Document]:
    """A document of all types, and what two people made of it when both did much anew."""
    base = draw(documents(registry, only=tuple(one.name for one in registry)))
    return base, draw(rebuilt(base, registry)), draw(rebuilt(base, registry))
