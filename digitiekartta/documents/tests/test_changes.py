"""Differences between documents, and documents made of differences."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.documents.changes import Change, DoesNotApplyError, apply, dependencies, diff
from digitiekartta.documents.document import EMPTY, Document, document_of
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import dangling, documents, edited, pairs

GOAL = document_of({"goal": {"g": {"roadmap": "r", "number": 1, "title": {"fi": "Tavoite"}}}})


@given(pairs())
def test_a_document_with_the_differences_applied_is_the_other(
    pair: tuple[Document, Document],
) -> None:
    a, b = pair
    assert apply(a, diff(a, b)) == b


@given(pairs())
def test_differences_backwards_undo_themselves(pair: tuple[Document, Document]) -> None:
    a, b = pair
    backwards = [change.reversed() for change in reversed(diff(a, b))]
    assert apply(b, backwards) == a
    assert set(map(str, backwards)) == set(map(str, diff(b, a)))


@given(documents())
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert diff(document, document) == ()
    assert diff(document, document_of(dict(document.entities))) == ()
    assert apply(document, ()) == document


@given(pairs())
def test_differences_survive_the_log(pair: tuple[Document, Document]) -> None:
    a, b = pair
    logged = json.dumps([change.as_data() for change in diff(a, b)])
    assert apply(a, [Change(*data) for data in json.loads(logged)]) == b


@given(pairs())
def test_applying_never_changes_the_document_that_it_starts_from(
    pair: tuple[Document, Document],
) -> None:
    a, b = pair
    before = json.dumps(a.entities)
    apply(a, diff(a, b))
    assert json.dumps(a.entities) == before


def test_a_change_says_what_it_does() -> None:
    added, removed = diff(EMPTY, GOAL)[0], diff(GOAL, EMPTY)[0]
    assert added.adds
    assert not added.removes
    assert removed.removes
    assert not removed.adds
    later = document_of({"goal": {"g": {**GOAL.of("goal")["g"], "number": 2}}})
    assert diff(GOAL, later) == (Change("goal", "g", "number", 1, 2),)


def test_a_cleared_field_is_left_out_of_the_record() -> None:
    cleared = apply(GOAL, [Change("goal", "g", "title", {"fi": "Tavoite"}, None)])
    assert cleared.of("goal")["g"] == {"roadmap": "r", "number": 1}


@pytest.mark.parametrize(
    "change",
    [
        Change("goal", "g", "number", 7, 2),
        Change("goal", "missing", "number", 1, 2),
        Change("goal", "g", None, None, {"number": 2}),
        Change("goal", "g", None, {"number": 7}, None),
        Change("action", "a", None, {"number": "1"}, None),
    ],
)
def test_a_change_that_starts_from_something_else_does_not_apply(change: Change) -> None:
    with pytest.raises(DoesNotApplyError):
        apply(GOAL, [change])


def _needs(changes: list[Change]) -> dict[int, set[int]]:
    return {place: set(others) for place, others in dependencies(changes, REGISTRY).items()}


def test_a_link_to_an_added_action_depends_on_the_adding() -> None:
    adding = Change("action", "a", None, None, {"serial": 1})
    link = Change("link", "l", None, None, {"action": "a", "url": "https://example.org"})
    merged = Change("action", "b", "merged_into", None, "a")
    assert _needs([adding, link, merged]) == {0: set(), 1: {0}, 2: {0}}


def test_removing_a_party_depends_on_every_change_that_lets_go_of_it() -> None:
    gone = Change("party", "p", None, {"kind": "unit"}, None)
    responsible = Change("action", "a", "responsible", "p", "q")
    partners = Change("action", "a", "partners", ["p", "q"], ["q"])
    other = Change("action", "b", None, {"responsible": "p"}, None)
    assert _needs([gone, responsible, partners, other]) == {
        0: {1, 2, 3},
        1: set(),
        2: set(),
        3: set(),
    }


@given(st.data())
def test_changes_taken_with_what_they_depend_on_leave_no_reference_to_nothing(
    data: st.DataObject,
) -> None:
    a = data.draw(documents())
    b = data.draw(edited(a))
    changes = diff(a, b)
    needs = dependencies(changes, REGISTRY)
    taken = data.draw(st.sets(st.sampled_from(range(len(changes))))) if changes else set()
    while more := {need for place in taken for need in needs[place]} - taken:
        taken |= more
    result = apply(a, [change for place, change in enumerate(changes) if place in taken])
    assert dangling(a) == dangling(b) == dangling(result) == []
