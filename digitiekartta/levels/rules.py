"""Gaps and their ranking. No Django, no clock. The method is that of the survey-method page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LOWEST, HIGHEST = 1.0, 5.0


class OffTheScaleError(ValueError):
    """A level outside the scale of 1–5."""


def on_scale(level: float) -> bool:
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
