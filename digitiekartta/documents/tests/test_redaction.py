"""What an audience may read. A secret is planted in every text and looked for in what comes out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.documents.document import EMPTY, Document, canonical, document_of
from digitiekartta.documents.redaction import redact, restrict
from digitiekartta.documents.registry import Audience, Record, ValueType
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import dangling, documents, edited

PUBLIC, MEMBERS, TEAM = Audience.PUBLIC, Audience.MEMBERS, Audience.TEAM
every_audience = pytest.mark.parametrize("audience", list(Audience))
Secrets = Mapping[str, tuple[str, str, str]]


def _planted(document: Document) -> tuple[Document, Secrets]:
    """The document with a secret of its own in every text, and where each secret stands."""
    secrets: dict[str, tuple[str, str, str]] = {}
    entities: dict[str, dict[str, Record]] = {}
    numbers = itertools.count()
    for entity, id, record in document:
        kept = dict(record)
        for name in record:
            field = REGISTRY.field(entity, name)
            secret = f"secret-{next(numbers)}-"
            carrier = _carrying(field.type, secret)
            if carrier is not None:
                kept[name] = carrier
                secrets[secret] = (entity, id, name)
        entities.setdefault(entity, {})[id] = kept
    return document_of(entities), secrets


def _carrying(type: ValueType, secret: str) -> Any:
    return {
        ValueType.TEXT: {"fi": secret, "sv": secret},
        ValueType.STRING: secret,
        ValueType.STRINGS: [secret],
        ValueType.DATA: {secret: [secret]},
    }.get(type)


def _marks(document: Document, entity: str, id: str, name: str | None) -> Iterator[Audience]:
    """Every mark that narrows who reads a field: its own, its entity's, and of what it hangs on."""
    record = document.get(entity, id)
    if record is None:
        yield TEAM
        return
    yield Audience(record.get("audience", "public"))
    if name is not None:
        yield REGISTRY.field(entity, name).audience
        yield Audience(record.get("restricted", {}).get(name, "public"))
    for reference in REGISTRY[entity].references():
        if reference.required and reference.refers_to is not None:
            yield from _marks(document, reference.refers_to, record[reference.name], None)
            yield Audience(record.get("restricted", {}).get(reference.name, "public"))


def _narrowest(marks: Iterator[Audience]) -> Audience:
    return max(marks, key=lambda one: one.rank)


@every_audience
@given(documents())
def test_a_secret_comes_out_for_exactly_those_who_may_read_it(
    audience: Audience, document: Document
) -> None:
    planted, secrets = _planted(document)
    output = canonical(redact(planted, audience, REGISTRY).entities).decode()
    expected = {
        secret
        for secret, place in secrets.items()
        if audience.may_read(_narrowest(_marks(planted, *place)))
    }
    assert {secret for secret in secrets if secret in output} == expected


@every_audience
@given(documents())
def test_the_id_of_a_hidden_entity_comes_out_nowhere(
    audience: Audience, document: Document
) -> None:
    planted, _ = _planted(document)
    visible = redact(planted, audience, REGISTRY)
    output = canonical(visible.entities).decode()
    hidden = [id for entity, id, _ in document if visible.get(entity, id) is None]
    assert [id for id in hidden if id in output] == []
    assert dangling(visible) == []


@every_audience
@given(documents())
def test_redacting_twice_is_redacting_once(audience: Audience, document: Document) -> None:
    once = redact(document, audience, REGISTRY)
    assert redact(once, audience, REGISTRY) == once


@given(documents())
def test_a_narrower_audience_reads_a_part_of_what_a_wider_one_does(document: Document) -> None:
    public, members, team = (redact(document, one, REGISTRY) for one in Audience)
    assert _is_part(public, members)
    assert _is_part(members, team)
    assert redact(team, PUBLIC, REGISTRY) == public


def _is_part(part: Document, whole: Document) -> bool:
    return all(
        (held := whole.get(entity, id)) is not None
        and all(_is_part_of_value(value, held.get(name)) for name, value in record.items())
        for entity, id, record in part
    )


def _is_part_of_value(part: Any, whole: Any) -> bool:
    if isinstance(part, list) and isinstance(whole, list):
        return all(one in whole for one in part)
    return bool(part == whole)


