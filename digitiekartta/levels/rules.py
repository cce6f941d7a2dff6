"""Gaps, their ranking, and changes between rounds. No Django, no clock."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LOWEST, HIGHEST = 1.0, 5.0


class OffTheScaleError(ValueError):
    """A level outside the scale of 1–5."""


def on_scale(level: float) -> bool:
    """Whether a level is on the scale of 1–5."""
    return LOWEST <= level <= HIGHEST


class SeriesKind(StrEnum):
    """Where measured levels come from."""

    SURVEY = "survey"
    BY_HAND = "by_hand"
    MANAGEMENT_ESTIMATE = "management_estimate"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a level is from its target: levels of the scale, one decimal."""

    perspective_id: str
    gap: float | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A gap and its place, counted from 1. Equal gaps share the place."""

    perspective_id: str
    gap: float
    place: int


def gap_between(target: float | None, level: float | None) -> float | None:
    """Target less level, to one decimal; None when either is missing."""
    return None if target is None or level is None else round(target - level, 1)


def rank_by_gap(gaps: Sequence[Gap]) -> tuple[Ranked, ...]:
    """Largest gap first; equal gaps tied; what has no gap is left out."""
    known = [(one.gap, one.perspective_id) for one in gaps if one.gap is not None]
    known.sort(key=lambda one: -one[0])
    ranked: list[Ranked] = []
    for position, (gap, perspective_id) in enumerate(known, start=1):
        tied = ranked and ranked[-1].gap == gap
        ranked.append(Ranked(perspective_id, gap, ranked[-1].place if tied else position))
    return tuple(ranked)


@dataclass(frozen=True, slots=True)
class GapWithin:
    """A gap and how far it may be from that: the ends of its 95 % interval, equal when unknown."""

    perspective_id: str
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Places:
    """The places, counted from 1, that a perspective's gap may take; one where it is certain."""

    first: int
    last: int


def possible_places(gaps: Sequence[GapWithin]) -> dict[str, Places]:
    """The places of gaps by perspective, largest first. Gaps whose intervals overlap are tied.

    A tie is a span of places rather than a shared one, because overlapping is not transitive: the
    third may tie with the fourth and the fourth with the fifth, but not the third with the fifth.
    """
    return {
        one.perspective_id: Places(
            first=1 + sum(other.lower > one.upper for other in gaps),
            last=len(gaps) - sum(other.upper < one.lower for other in gaps),
        )
        for one in gaps
    }


def gap_within(
    perspective_id: str, target: float, level: float, interval: tuple[float, float] | None = None
) -> GapWithin:
    """The gap by the level's interval: the nearer the level to the target, the smaller the gap."""
    if interval is None:
        gap = round(target - level, 1)
        return GapWithin(perspective_id, gap, gap)
    return GapWithin(perspective_id, round(target - interval[1], 2), round(target - interval[0], 2))


def mean_level(levels: Sequence[float | None]) -> float | None:
    """The plain mean of several perspectives' levels, to one decimal.

    None when one of them is missing: means over different perspectives can't be compared.
    """
    known = [one for one in levels if one is not None]
    if not known or len(known) < len(levels):
        return None
    return math.floor(sum(known) / len(known) * 10 + 0.5 + 1e-9) / 10


class ChangeLabel(StrEnum):
    """What may be said of the change between two rounds."""

    ROSE = "rose"
    UNCHANGED = "unchanged"
    FELL = "fell"
    INCONCLUSIVE = "inconclusive"


SMALLEST_CHANGE = 0.2
FEWEST_FOR_INTERVAL = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A published level with its 95 % interval, and how many answered of how many."""

    level: float
    lower: float | None = None
    upper: float | None = None
    respondents: int | None = None
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class LevelChange:
    """The difference of two levels, its 95 % interval where it can be told, and its label."""

    difference: float
    label: ChangeLabel
    lower: float | None = None
    upper: float | None = None


def change_between(earlier: Reading, later: Reading) -> LevelChange:
    """The change from one round to another, told from the published figures alone.

    The rounds are unpaired, so the interval of the change is Welch's: the root of the squares of
    both rounds' half-widths. A level's interval carries the correction for a finite staff, a
    change's must not; it is taken off with the numbers of respondents and staff. Without
    intervals or those numbers only the difference is known, and nothing is concluded from it.

    Risen or fallen: the interval excludes zero and the difference is at least 0.2. Unchanged: the
    whole interval is nearer to zero than 0.2. Otherwise inconclusive.
    """
    difference = round(later.level - earlier.level, 1)
    spreads = [_uncorrected(one) for one in (earlier, later)]
    if None in spreads:
        return LevelChange(difference, ChangeLabel.INCONCLUSIVE)
    half = math.hypot(*(one for one in spreads if one is not None))
    middle = _middle(later) - _middle(earlier)
    lower, upper = round(middle - half, 2), round(middle + half, 2)
    return LevelChange(difference, _label(difference, lower, upper), lower, upper)


def _label(difference: float, lower: float, upper: float) -> ChangeLabel:
    if lower > 0 and difference >= SMALLEST_CHANGE:
        return ChangeLabel.ROSE
    if upper < 0 and difference <= -SMALLEST_CHANGE:
        return ChangeLabel.FELL
    if lower > -SMALLEST_CHANGE and upper < SMALLEST_CHANGE:
        return ChangeLabel.UNCHANGED
    return ChangeLabel.INCONCLUSIVE


def _middle(one: Reading) -> float:
    # Less rounded than the level, which is published to one decimal.
    return one.level if one.lower is None or one.upper is None else (one.lower + one.upper) / 2


def _uncorrected(one: Reading) -> float | None:
    """The half-width of a level's interval without the correction for a finite staff."""
    if one.lower is None or one.upper is None or not one.respondents or not one.headcount:
        return None
    if not FEWEST_FOR_INTERVAL <= one.respondents < one.headcount:
        return None
    return (one.upper - one.lower) / 2 / math.sqrt(1 - one.respondents / one.headcount)


class EstimateLabel(StrEnum):
    """How the management team's estimate of today's level lies to the staff's rating."""

    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class EstimateFinding:
    """The management team's estimate less the staff's rating, to one decimal, and its label."""

    difference: float
    label: EstimateLabel


def compare_estimate(estimate: float, staff: Reading) -> EstimateFinding:
    """What may be said of the management team's estimate beside the staff's rating.

    An estimate is one figure that people agreed on, so it has no interval. It is called higher or
    lower when it differs by at least 0.2, the smallest change that is named, and lies outside the
    staff's interval where there is one.
    """
    difference = round(estimate - staff.level, 1)
    inside = (
        staff.lower is not None
        and staff.upper is not None
        and staff.lower <= estimate <= staff.upper
    )
    if inside or abs(difference) < SMALLEST_CHANGE:
        return EstimateFinding(difference, EstimateLabel.ALIKE)
    label = EstimateLabel.HIGHER if difference > 0 else EstimateLabel.LOWER
    return EstimateFinding(difference, label)
