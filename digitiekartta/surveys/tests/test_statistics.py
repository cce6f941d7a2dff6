"""The statistics against an independent implementation (scipy), and the method page's values."""

from __future__ import annotations

import math

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from ..statistics import (
    Agreement,
    Distribution,
    Movement,
    agreement,
    agreement_of,
    change_interval,
    half_width,
    half_width_from,
    movement,
    pooled,
    t_quantile,
    weighted_mean,
    welch_interval,
)

COUNTS = st.tuples(*[st.integers(0, 60)] * 5)
DISTRIBUTIONS = st.builds(Distribution, COUNTS, st.integers(0, 20))


def levels(distribution: Distribution) -> list[int]:
    return [level for level, count in enumerate(distribution.counts, 1) for _ in range(count)]


@pytest.mark.parametrize(
    ("headcount", "n", "half"), [(8, 5, 0.72), (40, 30, 0.18), (300, 120, 0.13), (1000, 300, 0.09)]
)
def test_intervals_are_as_wide_as_the_method_page_says(headcount: int, n: int, half: float) -> None:
    assert half_width_from(0.95**2, n, headcount) == pytest.approx(half, abs=0.005)


@pytest.mark.parametrize("freedom", [1, 1.5, 2, 3, 4.7, 9, 29, 119, 299, 2500])
@pytest.mark.parametrize("probability", [0.6, 0.9, 0.95, 0.975, 0.995])
def test_the_t_quantile_is_scipys(probability: float, freedom: float) -> None:
    expected = stats.t.ppf(probability, freedom)
    assert t_quantile(probability, freedom) == pytest.approx(expected, rel=1e-8)


@settings(deadline=None)
@given(DISTRIBUTIONS)
def test_mean_and_variance_are_numpys(distribution: Distribution) -> None:
    assume(distribution.n > 1)
    assert distribution.mean == pytest.approx(numpy.mean(levels(distribution)))
    assert distribution.variance == pytest.approx(numpy.var(levels(distribution), ddof=1))


@settings(deadline=None)
@given(DISTRIBUTIONS)
def test_the_half_width_of_an_endless_staff_is_scipys(distribution: Distribution) -> None:
    assume(distribution.n > 1 and (distribution.variance or 0) > 0)
    expected = stats.t.interval(
        0.95, distribution.n - 1, distribution.mean, stats.sem(levels(distribution))
    )
    half = half_width(distribution, 10**12)
    assert half == pytest.approx((expected[1] - expected[0]) / 2, rel=1e-6)


@given(DISTRIBUTIONS, st.integers(0, 500))
def test_the_half_width_shrinks_with_the_share_that_answered(
    distribution: Distribution, more: int
) -> None:
    assume(distribution.n > 1)
    n = distribution.n
    some, endless = half_width(distribution, n + more), half_width(distribution, 10**12)
    assert some is not None
    assert endless is not None
    assert some == pytest.approx(endless * math.sqrt(1 - n / (n + more)), abs=1e-9)
    assert half_width(distribution, n - 1) == half_width(distribution, n) == 0


@settings(deadline=None)
@given(DISTRIBUTIONS, DISTRIBUTIONS)
def test_the_interval_of_a_change_is_scipys_welch(
    before: Distribution, after: Distribution
) -> None:
    assume(before.n > 1 and after.n > 1)
    assume((before.variance or 0) + (after.variance or 0) > 0)
    expected = stats.ttest_ind(levels(after), levels(before), equal_var=False)
    low, high = expected.confidence_interval(0.95)
    assert change_interval(before, after) == pytest.approx((low, high), rel=1e-6, abs=1e-6)


def test_without_two_answers_there_is_no_interval() -> None:
    lone, some = Distribution((0, 0, 1, 0, 0)), Distribution((0, 1, 2, 0, 0))
    assert half_width(lone, 10) is None
    assert change_interval(lone, some) is None
    assert change_interval(some, lone) is None


def test_a_change_between_two_unanimous_groups_is_certain_but_for_rounding() -> None:
    four, three = Distribution((0, 0, 0, 9, 0)), Distribution((0, 0, 9, 0, 0))
    assert change_interval(three, four) == (1.0, 1.0)
    low, high = welch_interval(1.0, (0.0, 9), (0.0, 9), known=0.01)
    assert (low, high) == pytest.approx((1 - 0.196, 1 + 0.196))


