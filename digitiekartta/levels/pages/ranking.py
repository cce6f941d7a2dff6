"""The perspectives in the order of their gaps, and how far their places move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..models import Priority
from ..queries import Standing
from ..rules import GapWithin, Places, gap_between, gap_within, possible_places
from ..weighing import Weighed, Weighting, sensitivity, weigh, weights_of


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A perspective in the ranking. ``places`` may be several: gaps that overlap are tied.

    ``weighed_places`` are those of gap × importance by the even weighting.
    """

    standing: Standing
    gap: float
    within: GapWithin
    places: Places
    importance: int | None
    weighed_places: Places | None
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class RankingPage:
    """``unranked`` lack a target or a baseline. ``weightings`` are those that were tried."""

    rows: tuple[RankedRow, ...]
    unranked: tuple[Standing, ...]
    removed: tuple[Priority, ...]
    has_importance: bool
    weightings: tuple[Weighting, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A perspective whose gap is known."""

    id: str
    standing: Standing
    gap: float
    within: GapWithin
    importance: int | None


def ranking_page(standings: Sequence[Standing]) -> RankingPage:
    """The ranking: by gap × importance where importance was ranked for all, else by gap."""
    known = [_known(one) for one in standings]
    ranked = [one for one in known if one is not None]
    gaps = [one.within for one in ranked]
    plain = {one.id: one.gap for one in ranked}
    order = _order(ranked)
    places = possible_places(gaps)
    heavy = possible_places(weigh(gaps, weights_of(order, Weighting.LINEAR)))
    moved = sensitivity(plain, order)
    rows = [
        RankedRow(
            standing=one.standing,
            gap=one.gap,
            within=one.within,
            places=places[one.id],
            importance=one.importance if order else None,
            weighed_places=heavy.get(one.id) if order else None,
            weighed=moved[one.id],
        )
        for one in ranked
    ]
    return RankingPage(
        rows=tuple(sorted(rows, key=_place)),
        unranked=tuple(one for one, it in zip(standings, known, strict=True) if it is None),
        removed=_removed(standings),
        has_importance=bool(order),
        weightings=tuple(Weighting) if order else (),
    )


def _place(row: RankedRow) -> tuple[float, float, int]:
    if row.weighed_places is not None:
        middle = row.weighed_places.first + row.weighed_places.last
        return middle / 2, row.weighed.by_weighting[Weighting.LINEAR], row.standing.number
    return -row.gap, 0, row.standing.number


def _removed(standings: Iterable[Standing]) -> tuple[Priority, ...]:
    return tuple(one.priority for one in standings if one.priority and one.priority.removed)


def _order(known: Sequence[_Known]) -> list[str]:
    """The forced ranking, the most important first; none unless every one has a place."""
    placed = [(one.importance, one.id) for one in known if one.importance is not None]
    return [id for _place, id in sorted(placed)] if len(placed) == len(known) else []


def _known(one: Standing) -> _Known | None:
    if one.target is None or one.baseline is None:
        return None
    target, level = float(one.target.level), float(one.baseline.value)
    lower, upper = one.baseline.lower, one.baseline.upper
    interval = None if lower is None or upper is None else (float(lower), float(upper))
    id = str(one.perspective.pk)
    return _Known(
        id=id,
        standing=one,
        gap=gap_between(target, level) or 0.0,
        within=gap_within(id, target, level, interval),
        importance=one.target.importance,
    )
