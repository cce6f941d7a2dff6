"""The byte form in which documents are frozen, and their published form with its schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.documents.document import (
    Document,
    canonical,
    canonical_bytes,
    document_of,
    from_canonical,
    sha256,
)
from digitiekartta.documents.redaction import redact
from digitiekartta.documents.registry import Audience, EntityType, Field, Label, Registry, ValueType
from digitiekartta.documents.schema import from_published, json_schema, published
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import documents

HEAD = {"revision": {"type": "integer"}}


@given(documents())
def test_a_frozen_document_thaws_as_it_was(document: Document) -> None:
    assert from_canonical(canonical_bytes(document)) == document


@given(documents(), st.randoms(use_true_random=False))
def test_equal_documents_freeze_to_equal_bytes_in_whatever_order_they_were_made(
    document: Document, random: Any
) -> None:
    def shuffled(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        items = [(key, shuffled(held)) for key, held in value.items()]
        random.shuffle(items)
        return dict(items)

    other = document_of(shuffled(document.entities))
    assert canonical_bytes(other) == canonical_bytes(document)
    assert sha256(canonical_bytes(other)) == sha256(canonical_bytes(document))


def test_canonical_bytes_are_utf8_json_with_sorted_keys_and_no_spaces() -> None:
    assert canonical({"b": "Ä €", "a": [1, 2.5, None, True]}) == (
        '{"a":[1,2.5,null,true],"b":"Ä €"}'.encode()
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_has_no_number_for_is_not_frozen(value: float) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical(value)


def test_a_document_knows_its_entities_and_leaves_empty_types_out() -> None:
    document = document_of({"goal": {"g": {"number": 1}, "h": {}}, "action": {}})
    assert document == Document({"goal": {"g": {"number": 1}, "h": {}}})
    assert len(document) == 2
    assert list(document) == [("goal", "g", {"number": 1}), ("goal", "h", {})]
    assert document.get("goal", "g") == {"number": 1}
    assert document.get("goal", "x") is None
    assert document.get("nothing", "g") is None
    assert document.of("nothing") == {}


@given(documents())
def test_the_published_form_leads_back_to_the_document(document: Document) -> None:
    data = json.loads(json.dumps({"revision": 7, **published(document, REGISTRY)}))
    assert from_published(data, REGISTRY) == document


@given(documents())
def test_published_entities_stand_by_rank_and_then_by_id(document: Document) -> None:
    for entries in published(document, REGISTRY).values():
        places = [(entry.get("rank") or 0, entry["id"]) for entry in entries]
        assert places == sorted(places)


@pytest.mark.parametrize("audience", list(Audience))
def test_the_schema_is_a_schema(audience: Audience) -> None:
    schema = json_schema(REGISTRY, title="Digitiekartta", head=HEAD, audience=audience)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["$defs"]) == {entity.name for entity in REGISTRY}


@pytest.mark.parametrize("audience", list(Audience))
@given(document=documents())
def test_what_is_published_keeps_to_the_schema_of_its_audience(
    audience: Audience, document: Document
) -> None:
    schema = json_schema(REGISTRY, title="Digitiekartta", head=HEAD, audience=audience)
    visible = published(redact(document, audience, REGISTRY), REGISTRY)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    assert [error.message for error in validator.iter_errors({"revision": 1, **visible})] == []


def test_the_schema_refuses_what_the_registry_does_not_know() -> None:
    schema = json_schema(REGISTRY, title="Digitiekartta", head=HEAD)
    validator = jsonschema.Draft202012Validator(schema)
    action = {"id": "a", "roadmap": "r"}
    assert validator.is_valid({"revision": 1, "actions": [action]})
    assert not validator.is_valid({"actions": [action]})
    assert not validator.is_valid({"revision": 1, "actions": [{**action, "salary": 1}]})
    assert not validator.is_valid({"revision": 1, "actions": [{**action, "status": "sleeping"}]})
    assert not validator.is_valid({"revision": 1, "actions": [{**action, "first": "2026-H3"}]})
    assert not validator.is_valid({"revision": 1, "actions": [{**action, "internal_note": {}}]})


def test_the_public_schema_does_not_name_what_the_public_may_not_read() -> None:
    action = json_schema(REGISTRY, title="x", head={})["$defs"]["action"]["properties"]
    hidden = {one.name for one in REGISTRY["action"].fields if one.audience is not Audience.PUBLIC}
    assignment = {"assigned_on", "accepted_on", "objection"}
    assert hidden == {"internal_note", "audience", "restricted", *assignment}
    assert not hidden & set(action)


LABEL = Label("Nimi", "Namn", "Name")


def test_every_field_of_the_registry_is_named_in_three_languages() -> None:
    labels = [entity.label for entity in REGISTRY]
    labels += [field.label for entity in REGISTRY for field in entity.fields]
    assert [one for one in labels if not (one.fi and one.sv and one.en)] == []
    assert [LABEL.in_language(code) for code in ("fi", "sv", "en", "de")] == [
        *("Nimi", "Namn", "Name", "Nimi")
    ]


def test_names_and_plurals_of_entity_types_are_used_once() -> None:
    names = [entity.name for entity in REGISTRY]
    plurals = [entity.plural for entity in REGISTRY]
    assert len(set(names)) == len(names)
    assert len(set(plurals)) == len(plurals)


def test_a_reference_says_where_it_points_and_a_choice_between_what() -> None:
    with pytest.raises(ValueError, match="refers"):
        Field("goal", ValueType.REFERENCE, LABEL)
    with pytest.raises(ValueError, match="refers"):
        Field("goal", ValueType.STRING, LABEL, refers_to="goal")
    with pytest.raises(ValueError, match="choices"):
        Field("status", ValueType.CHOICE, LABEL)
    with pytest.raises(ValueError, match="choices"):
        Field("status", ValueType.STRING, LABEL, choices=("a",))


def test_a_registry_refuses_two_fields_of_one_name_and_references_to_nowhere() -> None:
    name = Field("name", ValueType.STRING, LABEL)
    with pytest.raises(ValueError, match="two fields"):
        EntityType("goal", "goals", LABEL, (name, name))
    lost = Field("goal", ValueType.REFERENCE, LABEL, refers_to="goal")
    with pytest.raises(ValueError, match="no type goal"):
        Registry([EntityType("action", "actions", LABEL, (lost,))])


def test_audiences_are_nested_public_members_team() -> None:
    may_read = {(a, b) for a in Audience for b in Audience if a.may_read(b)}
    assert may_read == {
        *((Audience.PUBLIC, Audience.PUBLIC), (Audience.MEMBERS, Audience.PUBLIC)),
        *((Audience.MEMBERS, Audience.MEMBERS), (Audience.TEAM, Audience.PUBLIC)),
        *((Audience.TEAM, Audience.MEMBERS), (Audience.TEAM, Audience.TEAM)),
    }
