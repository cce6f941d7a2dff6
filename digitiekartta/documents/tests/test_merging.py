"""Two people change one document at the same time."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.documents.changes import Change, diff
from digitiekartta.documents.document import EMPTY, Document, document_of
from digitiekartta.documents.merging import Conflict, Merge
from digitiekartta.documents.merging import merge as merge_of
from digitiekartta.documents.registry import Registry
from digitiekartta.roadmaps.registry import REGISTRY
from tests.strategies import HOUSE, dangling, forks, pairs, rebuilt_forks

Fork = tuple[Document, Document, Document]
BOTH = Registry((*REGISTRY, *HOUSE))
every_fork = given(st.one_of(forks(), rebuilt_forks(HOUSE)))


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    return merge_of(base, mine, theirs, BOTH)


def _goal(**fields: object) -> Document:
    return document_of({"goal": {"g": fields}})


BASE = _goal(number=1, rank=1)


@every_fork
def test_it_does_not_matter_who_is_named_first(fork: Fork) -> None:
    base, mine, theirs = fork
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.document == other.document
    mirrored = [
        Conflict(c.entity, c.id, c.field, c.base, mine=c.theirs, theirs=c.mine)
        for c in other.conflicts
    ]
    assert list(one.conflicts) == mirrored


def _settled(change: Change, merged: Merge) -> bool:
    """Whether a change stands in the merged document, or in a conflict that holds its value."""
    record = merged.document.get(change.entity, change.id)
    if change.field is None:
        stands = record is None if change.removes else record == change.new
    else:
        stands = record is not None and record.get(change.field) == change.new
    return stands or any(
        (one.entity, one.id) == (change.entity, change.id) and one.field in (None, change.field)
        for one in merged.conflicts
    )


@every_fork
def test_no_change_of_either_side_is_lost(fork: Fork) -> None:
    base, mine, theirs = fork
    merged = merge(base, mine, theirs)
    changes = [*diff(base, mine), *diff(base, theirs)]
    assert [change for change in changes if not _settled(change, merged)] == []


@every_fork
def test_without_conflicts_the_merge_is_both_sets_of_changes_and_nothing_else(fork: Fork) -> None:
    base, mine, theirs = fork
    merged = merge(base, mine, theirs)
    expected = {str(change) for change in (*diff(base, mine), *diff(base, theirs))}
    if not merged.conflicts:
        assert {str(change) for change in diff(base, merged.document)} == expected


@every_fork
def test_a_conflict_keeps_all_three_values_and_leaves_the_base_standing(fork: Fork) -> None:
    base, mine, theirs = fork
    merged = merge(base, mine, theirs)
    for conflict in merged.conflicts:
        held = [one.get(conflict.entity, conflict.id) for one in (base, mine, theirs)]
        stands = merged.document.get(conflict.entity, conflict.id)
        if conflict.field is not None:
            held = [(one or {}).get(conflict.field) for one in held]
            stands = (stands or {}).get(conflict.field)
        assert [conflict.base, conflict.mine, conflict.theirs] == held
        assert stands == conflict.base
        if conflict.mine == conflict.theirs:
            assert len(merged.conflicts) > 1
            assert conflict.mine != conflict.base


@every_fork
def test_merging_makes_no_reference_to_what_is_not_there(fork: Fork) -> None:
    assert dangling(merge(*fork).document, BOTH) == []


@given(pairs())
def test_who_changed_nothing_gets_what_the_other_made(pair: tuple[Document, Document]) -> None:
    base, changed = pair
    assert merge(base, changed, base) == Merge(changed, ())
    assert merge(base, base, changed) == Merge(changed, ())
    assert merge(base, changed, changed) == Merge(changed, ())


def test_different_fields_of_one_goal_merge_silently() -> None:
    merged = merge(BASE, _goal(number=2, rank=1), _goal(number=1, rank=3))
    assert merged == Merge(_goal(number=2, rank=3), ())


def test_the_same_field_set_in_two_ways_is_asked() -> None:
    merged = merge(BASE, _goal(number=2, rank=1), _goal(number=3, rank=1))
    assert merged == Merge(BASE, (Conflict("goal", "g", "number", 1, 2, 3),))


def test_the_same_change_made_twice_is_not_asked() -> None:
    same = _goal(number=2, rank=1)
    assert merge(BASE, same, same) == Merge(same, ())
    assert merge(BASE, EMPTY, EMPTY) == Merge(EMPTY, ())


def test_deleting_against_editing_is_asked_and_the_goal_stays_meanwhile() -> None:
    edited = _goal(number=2, rank=1)
    record = BASE.of("goal")["g"]
    merged = merge(BASE, EMPTY, edited)
    assert merged == Merge(
        BASE, (Conflict("goal", "g", None, record, None, edited.get("goal", "g")),)
    )


def test_deleting_what_the_other_left_alone_is_not_asked() -> None:
    assert merge(BASE, EMPTY, BASE) == Merge(EMPTY, ())


def test_two_different_entities_under_one_id_are_asked() -> None:
    mine, theirs = _goal(number=1), _goal(number=2)
    merged = merge(EMPTY, mine, theirs)
    assert merged.document == EMPTY
    assert [(one.field, one.base) for one in merged.conflicts] == [(None, None)]


def test_clearing_a_field_against_setting_it_is_asked() -> None:
    merged = merge(BASE, _goal(rank=1), _goal(number=9, rank=1))
    assert merged.conflicts == (Conflict("goal", "g", "number", 1, None, 9),)
    assert merged.document == BASE


def _plan(goals: tuple[str, ...], action: dict[str, object], **more: Any) -> Document:
    entities: dict[str, Any] = {
        "goal": {id: {"number": 1} for id in goals},
        "action": {"a": action},
    }
    return document_of({**entities, **more})


def test_removing_a_goal_against_beginning_to_refer_to_it_is_asked_and_the_goal_stays() -> None:
    base = _plan(("g",), {"number": "1"})
    mine = _plan((), {"number": "1"})
    theirs = _plan(("g",), {"number": "1", "goal": "g"})
    conflict = Conflict("goal", "g", None, {"number": 1}, None, {"number": 1})
    assert merge(base, mine, theirs) == Merge(theirs, (conflict,))


def test_what_the_removed_goal_hangs_on_comes_back_with_it() -> None:
    roadmap, goal = {"first": "2025-H1"}, {"number": 1, "roadmap": "r"}
    base = document_of({"roadmap": {"r": roadmap}, "goal": {"g": goal}, "action": {"a": {}}})
    mine = document_of({"action": {"a": {}}})
    theirs = document_of({**base.entities, "action": {"a": {"goal": "g"}}})
    merged = merge(base, mine, theirs)
    assert merged.document == theirs
    assert [(one.entity, one.mine) for one in merged.conflicts] == [
        ("goal", None),
        ("roadmap", None),
    ]


def test_a_goal_that_both_removed_stays_while_an_asked_field_still_refers_to_it() -> None:
    base = _plan(("g", "h", "i"), {"goal": "g"})
    mine, theirs = _plan(("h", "i"), {"goal": "h"}), _plan(("h", "i"), {"goal": "i"})
    merged = merge(base, mine, theirs)
    assert merged.document == base
    assert [(one.entity, one.mine, one.theirs) for one in merged.conflicts] == [
        ("action", "h", "i"),
        ("goal", None, None),
    ]


def test_referring_to_a_goal_of_which_two_were_made_waits_for_the_choice() -> None:
    base = _plan((), {"number": "1"}, note={"n": {"action": "a"}})
    one, other = {"number": 1}, {"number": 2}
    mine = _plan((), {"number": "1", "goal": "g"}, note=base.of("note"), goal={"g": one})
    theirs = document_of({**base.entities, "goal": {"g": other}})
    assert merge(base, mine, theirs) == Merge(
        base,
        (
            Conflict("action", "a", "goal", None, "g", None),
            Conflict("goal", "g", None, None, one, other),
        ),
    )


def test_a_reference_that_held_in_neither_is_left_as_it_is() -> None:
    base = document_of({"action": {"a": {"person": "erased", "number": "1"}}})
    mine = document_of({"action": {"a": {"person": "erased", "number": "2"}}})
    assert merge(base, mine, base) == Merge(mine, ())
