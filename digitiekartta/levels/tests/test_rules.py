"""Gaps between targets and levels, their ranking, and what may be said of a change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.levels.rules import (
    ChangeLabel,
    EstimateLabel,
    Gap,
    GapWithin,
    Places,
    Reading,
    change_between,
    compare_estimate,
    gap_between,
    gap_within,
    mean_level,
    on_scale,
    possible_places,
    rank_by_gap,
)

TENTHS = st.integers(-40, 40).map(lambda tenths: tenths / 10)
NAMES = st.sampled_from("abcdefghijk")


@pytest.mark.parametrize(
    ("target", "level", "gap"),
    [
        *((4.0, 2.6, 1.4), (4, 2.55, 1.5), (3.0, 3.4, -0.4), (3.0, 3.0, 0.0)),
        *((None, 2.6, None), (4.0, None, None), (None, None, None)),
    ],
)
def test_a_gap_is_target_less_level_to_one_decimal(
    target: float | None, level: float | None, gap: float | None
) -> None:
    assert gap_between(target, level) == gap


def _places(**gaps: float | None) -> dict[str, int]:
    ranked = rank_by_gap([Gap(name, gap) for name, gap in gaps.items()])
    return {one.perspective_id: one.place for one in ranked}


def test_the_largest_gap_comes_first() -> None:
    assert list(_places(a=0.5, b=1.5, c=1.0).items()) == [("b", 1), ("c", 2), ("a", 3)]


def test_equal_gaps_share_a_place_and_the_next_place_is_left_free() -> None:
    assert _places(a=1.0, b=1.5, c=1.0, d=0.2) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert _places(a=1.0, b=1.0) == {"a": 1, "b": 1}


def test_what_has_no_gap_has_no_place() -> None:
    assert _places(a=None, b=0.3) == {"b": 1}
    assert _places() == {}


@given(st.dictionaries(NAMES, TENTHS))
def test_a_place_is_one_more_than_the_number_of_larger_gaps(gaps: dict[str, float]) -> None:
    expected = {name: 1 + sum(other > gap for other in gaps.values()) for name, gap in gaps.items()}
    assert _places(**gaps) == expected


def test_gaps_whose_intervals_overlap_may_take_each_others_places() -> None:
    gaps = [GapWithin("a", 1.0, 2.0), GapWithin("b", 1.5, 2.5), GapWithin("c", 0.1, 0.5)]
    assert possible_places(gaps) == {"a": Places(1, 2), "b": Places(1, 2), "c": Places(3, 3)}


def test_overlapping_is_not_handed_on() -> None:
    gaps = [GapWithin("a", 2.0, 3.0), GapWithin("b", 1.0, 2.2), GapWithin("c", 0.5, 1.2)]
    assert possible_places(gaps) == {"a": Places(1, 2), "b": Places(1, 3), "c": Places(2, 3)}


@given(st.dictionaries(NAMES, TENTHS))
def test_certain_gaps_take_the_places_of_the_plain_ranking(gaps: dict[str, float]) -> None:
    places = possible_places([GapWithin(name, gap, gap) for name, gap in gaps.items()])
    assert {name: one.first for name, one in places.items()} == _places(**gaps)


@pytest.mark.parametrize(
    ("levels", "mean"),
    [([2.0, 3.0], 2.5), ([2.0, 2.1], 2.1), ([3.0], 3.0), ([2.0, None], None), ([], None)],
)
def test_a_mean_needs_every_perspective(levels: list[float | None], mean: float | None) -> None:
    assert mean_level(levels) == mean


@pytest.mark.parametrize(
    ("level", "stands"), [(1.0, True), (5.0, True), (0.99, False), (5.01, False), (3, True)]
)
def test_levels_are_from_one_to_five(level: float, stands: bool) -> None:
    assert on_scale(level) is stands


def _reading(level: float, half: float, respondents: int | None = 50) -> Reading:
    return Reading(level, level - half, level + half, respondents, 1000)


@pytest.mark.parametrize(
    ("earlier", "later", "label"),
    [
        (_reading(2.5, 0.1), _reading(3.0, 0.1), ChangeLabel.ROSE),
        (_reading(3.0, 0.1), _reading(2.5, 0.1), ChangeLabel.FELL),
        (_reading(2.5, 0.05), _reading(2.5, 0.05), ChangeLabel.UNCHANGED),
        (_reading(2.5, 0.5), _reading(3.0, 0.5), ChangeLabel.INCONCLUSIVE),
        (_reading(2.5, 0.02), _reading(2.6, 0.02), ChangeLabel.UNCHANGED),
        (_reading(2.5, 0.1), _reading(3.0, 0.1, respondents=9), ChangeLabel.INCONCLUSIVE),
        (_reading(2.5, 0.1), _reading(3.0, 0.1, respondents=None), ChangeLabel.INCONCLUSIVE),
        (Reading(2.5), Reading(4.5), ChangeLabel.INCONCLUSIVE),
    ],
)
def test_a_change_is_called_what_its_interval_allows(
    earlier: Reading, later: Reading, label: ChangeLabel
) -> None:
    assert change_between(earlier, later).label is label


def test_the_difference_is_told_even_when_nothing_may_be_concluded() -> None:
    assert change_between(Reading(2.5), Reading(3.1)).difference == 0.6


@pytest.mark.parametrize(
    ("estimate", "staff", "difference", "label"),
    [
        (3.5, Reading(2.9, 2.8, 3.0), 0.6, EstimateLabel.HIGHER),
        (2.5, Reading(2.9, 2.8, 3.0), -0.4, EstimateLabel.LOWER),
        (3.0, Reading(2.9, 2.8, 3.0), 0.1, EstimateLabel.ALIKE),
        (3.2, Reading(2.9, 2.6, 3.2), 0.3, EstimateLabel.ALIKE),
        (3.0, Reading(2.9, 2.85, 2.95), 0.1, EstimateLabel.ALIKE),
        (3.1, Reading(2.9), 0.2, EstimateLabel.HIGHER),
    ],
)
def test_an_estimate_differs_when_it_is_outside_the_interval_and_by_a_fifth_of_a_level(
    estimate: float, staff: Reading, difference: float, label: EstimateLabel
) -> None:
    finding = compare_estimate(estimate, staff)
    assert (finding.difference, finding.label) == (difference, label)


def test_the_nearer_the_level_may_be_to_the_target_the_smaller_the_gap() -> None:
    assert gap_within("a", 4.0, 2.6, (2.5, 2.7)) == GapWithin("a", 1.3, 1.5)
    assert gap_within("a", 4.0, 2.6) == GapWithin("a", 1.4, 1.4)
