"""Which results may be shown, by the sizes of the groups alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from ..protection import (
    Group,
    Hidden,
    Rules,
    Shown,
    Size,
    Sizes,
    Tree,
    shown_by_size,
    under_one_root,
)
from .answered import Survey, surveys

Numbers = Mapping[str, tuple[int, int, int]]


def sizes(parents: Mapping[str, str | None], numbers: Numbers) -> Sizes:
    """Groups with their own headcount, respondents and levels; (0, 0, 0) where not given."""
    tree = Tree([Group(one, up, numbers.get(one, (0, 0, 0))[0]) for one, up in parents.items()])
    return Sizes(tree, [Size(*numbers.get(group.id, (0, 0, 0))) for group in tree.groups])


def shown(parents: Mapping[str, str | None], numbers: Numbers) -> tuple[set[str], set[str]]:
    """The names of the groups whose means, and whose distributions, are shown."""
    one = sizes(parents, numbers)
    found = shown_by_size(one, Rules())
    return (
        {one.tree.groups[place].id for place in found.means},
        {one.tree.groups[place].id for place in found.shares},
    )


def units(**numbers: int) -> tuple[set[str], set[str]]:
    """The same of units under ``all`` where everybody answered everything."""
    parents: dict[str, str | None] = {"all": None, **dict.fromkeys(numbers, "all")}
    return shown(parents, {one: (n, n, n) for one, n in numbers.items()})


def test_five_are_needed_for_a_mean_and_ten_for_a_distribution() -> None:
    assert units(a=5, b=9, c=10, d=40)[0] == {"all", "a", "b", "c", "d"}
    assert units(a=5, b=9, c=10, d=40)[1] == {"all", "c", "d"}
    assert units(a=2, b=2) == (set(), set())


@pytest.mark.parametrize(
    ("numbers", "is_shown"),
    [((5, 5, 5), True), ((4, 9, 9), False), ((9, 4, 4), False), ((9, 9, 4), False)],
)
def test_headcount_respondents_and_opinions_must_all_be_enough(
    numbers: tuple[int, int, int], is_shown: bool
) -> None:
    parents = {"all": None, "a": "all", "b": "all", "c": "all", "d": "all"}
    means, _ = shown(parents, {"a": numbers, "b": (9, 9, 9), "c": (30, 30, 30), "d": (40, 40, 40)})
    assert ("a" in means) is is_shown


def test_a_reason_tells_few_people_from_few_opinions() -> None:
    parents = {"all": None, "a": "all", "b": "all", "c": "all"}
    one = sizes(parents, {"a": (9, 4, 4), "b": (9, 9, 4), "c": (9, 9, 9)})
    reasons = [one.reason(place, 5) for place in range(1, 4)]
    assert reasons == [Hidden.FEW, Hidden.FEW_OPINIONS, None]


def test_a_lone_small_group_takes_the_smallest_sibling_with_it() -> None:
    assert units(a=4, b=8, c=30)[0] == {"all", "c"}


def test_small_groups_that_are_enough_together_take_nobody_with_them() -> None:
    assert units(a=3, b=4, c=30)[0] == {"all", "c"}
    assert units(a=1, b=2, c=8, d=30)[0] == {"all", "d"}


def test_a_group_without_answers_takes_nobody_with_it() -> None:
    parents = {"all": None, "a": "all", "b": "all", "c": "all"}
    means, _ = shown(parents, {"a": (12, 0, 0), "b": (8, 8, 8), "c": (9, 9, 9)})
    assert means == {"all", "b", "c"}


def test_those_who_all_could_not_say_are_protected_too() -> None:
    parents = {"all": None, "a": "all", "b": "all", "c": "all"}
    means, _ = shown(parents, {"a": (3, 3, 0), "b": (8, 8, 8), "c": (9, 9, 9)})
    assert means == {"all", "c"}


def test_few_staff_in_no_subgroup_are_a_hidden_group() -> None:
    parents = {"all": None, "s": "all", "a": "s", "b": "s", "t": "all"}
    small_own = {"s": (3, 3, 3), "a": (8, 8, 8), "b": (20, 20, 20), "t": (30, 30, 30)}
    assert shown(parents, small_own)[0] == {"all", "s", "b", "t"}
    large_own = {**small_own, "s": (6, 6, 6)}
    assert shown(parents, large_own)[0] == {"all", "s", "a", "b", "t"}


def test_an_only_child_that_is_small_hides_the_parent_it_would_be_read_from() -> None:
    parents = {"all": None, "s": "all", "a": "s", "t": "all", "u": "all"}
    numbers = {"s": (9, 0, 0), "a": (4, 6, 6), "t": (30, 30, 30), "u": (40, 40, 40)}
    assert shown(parents, numbers)[0] == {"all", "u"}


def test_what_is_below_a_hidden_group_is_hidden() -> None:
    parents = {"all": None, "s": "all", "a": "s", "b": "s", "t": "all", "u": "all"}
    numbers = {"a": (6, 6, 6), "b": (7, 7, 7), "t": (3, 3, 3), "u": (40, 40, 40)}
    assert shown(parents, numbers)[0] == {"all", "u"}


def test_distributions_are_complemented_up_to_ten_and_to_twenty_around_small_groups() -> None:
    assert units(a=7, b=12, c=30)[1] == {"all", "c"}
    assert units(a=3, b=4, c=12, d=30, e=40)[1] == {"all", "e"}


def test_a_municipality_where_only_the_whole_is_large_enough_shows_the_whole() -> None:
    assert units(a=3, b=3, c=4) == ({"all"}, set())
    assert units(a=4, b=4, c=4, d=4, e=4) == ({"all"}, {"all"})


def test_k_may_be_raised_and_never_lowered() -> None:
    assert Rules(8, 12).k_mean == 8
    for k in ((4, 10), (5, 9)):
        with pytest.raises(ValueError, match="at least"):
            Rules(*k)


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [Group("a", None, 1), Group("b", None, 1)],
        [Group("a", None, 1), Group("b", "x", 1)],
        [Group("a", None, 1), Group("b", "c", 1), Group("c", "b", 1)],
        [Group("a", None, 1), Group("b", "a", 1), Group("b", "a", 2)],
    ],
)
def test_groups_that_are_no_tree_are_refused(groups: list[Group]) -> None:
    with pytest.raises(ValueError, match=r"root|tree"):
        Tree(groups)


def test_groups_without_one_parent_are_put_under_the_municipality() -> None:
    tree = under_one_root([Group("a", None, 1), Group("b", None, 1), Group("c", "b", 2)])
    assert [(one.id, one.parent) for one in tree.groups] == [
        ("municipality", None),
        ("a", "municipality"),
        ("b", "municipality"),
        ("c", "b"),
    ]
    assert under_one_root([Group("a", None, 1), Group("b", "a", 1)]).groups[0].id == "a"


def _sizes_of(one: Survey) -> Sizes:
    tree = Tree(one.groups)
    tallies = [one.answered[group.id] for group in tree.groups]
    return Sizes(
        tree,
        [
            Size(group.headcount, tally.respondents, tally.answers[0].n)
            for group, tally in zip(tree.groups, tallies, strict=True)
        ],
    )


@settings(deadline=None, derandomize=True)
@given(surveys(most=12))
def test_under_every_shown_group_the_hidden_are_none_or_two_with_k_together(one: Survey) -> None:
    sizes_ = _sizes_of(one)
    result = shown_by_size(sizes_, Rules())
    _assert_rule_two(sizes_, result)
    for place in result.means:
        assert sizes_.whole[place].reaches(5)
        assert place == 0 or sizes_.tree.parents[place] in result.means
    assert result.shares <= result.means


def _assert_rule_two(sizes_: Sizes, result: Shown) -> None:
    for place in result.means:
        parts = [
            sizes_.whole[child]
            for child in sizes_.tree.children[place]
            if child not in result.means and sizes_.whole[child].respondents
        ]
        own = sizes_.own[place]
        if sizes_.tree.children[place] and own.respondents and (parts or not own.reaches(5)):
            parts.append(own)
        assert not parts or (len(parts) > 1 and sum(part.levels for part in parts) >= 5)
