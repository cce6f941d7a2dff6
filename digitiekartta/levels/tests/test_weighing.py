"""Gap × importance, and how far places move under other weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.levels.rules import GapWithin, Places
from digitiekartta.levels.weighing import (
    Steadiness,
    Weighed,
    Weighting,
    places_of,
    sensitivity,
    weigh,
    weights_of,
)

EQUAL, MILD, LINEAR, STEEP = Weighting
ORDERS = st.lists(st.sampled_from("abcdefghijk"), unique=True, min_size=1)
TENTHS = st.integers(-40, 40).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize(
    ("weighting", "weights"),
    [
        (EQUAL, [1, 1, 1]),
        (MILD, [4 / 3, 1, 2 / 3]),
        (LINEAR, [1.5, 1, 0.5]),
        # The centroid of three: 11/18, 5/18 and 2/18, as Barron and Barrett have it, times three.
        (STEEP, [11 / 6, 5 / 6, 2 / 6]),
    ],
)
def test_an_order_weighs_as_the_weighting_says(weighting: Weighting, weights: list[float]) -> None:
    assert list(weights_of("abc", weighting).values()) == pytest.approx(weights)


@given(ORDERS, st.sampled_from(Weighting))
def test_the_more_important_never_weighs_less_and_the_mean_is_one(
    order: list[str], weighting: Weighting
) -> None:
    weights = list(weights_of(order, weighting).values())
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) / len(weights) == pytest.approx(1)


def test_importance_turns_the_order_of_gaps() -> None:
    gaps = {"a": 1.0, "b": 1.4}
    assert places_of(gaps, weights_of("ab", EQUAL)) == {"b": 1, "a": 2}
    assert places_of(gaps, weights_of("ab", LINEAR)) == {"a": 1, "b": 2}


def test_a_gap_that_is_none_stays_last_however_important() -> None:
    gaps = {"a": -0.2, "b": 0.1, "c": 0.0}
    for weighting in Weighting:
        assert places_of(gaps, weights_of("acb", weighting)) == {"b": 1, "c": 2, "a": 3}


def test_the_interval_is_weighed_with_the_gap() -> None:
    (one,) = weigh([GapWithin("a", -0.1, 0.3), GapWithin("b", 1, 2)], {"a": 2.0})
    assert (one.lower, one.upper) == (-0.1, 0.6)


def test_without_an_order_only_the_perspectives_own_weight_is_tried() -> None:
    told = sensitivity({"a": 3.0, "b": 1.0, "c": 0.9, "d": 0.3})
    assert told["a"].by_weighting == {EQUAL: 1}
    assert told["a"].whole == Places(1, 1)
    assert told["b"].whole == told["c"].whole == Places(2, 3)
    assert told["d"].whole == Places(4, 4)


def test_with_an_order_the_span_covers_every_weighting_and_the_own_weight() -> None:
    told = sensitivity({"a": 1.0, "b": 1.4, "c": 1.2}, "acb")
    assert told["b"].by_weighting == {EQUAL: 1, MILD: 3, LINEAR: 3, STEEP: 3}
    assert told["b"].whole == Places(1, 3)


@pytest.mark.parametrize(
    ("span", "alone", "steadiness"),
    [
        (Places(2, 2), Places(2, 2), Steadiness.SAME),
        (Places(2, 2), Places(1, 3), Steadiness.NEAR),
        (Places(1, 2), Places(2, 4), Steadiness.MOVES),
    ],
)
def test_a_place_is_called_as_steady_as_it_is(
    span: Places, alone: Places, steadiness: Steadiness
) -> None:
    assert Weighed({}, span, alone).steadiness is steadiness


@given(st.dictionaries(st.sampled_from("abcdefgh"), TENTHS, min_size=1), st.randoms())
def test_every_place_that_is_told_lies_in_the_span(gaps: dict[str, float], chance: object) -> None:
    order = sorted(gaps)
    chance.shuffle(order)  # type: ignore[attr-defined]
    for one in sensitivity(gaps, order).values():
        assert one.whole.first <= one.by_weighting[EQUAL] <= one.whole.last
        assert 1 <= one.whole.first <= one.whole.last <= len(gaps)
