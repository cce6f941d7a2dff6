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
from digitiekartta.documents.registry import (
    Authority,
    EntityType,
    Field,
    Label,
    Record,
    Registry,
    ValueType,
)
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import HOUSE, dangling, documents, edited, rebuilt

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


@given(plans=_plans())
def test_where_everything_needs_the_boards_decision_the_version_is_valid(
    plans: tuple[Document, Document],
) -> None:
    version, working = plans
    assert valid_document(version, working, REGISTRY, _all(BOARD)) == version


DECIDED = EntityType(
    "target",
    "targets",
    Label("Taso", "Nivå", "Level"),
    (
        Field("level", ValueType.NUMBER, Label("Taso", "Nivå", "Level"), authority=MANAGEMENT),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            authority=MANAGEMENT,
            refers_to="decision",
        ),
    ),
    existence=MANAGEMENT,
    decided_by="decision",
)
DECISION = EntityType("decision", "decisions", Label("P", "B", "D"), (), existence=PROGRESS)
OLD, NEW = {"level": 3}, {"level": 4}


@pytest.mark.parametrize(
    ("approved", "present", "valid"),
    [
        (OLD, NEW, OLD),
        (OLD, NEW | {"decision": "d"}, NEW | {"decision": "d"}),
        (None, NEW, None),
        (None, NEW | {"decision": "d"}, NEW | {"decision": "d"}),
        (OLD | {"decision": "d"}, NEW, OLD | {"decision": "d"}),
        (OLD, None, OLD),
    ],
)
def test_what_names_its_own_decision_is_valid_by_it_and_the_rest_waits_for_a_version(
    approved: Record | None, present: Record | None, valid: Record | None
) -> None:
    version, working = (
        document_of({"decision": {"d": {}}, "target": {} if record is None else {"t": record}})
        for record in (approved, present)
    )
    registry = Registry((DECISION, DECIDED))
    assert valid_document(version, working, registry, {}).get("target", "t") == valid
    boards = valid_document(version, working, registry, {"target.decision": BOARD})
    assert boards.get("target", "t") == approved


@given(documents())
def test_what_was_just_approved_is_valid_as_it_is(document: Document) -> None:
    assert valid_document(document, document, REGISTRY, {}) == document


@st.composite
def _houses(draw: st.DrawFn) -> tuple[Document, Document]:
    version = draw(documents(HOUSE, only=("roof", "beam", "peg")))
    return version, draw(rebuilt(version, HOUSE))


_NAMES = [entity.name for entity in HOUSE]
_NAMES += [f"{entity.name}.{field.name}" for entity in HOUSE for field in entity.fields]
_settings = st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES, st.sampled_from(Authority)))
Own = dict[str, Authority]


def _source(approved: Record | None, present: Record | None, live: bool) -> Record:
    """The record that a value is of: the working plan's where that is valid at once, or alone."""
    if present is not None and (live or approved is None):
        return present
    return approved or {}


@given(plans=_houses(), own=_settings)
def test_nothing_valid_refers_to_what_is_not(plans: tuple[Document, Document], own: Own) -> None:
    assert dangling(valid_document(*plans, HOUSE, own), HOUSE) == []


@given(plans=_houses(), own=_settings)
def test_a_valid_reference_is_by_its_authority_or_approved_or_none_where_that_is_not_valid(
    plans: tuple[Document, Document], own: Own
) -> None:
    version, working = plans
    valid = valid_document(version, working, HOUSE, own)
    for entity, id, record in valid:
        approved, present = version.get(entity, id), working.get(entity, id)
        for field in HOUSE[entity].fields:
            live = authority_of_field(HOUSE[entity], field.name, own) in AT_ONCE
            source = _source(approved, present, live)
            expected, targets = source.get(field.name), valid.of(field.refers_to or "")
            if field.type is ValueType.REFERENCES:
                expected = [one for one in expected or [] if one in targets] or None
            elif field.type is ValueType.REFERENCE and expected and expected not in targets:
                expected = (approved or {}).get(field.name)
                expected = expected if expected in targets else None
            assert record.get(field.name) == expected


@given(plans=_houses(), own=_settings)
def test_what_was_approved_stands_until_a_decision_unless_what_it_hangs_on_is_gone(
    plans: tuple[Document, Document], own: Own
) -> None:
    version, working = plans
    valid = valid_document(version, working, HOUSE, own)
    decided = [one for one in HOUSE if authority_of_existence(one, own) not in AT_ONCE]
    for entity in decided:
        for id, approved in version.of(entity.name).items():
            assert id in valid.of(entity.name) or any(
                approved[one.name] not in valid.of(one.refers_to or "")
                for one in entity.references()
                if one.required
            )


@given(plans=_houses(), own=_settings)
def test_the_valid_plan_approved_as_it_is_changes_nothing(
    plans: tuple[Document, Document], own: Own
) -> None:
    version, working = plans
    valid = valid_document(version, working, HOUSE, own)
    assert valid_document(valid, valid, HOUSE, own) == valid


@given(_houses())
def test_the_valid_plan_over_the_same_working_plan_is_itself(
    plans: tuple[Document, Document],
) -> None:
    valid = valid_document(*plans, HOUSE, {})
    assert valid_document(valid, plans[1], HOUSE, {}) == valid


@given(_plans())
def test_every_valid_value_is_the_versions_or_the_working_plans_by_its_authority(
    plans: tuple[Document, Document],
) -> None:
    version, working = plans
    for entity, id, record in valid_document(version, working, REGISTRY, {}):
        approved, present = version.get(entity, id), working.get(entity, id)
        for field in REGISTRY[entity].fields:
            if field.refers_to is None:
                live = field.authority in AT_ONCE
                source = _source(approved, present, live)
                assert record.get(field.name) == source.get(field.name)


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


def test_an_action_keeps_its_approved_goal_until_the_new_one_is_approved() -> None:
    old, new = ({"roadmap": "r", "number": number} for number in (1, 2))
    version = _plan(action={"a": _action(goal="g")}, goal={"g": old})
    working = _plan(action={"a": _action(goal="h", status="ongoing")}, goal={"g": old, "h": new})
    assert valid_document(version, working, REGISTRY, {}) == _plan(
        action={"a": _action(goal="g", status="ongoing")}, goal={"g": old}
    )


def test_an_action_without_an_approved_goal_has_none_until_the_new_one_is_approved() -> None:
    working = _plan(action={"a": _action(goal="g")}, goal={"g": {"roadmap": "r", "number": 1}})
    version = _plan(action={"a": _action()})
    assert valid_document(version, working, REGISTRY, {}) == version


def test_a_dependency_moved_to_a_proposed_action_stands_as_approved() -> None:
    actions = {"a": _action(), "b": _action(serial=2)}
    version = _plan(action=actions, dependency={"d": {"action": "a", "depends_on": "b"}})
    working = _plan(
        action={**actions, "c": _action(serial=3)},
        dependency={"d": {"action": "a", "depends_on": "c"}},
    )
    assert valid_document(version, working, REGISTRY, {}) == version
