"""Which plan is valid: the latest version, overlaid with what is valid at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.decisions.rules import (
    authority_of_existence,
    authority_of_field,
    valid_document,
)
from digitiekartta.documents.document import EMPTY, Document, document_of
from digitiekartta.documents.registry import Authority, Record
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import documents, edited

PROGRESS, TEAM, MANAGEMENT, BOARD = Authority
AT_ONCE = (PROGRESS, TEAM)


def _all(authority: Authority) -> dict[str, Authority]:
    """A municipality where one and the same authority decides everything."""
    names = [entity.name for entity in REGISTRY]
    names += [f"{entity.name}.{field.name}" for entity in REGISTRY for field in entity.fields]
    return dict.fromkeys(names, authority)


@st.composite
def _plans(draw: st.DrawFn) -> tuple[Document, Document]:
    version = draw(documents())
    return version, draw(edited(version))


@pytest.mark.parametrize("authority", AT_ONCE)
@given(plans=_plans())
def test_where_everything_is_valid_at_once_the_working_plan_is_valid(
    authority: Authority, plans: tuple[Document, Document]
) -> None:
    version, working = plans
    assert valid_document(version, working, REGISTRY, _all(authority)) == working


@pytest.mark.parametrize("authority", [MANAGEMENT, BOARD])
@given(plans=_plans())
def test_where_everything_needs_a_decision_the_version_is_valid(
    authority: Authority, plans: tuple[Document, Document]
) -> None:
    version, working = plans
    assert valid_document(version, working, REGISTRY, _all(authority)) == version


@given(documents())
def test_what_was_just_approved_is_valid_as_it_is(document: Document) -> None:
    assert valid_document(document, document, REGISTRY, {}) == document


@given(_plans())
def test_every_valid_value_is_the_versions_or_the_working_plans_by_its_authority(
    plans: tuple[Document, Document],
) -> None:
    version, working = plans
    for entity, id, record in valid_document(version, working, REGISTRY, {}):
        approved, present = version.get(entity, id), working.get(entity, id)
        if approved is None or present is None:
            assert record == (present if approved is None else approved)
            continue
        for field in REGISTRY[entity].fields:
            source = present if field.authority in AT_ONCE else approved
            assert record.get(field.name) == source.get(field.name)


@given(_plans())
def test_nothing_is_valid_that_hangs_on_what_is_not(plans: tuple[Document, Document]) -> None:
    valid = valid_document(*plans, REGISTRY, {})
    for entity, _, record in valid:
        for reference in REGISTRY[entity].references():
            if reference.required:
                assert record[reference.name] in valid.of(reference.refers_to or "")


@given(_plans())
def test_whether_an_entity_is_there_is_told_by_the_authority_of_its_existence(
    plans: tuple[Document, Document],
) -> None:
    version, working = plans
    valid = valid_document(version, working, REGISTRY, {})
    for entity in REGISTRY:
        source = working if entity.existence in AT_ONCE else version
        assert set(valid.of(entity.name)) <= set(source.of(entity.name))


ROADMAP: Record = {"first": "2025-H1", "last": "2027-H2"}


def _plan(**entities: dict[str, Any]) -> Document:
    return document_of({"roadmap": {"r": ROADMAP}, **entities})


def _action(**fields: Any) -> Record:
    return {"roadmap": "r", "serial": 1, "status": "not_started", **fields}


def test_progress_is_valid_at_once_and_a_proposed_goal_is_not() -> None:
    version = _plan(action={"a": _action()})
    working = _plan(
        action={"a": _action(status="ongoing")}, goal={"g": {"roadmap": "r", "number": 1}}
    )
    valid = valid_document(version, working, REGISTRY, {})
    assert valid == _plan(action={"a": _action(status="ongoing")})


def test_progress_on_an_action_that_is_not_valid_yet_stays_inside() -> None:
    working = _plan(action={"a": _action()}, note={"n": {"action": "a", "noted_on": "2026-12-01"}})
    assert valid_document(_plan(), working, REGISTRY, {}) == _plan()


def test_an_action_removed_from_the_working_plan_is_valid_until_that_is_decided() -> None:
    version = _plan(action={"a": _action()})
    assert valid_document(version, _plan(), REGISTRY, {}) == version


def test_a_municipality_may_move_an_authority() -> None:
    version, working = _plan(), _plan(goal={"g": {"roadmap": "r", "number": 1}})
    own = {"goal": TEAM, "goal.title": BOARD}
    assert valid_document(version, working, REGISTRY, own) == working
    assert authority_of_existence(REGISTRY["goal"], own) is TEAM
    assert authority_of_existence(REGISTRY["goal"], {}) is MANAGEMENT
    assert authority_of_field(REGISTRY["goal"], "title", own) is BOARD
    assert authority_of_field(REGISTRY["goal"], "title", {}) is MANAGEMENT


def test_nothing_approved_and_nothing_planned_is_nothing_valid() -> None:
    assert valid_document(EMPTY, EMPTY, REGISTRY, {}) == EMPTY
