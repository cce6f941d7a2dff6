"""How figures are rounded and masked, and what that leaves possible."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..figures import (
    Figure,
    Side,
    mean_figure,
    same_mean,
    same_share,
    share_bounds,
    share_figure,
    supposed_mean,
    supposed_shares,
)

SIZES = st.integers(1, 3000)


@pytest.mark.parametrize(
    ("total", "n", "figure"),
    [
        (32, 10, Figure(3.2)),
        (65, 20, Figure(3.3)),
        (5, 5, Figure(1.5, Side.UNDER)),
        (7, 5, Figure(1.5, Side.UNDER)),
        (15, 10, Figure(1.5)),
        (45, 10, Figure(4.5)),
        (46, 10, Figure(4.5, Side.OVER)),
        (25, 5, Figure(4.5, Side.OVER)),
    ],
)
def test_a_mean_has_one_decimal_and_is_a_bound_near_the_ends(
    total: int, n: int, figure: Figure
) -> None:
    assert mean_figure(total, n) == figure


@pytest.mark.parametrize(
    ("n", "bounds"),
    [
        (10, (15, 75)),
        (11, (10, 80)),
        (13, (10, 80)),
        (14, (10, 85)),
        (20, (10, 85)),
        (21, (5, 90)),
        (40, (5, 90)),
        (41, (5, 95)),
        (1000, (5, 95)),
    ],
)
def test_shares_are_masked_further_from_the_ends_in_small_groups(
    n: int, bounds: tuple[int, int]
) -> None:
    assert share_bounds(n) == bounds


@pytest.mark.parametrize(
    ("count", "n", "figure"),
    [
        (0, 100, Figure(5, Side.UNDER)),
        (4, 100, Figure(5, Side.UNDER)),
        (5, 100, Figure(5)),
        (1, 8, Figure(15, Side.UNDER)),
        (33, 80, Figure(41)),
        (95, 100, Figure(95)),
        (96, 100, Figure(95, Side.OVER)),
        (100, 100, Figure(95, Side.OVER)),
        (10, 12, Figure(80, Side.OVER)),
    ],
)
def test_a_share_is_whole_per_cent_and_a_bound_near_the_ends(
    count: int, n: int, figure: Figure
) -> None:
    assert share_figure(count, n) == figure


@given(st.integers(10, 3000))
def test_a_bound_never_says_that_nobody_or_that_everybody_answered_so(n: int) -> None:
    nobody, everybody = share_figure(0, n), share_figure(n, n)
    assert share_figure(1, n) == nobody
    assert share_figure(n - 1, n) == share_figure(n - 2, n) == everybody


@given(st.data(), SIZES)
def test_the_sums_behind_a_mean_are_all_that_are_published_like_it(
    data: st.DataObject, n: int
) -> None:
    total = data.draw(st.integers(n, 5 * n))
    low, high = same_mean(total, n)
    figure = mean_figure(total, n)
    assert low <= total <= high
    assert mean_figure(low, n) == mean_figure(high, n) == figure
    assert low == n or mean_figure(low - 1, n) != figure
    assert high == 5 * n or mean_figure(high + 1, n) != figure


@given(st.data(), SIZES)
def test_the_counts_behind_a_share_are_all_that_are_published_like_it(
    data: st.DataObject, n: int
) -> None:
    count = data.draw(st.integers(0, n))
    low, high = same_share(count, n)
    figure = share_figure(count, n)
    assert low <= count <= high
    assert share_figure(low, n) == share_figure(high, n) == figure
    assert low == 0 or share_figure(low - 1, n) != figure
    assert high == n or share_figure(high + 1, n) != figure


@given(st.data(), SIZES)
def test_rounding_moves_a_mean_by_at_most_half_a_tenth(data: st.DataObject, n: int) -> None:
    total = data.draw(st.integers(n, 5 * n))
    figure = mean_figure(total, n)
    if not figure.is_masked:
        assert abs(Fraction(str(figure.number)) - Fraction(total, n)) <= Fraction(1, 20)


@given(st.lists(st.integers(0, 400), min_size=5, max_size=5).filter(lambda one: sum(one) >= 10))
def test_supposed_shares_sum_to_one_and_stay_near_the_true_ones(counts: list[int]) -> None:
    n = sum(counts)
    shares = supposed_shares(tuple(share_figure(count, n) for count in counts))
    lower, _ = share_bounds(n)
    assert sum(shares) == pytest.approx(1)
    for share, count in zip(shares, counts, strict=True):
        assert share == pytest.approx(count / n, abs=0.02 + lower / 100)


def test_a_masked_mean_is_drawn_midway_between_the_bound_and_the_end() -> None:
    assert supposed_mean(Figure(4.5, Side.OVER)) == 4.75
    assert supposed_mean(Figure(1.5, Side.UNDER)) == 1.25
    assert supposed_mean(Figure(3.4)) == 3.4