def test_what_rounding_adds_makes_an_interval_wider() -> None:
    plain = welch_interval(0.3, (0.9, 300), (0.9, 300))
    rounded = welch_interval(0.3, (0.9, 300), (0.9, 300), known=2 * 0.01 / 12)
    assert rounded[0] < plain[0] < plain[1] < rounded[1]


@pytest.mark.parametrize(
    ("change", "interval", "label"),
    [
        (0.4, (0.1, 0.7), Movement.RISEN),
        (-0.4, (-0.7, -0.1), Movement.FALLEN),
        (0.2, (0.05, 0.35), Movement.RISEN),
        (0.1, (0.02, 0.18), Movement.UNCHANGED),
        (-0.1, (-0.15, -0.05), Movement.UNCHANGED),
        (0.0, (-0.1, 0.1), Movement.UNCHANGED),
        (0.1, (-0.1, 0.3), Movement.UNCERTAIN),
        (0.4, (-0.1, 0.9), Movement.UNCERTAIN),
        (0.0, (-0.2, 0.2), Movement.UNCERTAIN),
        (0.4, None, Movement.UNCERTAIN),
    ],
)
def test_a_change_is_called_real_only_if_it_is_certain_and_large_enough(
    change: float, interval: tuple[float, float] | None, label: Movement
) -> None:
    assert movement(change, interval) is label


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ((0, 0, 10, 0, 0), Agreement.UNITED),
        ((0, 1, 5, 3, 1), Agreement.UNITED),
        ((1, 2, 4, 2, 1), Agreement.VARIED),
        ((2, 2, 2, 2, 2), Agreement.DIVIDED),
        ((4, 0, 0, 0, 6), Agreement.DIVIDED),
        ((2, 2, 1, 2, 3), Agreement.DIVIDED),
        ((1, 2, 3, 2, 2), Agreement.VARIED),
        ((0, 2, 6, 2, 0), Agreement.UNITED),
    ],
)
def test_agreement_is_named(counts: tuple[int, int, int, int, int], label: Agreement) -> None:
    assert agreement(Distribution(counts)) is label


@given(COUNTS)
def test_agreement_does_not_depend_on_the_direction_of_the_scale(
    counts: tuple[int, int, int, int, int],
) -> None:
    assume(sum(counts))
    turned = Distribution((counts[4], counts[3], counts[2], counts[1], counts[0]))
    assert agreement(Distribution(counts)) is agreement(turned)
    assert agreement_of([one / sum(counts) for one in counts]) is agreement(Distribution(counts))


def test_nobodys_answers_have_no_mean_and_no_agreement() -> None:
    nobody = Distribution((0, 0, 0, 0, 0), dont_know=3)
    assert (nobody.mean, nobody.variance, agreement(nobody)) == (None, None, None)


def test_a_mean_is_weighted_by_headcount_and_groups_without_answers_are_left_out() -> None:
    low, high = Distribution((0, 10, 0, 0, 0)), Distribution((0, 0, 0, 2, 0))
    nobody = Distribution((0, 0, 0, 0, 0))
    assert weighted_mean([(low, 100), (high, 300), (nobody, 50)]) == 3.5
    assert pooled([low, high]).mean == pytest.approx(2.333, abs=0.001)
    assert weighted_mean([(nobody, 50)]) is None


@given(st.lists(st.tuples(DISTRIBUTIONS, st.integers(1, 500)), min_size=1, max_size=6))
def test_a_weighted_mean_lies_between_the_groups_means(
    groups: list[tuple[Distribution, int]],
) -> None:
    means = [one.mean for one, _ in groups if one.mean is not None]
    assume(means)
    weighted = weighted_mean(groups)
    assert weighted is not None
    assert min(means) - 1e-9 <= weighted <= max(means) + 1e-9


@given(st.lists(DISTRIBUTIONS, max_size=5))
def test_pooling_adds_everybody(parts: list[Distribution]) -> None:
    together = pooled(parts)
    assert together.n == sum(one.n for one in parts)
    assert together.total == sum(one.total for one in parts)
    assert together.dont_know == sum(one.dont_know for one in parts)


@pytest.mark.parametrize(
    ("counts", "dont_know"), [((1, 2, 3, 4), 0), ((1, 2, 3, 4, -1), 0), ((1, 2, 3, 4, 5), -1)]
)
def test_counts_are_five_and_none_is_negative(counts: tuple[int, ...], dont_know: int) -> None:
    with pytest.raises(ValueError, match="five counts"):
        Distribution(counts, dont_know)  # type: ignore[arg-type]
