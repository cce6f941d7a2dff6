"""The statistics of a round: means, intervals, agreement and change. Pure; no Django.

The method is that of docs/survey-method.md. Levels are 1–5. Results are checked in the tests
against an independent implementation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

LEVELS = (1, 2, 3, 4, 5)
REAL_CHANGE = 0.2
"""The smallest change, in levels, that is called one."""


class Agreement(StrEnum):
    """How alike the answers of one group are."""

    UNITED = "united"
    VARIED = "varied"
    DIVIDED = "divided"


class Movement(StrEnum):
    """What may be said of a change between two rounds."""

    RISEN = "risen"
    UNCHANGED = "unchanged"
    FALLEN = "fallen"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many answered each level (index 0 is level 1), and how many could not say."""

    counts: tuple[int, int, int, int, int]
    dont_know: int = 0

    def __post_init__(self) -> None:
        if len(self.counts) != len(LEVELS) or min(*self.counts, self.dont_know) < 0:
            raise ValueError("five counts, none below zero")

    def __add__(self, other: Distribution) -> Distribution:
        summed = [a + b for a, b in zip(self.counts, other.counts, strict=True)]
        return Distribution(
            (summed[0], summed[1], summed[2], summed[3], summed[4]),
            self.dont_know + other.dont_know,
        )

    @property
    def n(self) -> int:
        """Answers that have a level."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of the levels."""
        return sum(level * count for level, count in zip(LEVELS, self.counts, strict=True))

    @property
    def mean(self) -> float | None:
        return self.total / self.n if self.n else None

    @property
    def variance(self) -> float | None:
        """The sample variance (n − 1); None under two answers."""
        if self.n < 2:
            return None
        mean = self.total / self.n
        squares = sum(
            count * (level - mean) ** 2 for level, count in zip(LEVELS, self.counts, strict=True)
        )
        return squares / (self.n - 1)


EMPTY = Distribution((0, 0, 0, 0, 0))


def pooled(parts: Sequence[Distribution]) -> Distribution:
    """The distribution of all parts together."""
    return sum(parts, EMPTY)


def half_width(distribution: Distribution, headcount: int) -> float | None:
    """Half the width of the mean's 95 % interval, in levels. None under two answers."""
    variance = distribution.variance
    return None if variance is None else half_width_from(variance, distribution.n, headcount)


def half_width_from(variance: float, n: int, headcount: int) -> float:
    """Half the width of the 95 % interval of the mean of ``n`` answers, at least two, in levels.

    Student's t with n − 1 degrees of freedom and the finite-population correction √(1 − n/N). A
    headcount below n counts as n: everybody answered, nothing is uncertain.
    """
    correction = math.sqrt(max(0.0, 1 - n / max(headcount, n)))
    return t_quantile(0.975, n - 1) * math.sqrt(variance / n) * correction


def change_interval(before: Distribution, after: Distribution) -> tuple[float, float] | None:
    """The 95 % Welch interval of the change of the mean, without finite-population correction.

    The rounds are unpaired. None when either has under two answers.
    """
    v1, v2 = before.variance, after.variance
    if v1 is None or v2 is None or before.mean is None or after.mean is None:
        return None
    return welch_interval(after.mean - before.mean, (v1, before.n), (v2, after.n))


def welch_interval(
    change: float, before: tuple[float, float], after: tuple[float, float], known: float = 0.0
) -> tuple[float, float]:
    """The 95 % Welch interval of a change between two means.

    ``before`` and ``after`` are the variance and the number of answers, above 1; ``known`` is a
    variance of the difference from another source than sampling, such as rounding.
    """
    (v1, n1), (v2, n2) = before, after
    e1, e2 = v1 / n1, v2 / n2
    if e1 + e2 == 0:
        half = 1.96 * math.sqrt(known)
    else:
        freedom = (e1 + e2 + known) ** 2 / (e1**2 / (n1 - 1) + e2**2 / (n2 - 1))
        half = t_quantile(0.975, freedom) * math.sqrt(e1 + e2 + known)
    return change - half, change + half


def movement(change: float, interval: tuple[float, float] | None) -> Movement:
    """Real only when the interval excludes 0 and the change is at least 0.2.

    Unchanged when no change of 0.2 or more is left possible, or what there is is smaller; otherwise
    nothing can be concluded.
    """
    if interval is None:
        return Movement.UNCERTAIN
    low, high = interval
    if low > 0 or high < 0:
        if abs(change) < REAL_CHANGE:
            return Movement.UNCHANGED
        return Movement.RISEN if change > 0 else Movement.FALLEN
    within = low > -REAL_CHANGE and high < REAL_CHANGE
    return Movement.UNCHANGED if within else Movement.UNCERTAIN


def weighted_mean(groups: Sequence[tuple[Distribution, int]]) -> float | None:
    """The mean of groups weighted by their headcounts; groups without answers are left out."""
    known = [(one.mean, headcount) for one, headcount in groups if one.mean is not None]
    weight = sum(headcount for _, headcount in known)
    if not weight:
        return None
    return sum(mean * headcount for mean, headcount in known) / weight


def agreement(distribution: Distribution) -> Agreement | None:
    """How alike the answers are, by :func:`agreement_of`. None without answers."""
    n = distribution.n
    return agreement_of([count / n for count in distribution.counts]) if n else None


def agreement_of(shares: Sequence[float]) -> Agreement:
    """United when three of four answered one level or two neighbouring ones; divided when both ends
    (1–2 and 4–5) hold at least 30 % and the middle less than either; otherwise varied.

    ``shares`` are those of the five levels and sum to 1. Our own rule; the labels are for reading,
    no test is made of them.
    """
    low, middle, high = (round(sum(some), 9) for some in (shares[:2], shares[2:3], shares[3:]))
    if min(low, high) >= 0.3 and middle < min(low, high):
        return Agreement.DIVIDED
    if max(round(a + b, 9) for a, b in pairwise(shares)) >= 0.75:
        return Agreement.UNITED
    return Agreement.VARIED


def t_quantile(probability: float, freedom: float) -> float:
    """The quantile of Student's t: ``probability`` in (0.5, 1), ``freedom`` above 0.

    Found by bisection on the distribution function; accurate to 1e-9.
    """
    low, high = 0.0, 1.0
    while t_distribution(high, freedom) < probability:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if high - low < 1e-12 * max(1.0, high):
            break
        if t_distribution(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_distribution(t: float, freedom: float) -> float:
    """P(T ≤ t) for t ≥ 0 by the regularised incomplete beta function."""
    x = freedom / (freedom + t * t)
    return 1 - 0.5 * incomplete_beta(x, freedom / 2, 0.5)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 400):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            result *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return result
