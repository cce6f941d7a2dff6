"""Gap × importance, and how far a place moves under other weights. Pure: no Django, no clock.

Importance is a forced ranking: every perspective has a place of its own. What the places weigh is a
convention, so the page shows several. LINEAR is the rank-sum rule (Stillwell, Seaver & Edwards
1981), STEEP the rank-order centroid (Barron & Barrett 1996); MILD is our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .rules import Gap, GapWithin, Places, rank_by_gap

LESS, MORE = 0.75, 1.25


class Weighting(StrEnum):
    """How much more the important weighs than the less important."""

    EQUAL = "equal"
    MILD = "mild"
    LINEAR = "linear"
    STEEP = "steep"


class Steadiness(StrEnum):
    """How much a place depends on the weights: not at all, by one or two, or more."""

    SAME = "same"
    NEAR = "near"
    MOVES = "moves"


NEAR_PLACES = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A perspective's places, counted from 1: under each weighting, and the span of them all.

    ``alone`` is the span when the perspective alone weighs a quarter less or more than the others.
    """

    by_weighting: Mapping[Weighting, int]
    span: Places
    alone: Places

    @property
    def whole(self) -> Places:
        """The span of every weight that was tried."""
        return Places(min(self.span.first, self.alone.first), max(self.span.last, self.alone.last))

    @property
    def steadiness(self) -> Steadiness:
        moved = self.whole.last - self.whole.first
        if not moved:
            return Steadiness.SAME
        return Steadiness.NEAR if moved <= NEAR_PLACES else Steadiness.MOVES


def weights_of(order: Sequence[str], weighting: Weighting) -> dict[str, float]:
    """The weights of perspectives, the most important first. Their mean is 1.

    MILD: evenly from 2 for the first to 1 for the last. LINEAR: n, n − 1, … 1. STEEP: the centroid
    of all weights in that order, 1/n × (1/p + 1/(p + 1) + … + 1/n) at place p.
    """
    count = len(order)
    raw = {id: _raw_weight(place, count, weighting) for place, id in enumerate(order, start=1)}
    mean = sum(raw.values()) / count if count else 1.0
    return {id: weight / mean for id, weight in raw.items()}


def _raw_weight(place: int, count: int, weighting: Weighting) -> float:
    if weighting is Weighting.EQUAL:
        return 1.0
    if weighting is Weighting.MILD:
        return 2 - (place - 1) / (count - 1) if count > 1 else 1.0
    if weighting is Weighting.LINEAR:
        return float(count + 1 - place)
    return sum(1 / one for one in range(place, count + 1)) / count


def weigh(gaps: Sequence[GapWithin], weights: Mapping[str, float]) -> tuple[GapWithin, ...]:
    """Gaps × weights, with the ends of their intervals. What has no weight is left out.

    A gap of zero or less is not weighed: there is nothing to develop, however important.
    """
    return tuple(
        GapWithin(
            one.perspective_id,
            _times(one.lower, weights[one.perspective_id]),
            _times(one.upper, weights[one.perspective_id]),
        )
        for one in gaps
        if one.perspective_id in weights
    )


def places_of(gaps: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, int]:
    """The plain places of gaps × weights, the largest first; equal ones share a place."""
    products = [Gap(id, _times(gap, weights[id])) for id, gap in gaps.items() if id in weights]
    return {one.perspective_id: one.place for one in rank_by_gap(products)}


def _times(gap: float, weight: float) -> float:
    return round(gap * weight, 6) if gap > 0 else gap


def sensitivity(gaps: Mapping[str, float], order: Sequence[str] = ()) -> dict[str, Weighed]:
    """How far each perspective's place moves under other weights.

    ``order`` is the forced ranking, the most important first; without one the named weightings all
    are equal weights and only ``alone`` tells anything. A perspective that the ranking leaves out
    is left out here too.
    """
    ranked = [id for id in order if id in gaps] or list(gaps)
    kept = {id: gaps[id] for id in ranked}
    tried = tuple(Weighting) if order else (Weighting.EQUAL,)
    by_weighting = {one: places_of(kept, weights_of(ranked, one)) for one in tried}
    return {
        id: Weighed(
            by_weighting={one: places[id] for one, places in by_weighting.items()},
            span=_span([places[id] for places in by_weighting.values()]),
            alone=_alone(kept, id),
        )
        for id in ranked
    }


def _alone(gaps: Mapping[str, float], id: str) -> Places:
    equal = dict.fromkeys(gaps, 1.0)
    return _span([places_of(gaps, {**equal, id: weight})[id] for weight in (LESS, 1.0, MORE)])


def _span(places: Sequence[int]) -> Places:
    return Places(min(places), max(places))