def test_fields_and_types_that_the_registry_does_not_know_are_left_out() -> None:
    document = document_of(
        {"party": {"p": {"kind": "unit", "salary": 1}}, "diary": {"d": {"a": 1}}}
    )
    assert redact(document, TEAM, REGISTRY) == document_of({"party": {"p": {"kind": "unit"}}})


def _action(**more: Any) -> Record:
    return {"roadmap": "r", "serial": 1, "status": "ongoing", **more}


def test_what_hangs_on_a_hidden_action_is_hidden_with_it_however_deep() -> None:
    document = document_of(
        {
            "roadmap": {"r": {"published": True}},
            "action": {"a": _action(audience="team"), "b": _action(merged_into="a")},
            "note": {"n": {"action": "a"}, "m": {"action": "b"}},
            "dependency": {"d": {"action": "b", "depends_on": "a"}},
        }
    )
    public = redact(document, PUBLIC, REGISTRY)
    assert dict(public.of("action")) == {"b": _action()}
    assert list(public.of("note")) == ["m"]
    assert "dependency" not in public.entities


def test_a_hidden_person_is_let_go_of_and_the_others_stay() -> None:
    document = document_of(
        {
            "roadmap": {"r": {"published": True}},
            "person": {"x": {"name": "X", "audience": "members"}, "y": {"name": "Y"}},
            "action": {"a": _action(person="x", deputies=["x", "y"])},
        }
    )
    assert redact(document, PUBLIC, REGISTRY).of("action")["a"] == _action(deputies=["y"])
    assert redact(document, MEMBERS, REGISTRY).of("action")["a"]["person"] == "x"


def test_a_restriction_hides_one_field_and_never_shows_that_it_does() -> None:
    document = document_of(
        {
            "roadmap": {"r": {"published": True}},
            "action": {"a": _action(title={"fi": "Avoin"}, benefit={"fi": "Ei"})},
        }
    )
    hidden = document_of(
        {
            **document.entities,
            "action": {"a": {**document.of("action")["a"], "restricted": {"benefit": "members"}}},
        }
    )
    public = redact(hidden, PUBLIC, REGISTRY).of("action")["a"]
    assert public == _action(title={"fi": "Avoin"})
    members = redact(hidden, MEMBERS, REGISTRY).of("action")["a"]
    assert members["benefit"] == {"fi": "Ei"}
    assert "restricted" not in members


def test_an_action_whose_roadmap_is_a_secret_is_not_shown_without_it() -> None:
    document = document_of(
        {
            "roadmap": {"r": {"published": True}},
            "action": {"a": _action(restricted={"roadmap": "team"})},
            "note": {"n": {"action": "a"}},
        }
    )
    public = redact(document, PUBLIC, REGISTRY)
    assert list(public.entities) == ["roadmap"]


@st.composite
def _withdrawn(draw: st.DrawFn) -> tuple[Document, Document]:
    document = draw(documents(only=("action", "link", "note")))
    return document, draw(edited(document))


@every_audience
@given(_withdrawn())
def test_todays_marks_never_widen_an_old_version(
    audience: Audience, pair: tuple[Document, Document]
) -> None:
    version, today = pair
    restricted = redact(restrict(version, today), audience, REGISTRY)
    assert _is_part(_without_marks(restricted), redact(version, audience, REGISTRY))


def _without_marks(document: Document) -> Document:
    return document_of(
        {
            entity: {
                id: {
                    name: value
                    for name, value in one.items()
                    if name not in ("audience", "restricted")
                }
                for id, one in records.items()
            }
            for entity, records in document.entities.items()
        }
    )


@every_audience
@given(_withdrawn())
def test_what_was_withdrawn_since_is_not_read_from_an_old_version(
    audience: Audience, pair: tuple[Document, Document]
) -> None:
    version, today = pair
    planted, secrets = _planted(version)
    output = canonical(redact(restrict(planted, today), audience, REGISTRY).entities).decode()
    for secret, (entity, id, name) in secrets.items():
        now = today.get(entity, id) or {}
        marks = [now.get("audience", "public"), now.get("restricted", {}).get(name, "public")]
        if not all(audience.may_read(Audience(one)) for one in marks):
            assert secret not in output


@given(_withdrawn())
def test_restricting_twice_is_restricting_once(pair: tuple[Document, Document]) -> None:
    version, today = pair
    once = restrict(version, today)
    assert restrict(once, today) == once
    assert restrict(version, version) == version
    assert restrict(version, EMPTY) == version
