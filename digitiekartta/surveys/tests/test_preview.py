"""Before a round opens: what would show, and which merges would help."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..preview import Merge, Shows, preview
from ..protection import Group, Hidden, Rules
from .answered import trees


def units(**headcounts: int) -> list[Group]:
    return [Group("all", None, 0), *(Group(one, "all", size) for one, size in headcounts.items())]


def shows(groups: list[Group], rate: float = 0.5) -> dict[str, str]:
    return {one.id: str(one.shows) for one in preview(groups, rate).groups}


def test_half_of_the_staff_are_supposed_to_answer() -> None:
    found = {one.id: one for one in preview(units(a=10, b=18, c=30, d=60)).groups}
    assert [found[one].respondents for one in "abcd"] == [5, 9, 15, 30]
    assert [found[one].shows for one in "abcd"] == [
        Shows.MEAN,
        Shows.MEAN,
        Shows.DISTRIBUTION,
        Shows.DISTRIBUTION,
    ]
    assert found["all"].respondents == 59
    assert (found["a"].reason, found["c"].reason) == (Hidden.FEW, None)


def test_another_response_rate_shows_more_or_less() -> None:
    groups = units(a=8, b=9, c=40)
    assert shows(groups)["a"] == "nothing"
    assert shows(groups, 0.8)["a"] == "mean"
    assert shows(groups, 0.25) == dict.fromkeys(("a", "b", "c"), "nothing") | {"all": "mean"}


def test_a_lone_small_unit_is_told_to_hide_its_smallest_sibling() -> None:
    found = {one.id: one for one in preview(units(a=4, d=30, e=40)).groups}
    assert (found["a"].shows, found["a"].reason) == (Shows.NOTHING, Hidden.FEW)
    assert (found["d"].shows, found["d"].reason) == (Shows.NOTHING, Hidden.SHIELD)
    assert (found["e"].shows, found["e"].reason) == (Shows.MEAN, Hidden.SHIELD)


def test_merging_a_lone_small_unit_with_its_smallest_sibling_is_proposed() -> None:
    (merge,) = preview(units(a=4, d=30, e=40)).merges
    assert merge == Merge("all", ("a", "d"), 34, 17, Shows.DISTRIBUTION, ("e",))


def test_small_units_are_bundled_into_as_many_as_would_show() -> None:
    merges = preview(units(a=5, b=6, c=6, d=7, e=3, f=60)).merges
    assert [merge.members for merge in merges] == [("e", "a", "b"), ("c", "d")]
    assert all(merge.shows is Shows.MEAN for merge in merges)


def test_nothing_is_proposed_where_everything_shows_or_nothing_can() -> None:
    assert preview(units(a=30, b=40)).merges == ()
    assert preview(units(a=1, b=2)).merges == ()


def test_few_staff_outside_subgroups_are_told_of() -> None:
    groups = [
        Group("all", None, 0),
        Group("s", "all", 3),
        Group("a", "s", 20),
        Group("b", "s", 30),
        Group("t", "all", 40),
    ]
    told = {one.id for one in preview(groups).groups if one.has_few_of_its_own}
    assert told == {"s"}
    assert shows(groups)["a"] == "nothing"


def test_a_subtree_is_merged_whole() -> None:
    groups = [
        Group("all", None, 0),
        Group("s", "all", 0),
        Group("s1", "s", 3),
        Group("s2", "s", 3),
        Group("t", "all", 7),
        Group("u", "all", 60),
    ]
    (merge,) = preview(groups).merges
    assert (merge.members, merge.headcount) == (("s", "t"), 13)


def test_a_raised_k_is_heeded() -> None:
    groups = units(a=12, b=14, c=60)
    assert [one.shows for one in preview(groups, 0.5, Rules(8, 20)).groups[1:3]] == [
        Shows.NOTHING,
        Shows.NOTHING,
    ]


@pytest.mark.parametrize("rate", [0, -0.1, 1.2])
def test_an_impossible_response_rate_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="response rate"):
        preview(units(a=10), rate)


@settings(deadline=None, derandomize=True)
@given(trees(most=12), st.sampled_from([0.3, 0.5, 0.75, 1.0]))
def test_every_group_is_told_of_and_every_merge_helps(
    groups: tuple[Group, ...], rate: float
) -> None:
    found = preview(groups, rate)
    assert {one.id for one in found.groups} == {one.id for one in groups}
    parents = {one.id: one.parent for one in groups}
    for merge in found.merges:
        assert len(merge.members) > 1
        assert {parents[one] for one in merge.members} == {merge.parent}
        assert merge.shows is not Shows.NOTHING or merge.helps
