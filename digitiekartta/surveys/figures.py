"""Published figures: how a mean and a share are rounded and masked, and what they leave possible.

Pure; no Django. A mean is published to one decimal, a share in whole per cent. Near the ends both
are published as a bound ("alle 1,5", "yli 95 %"). The bound must hide more than the end itself: if
"alle 5 %" were written for none at all and "3 %" for one in thirty, it would say "none". So every
share below the bound is masked, and in a small group the bound stands further from the end:

- the lower bound hides at least whether nobody or one person answered so;
- the upper bound hides at least whether all, all but one or all but two answered so. One is not
  enough: in a group under twenty the mean gives the exact sum of the levels, and then one other
  answer would have to be seen in it.

From 41 answers on the bounds are 5 % and 95 %. They depend on the number of answers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LOWEST_MEAN, HIGHEST_MEAN = 1.5, 4.5
"""A mean below the one or above the other is published as that bound."""

STEP = 5
"""Bounds of shares are multiples of this, in per cent."""


class Side(StrEnum):
    """What a figure says: the value itself, or that it is under or over a bound."""

    VALUE = "value"
    UNDER = "under"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number: a mean in levels (1–5) or a share in per cent (0–100)."""

    number: float
    side: Side = Side.VALUE

    @property
    def is_masked(self) -> bool:
        """Whether only a bound is told."""
        return self.side is not Side.VALUE


def mean_figure(total: int, n: int) -> Figure:
    """The mean of ``n`` answers whose levels sum to ``total``, as it is published.

    Halves are rounded up. Raises ZeroDivisionError without answers.
    """
    if total < LOWEST_MEAN * n:
        return Figure(LOWEST_MEAN, Side.UNDER)
    if total > HIGHEST_MEAN * n:
        return Figure(HIGHEST_MEAN, Side.OVER)
    return Figure((20 * total + n) // (2 * n) / 10)


def same_mean(total: int, n: int) -> tuple[int, int]:
    """The least and the greatest sum of levels that are published just as ``total`` is."""
    low, high = -(-3 * n // 2), 9 * n // 2
    if total < low:
        return n, low - 1
    if total > high:
        return high + 1, 5 * n
    tenths = (20 * total + n) // (2 * n)
    least = -(-(2 * tenths - 1) * n // 20)
    greatest = -(-(2 * tenths + 1) * n // 20) - 1
    return max(low, least), min(high, greatest)


def share_bounds(n: int) -> tuple[int, int]:
    """Under and over which per cents the shares of ``n`` answers are masked."""
    lower = STEP * (100 // (STEP * n) + 1)
    upper = STEP * ((100 * (n - 2) - 1) // (STEP * n))
    return lower, max(lower, min(100 - STEP, upper))


def share_figure(count: int, n: int) -> Figure:
    """The share of ``count`` among ``n`` answers in whole per cent, as it is published.

    Halves are rounded up. Raises ZeroDivisionError without answers.
    """
    lower, upper = share_bounds(n)
    if 100 * count < lower * n:
        return Figure(lower, Side.UNDER)
    if 100 * count > upper * n:
        return Figure(upper, Side.OVER)
    return Figure((200 * count + n) // (2 * n))


def same_share(count: int, n: int) -> tuple[int, int]:
    """The least and the greatest count that are published just as ``count`` is."""
    lower, upper = share_bounds(n)
    low, high = -(-lower * n // 100), upper * n // 100
    if count < low:
        return 0, low - 1
    if count > high:
        return high + 1, n
    percent = (200 * count + n) // (2 * n)
    least = -(-(2 * percent - 1) * n // 200)
    greatest = -(-(2 * percent + 1) * n // 200) - 1
    return max(low, least), min(high, greatest)


def supposed_shares(shares: tuple[Figure, ...]) -> tuple[float, ...]:
    """Shares that sum to 1, supposed from published ones: what is counted from them adds nothing.

    A share under a bound is an equal part of what the others leave, at most the bound; a share over
    one lies midway between the bound and all.
    """
    known = [_supposed(one) for one in shares]
    masked = known.count(None)
    left = max(0.0, 100 - sum(one for one in known if one is not None))
    parts = [
        min(left / masked, share.number) if one is None else one
        for one, share in zip(known, shares, strict=True)
    ]
    whole = sum(parts)
    return tuple(part / whole for part in parts)


def _supposed(share: Figure) -> float | None:
    if share.side is Side.UNDER:
        return None
    return (share.number + 100) / 2 if share.side is Side.OVER else share.number


def supposed_mean(mean: Figure) -> float:
    """A mean to count and draw with: midway between a bound and the end of the scale."""
    ends = {Side.UNDER: 1.0, Side.OVER: 5.0}
    return (mean.number + ends[mean.side]) / 2 if mean.is_masked else mean.number
