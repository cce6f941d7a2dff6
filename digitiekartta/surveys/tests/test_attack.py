"""Nobody outside can work out what a small group answered: the attack test of the method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from .. import audit, freezing, protection
from ..figures import Figure
from ..protection import Least, Rules, Shown, Sizes, shown_by_size
from ..worlds import Question
from .answered import Survey, flat, leaks, surveys

SLOW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Plant = Callable[[pytest.MonkeyPatch], None]


def without_complements(patch: pytest.MonkeyPatch) -> None:
    """A leak: small groups are hidden, and no other group to protect them."""

    def reaching(sizes: Sizes, shown: frozenset[int], least: Least) -> frozenset[int]:
        return shown

    patch.setattr(protection, "complemented", reaching)
    without_audit(patch)


def without_audit(patch: pytest.MonkeyPatch) -> None:
    """A leak: the rules by size alone decide."""

    def by_size(questions: Sequence[Question], rules: Rules) -> list[Shown]:
        return [shown_by_size(one.sizes, rules) for one in questions]

    patch.setattr(freezing, "shown_safely", by_size)


def without_masks(patch: pytest.MonkeyPatch) -> None:
    """A leak: means and shares are rounded and never masked."""
    patch.setattr(
        freezing, "mean_figure", lambda total, n: Figure((20 * total + n) // (2 * n) / 10)
    )
    patch.setattr(freezing, "share_figure", lambda count, n: Figure((200 * count + n) // (2 * n)))


TWO_SMALL = flat(a="5 5 5 5", b="5 5", c="3 2 4 3 5 2 3 4 3")
"""Two small units in which everybody answered alike, beside a larger one."""

BESIDE_A_BOUND = flat(a="5 5 5 5 5", b="3 4 3 2 5")
"""One mean is told as "yli 4,5", but the other and the municipality's give its exact sum."""

NEAR_THE_END = flat(a="5 5 5 5", b="5 5")
"""The municipality's own mean tells nearly all of what the larger of two small units answered."""

IN_SHARES = flat(
    a="4 4 4 4",
    b="4 3 4 4 4",
    c="2 4 4 4 3 4 4",
    d="4 4 2 3 4 4 3 4 4 3 4 3 4 2 3",
)
"""The distribution of 31 gives counts; with the means of two units, few answers are left to two."""

LONE_SMALL = flat(a="2 2 3", b="3 4 3 3 2 4", c="4 4 3 5 2 3 3 4")
"""One small unit beside two larger ones."""

ALL_ALIKE = flat(a="4 4 4 4 4 4 4 4 4 4 4 4")
"""Twelve people, all of one mind."""


def test_a_small_group_can_not_be_computed_from_what_is_published() -> None:
    for one in (TWO_SMALL, BESIDE_A_BOUND, NEAR_THE_END, IN_SHARES, LONE_SMALL, ALL_ALIKE):
        assert leaks(one, one.content()) == []


@SLOW
@given(surveys())
def test_no_tree_and_no_answers_let_an_outsider_compute_a_small_group(one: Survey) -> None:
    assert leaks(one, one.content()) == []


@settings(SLOW, max_examples=15)
@given(surveys(most=6))
def test_a_raised_k_protects_groups_up_to_it(one: Survey) -> None:
    assert leaks(one, one.content(Rules(9, 15)), k=9) == []


@settings(SLOW, max_examples=15)
@given(surveys(most=6, asked=3))
def test_no_question_tells_of_another(one: Survey) -> None:
    content = one.content()
    assert [leak for at in range(3) for leak in leaks(one, content, at)] == []


@pytest.mark.parametrize(
    ("plant", "one", "leak"),
    [
        (without_complements, LONE_SMALL, "a: a mean within 0.00 levels"),
        (without_masks, ALL_ALIKE, "all: all 12 answered 4"),
        (without_audit, TWO_SMALL, "a: a mean within 0.25 levels"),
        (without_audit, BESIDE_A_BOUND, "a: all 5 answered 5"),
        (without_audit, NEAR_THE_END, "a: a mean within 0.50 levels"),
        (without_audit, IN_SHARES, "a: a mean within 0.25 levels"),
    ],
)
def test_a_planted_leak_is_found(
    plant: Plant, one: Survey, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert leak in leaks(one, one.content())


@pytest.mark.parametrize("plant", [without_complements, without_masks, without_audit])
def test_the_random_trees_find_each_planted_leak_too(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    found: list[list[str]] = []

    @settings(SLOW, max_examples=150, database=None, report_multiple_bugs=False)
    @given(surveys(most=5))
    def attack(one: Survey) -> None:
        found.append(leaks(one, one.content()))
        assert found[-1] == []

    with pytest.raises(AssertionError):
        attack()
    assert any(found)


def test_the_audit_alone_makes_up_for_missing_complements(monkeypatch: pytest.MonkeyPatch) -> None:
    def reaching(sizes: Sizes, shown: frozenset[int], least: Least) -> frozenset[int]:
        return shown

    monkeypatch.setattr(protection, "complemented", reaching)
    assert leaks(LONE_SMALL, LONE_SMALL.content()) == []


@settings(SLOW, max_examples=60)
@given(surveys(most=12, asked=2))
def test_the_same_answers_always_give_the_same_results(one: Survey) -> None:
    assert one.content() == one.content()
    turned = Survey(one.groups, dict(reversed(list(one.answered.items()))), one.questions)
    assert turned.content() == one.content()


def test_the_audit_hides_something_at_every_step_and_so_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[tuple[Shown, Shown]] = []
    hiding = audit._hiding

    def watched(question: Question, shown: Shown, target: Any) -> Shown:
        less = hiding(question, shown, target)
        steps.append((shown, less))
        return less

    monkeypatch.setattr(audit, "_hiding", watched)

    @settings(SLOW, max_examples=100)
    @given(surveys())
    def freeze(one: Survey) -> None:
        one.results()

    freeze()
    assert steps
    for shown, less in steps:
        assert less.means <= shown.means
        assert less.shares <= shown.shares
        assert less != shown
