"""A sector's share: what is ours, who has answered and reported, what comes, how much work."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.roadmaps.rules import Status

from ..queries import Case
from ..rules import days_silent, is_silent, waits_for_answer

HALVES_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Load:
    """Person-days that are estimated for a half-year; ``unknown`` actions have no estimate."""

    half_year: HalfYear
    person_days: int
    actions: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Silence:
    """An action of which nothing has been heard for so many days."""

    case: Case
    days: int


@dataclass(frozen=True, slots=True)
class Concerns:
    """What waits for somebody in a set of actions, in the roadmap's order; the silent ones
    by how long."""

    late: tuple[Case, ...]
    unexplained: tuple[Case, ...]
    silent: tuple[Silence, ...]
    without_person: tuple[Case, ...]
    person_left: tuple[Case, ...]
    objected: tuple[Case, ...]
    unanswered: tuple[Case, ...]
    without_party: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class SectorPage:
    """``going`` are the actions that are not over. ``coming`` begin in the next half-year."""

    going: tuple[Case, ...]
    done: int
    accepted: int
    concerns: Concerns
    coming: tuple[Case, ...]
    next_half: HalfYear
    load: tuple[Load, ...]


def concerns_of(cases: Iterable[Case], on: datetime.date, silence_days: int) -> Concerns:
    """What waits for somebody."""
    going = [one for one in cases if not one.facts.is_over]
    late = tuple(one for one in going if one.facts.late)
    silent = [
        Silence(one, days_silent(one.facts, on))
        for one in going
        if is_silent(one.facts, on, silence_days)
    ]
    return Concerns(
        late=late,
        unexplained=tuple(one for one in late if not one.facts.has_reason),
        silent=tuple(sorted(silent, key=lambda one: -one.days)),
        without_person=tuple(one for one in going if not one.facts.has_person),
        person_left=tuple(one for one in going if one.facts.person_left),
        objected=tuple(one for one in going if one.facts.objected),
        unanswered=tuple(one for one in going if waits_for_answer(one.facts, on)),
        without_party=tuple(one for one in going if one.row.responsible is None),
    )


def sector_page(cases: Iterable[Case], on: datetime.date, silence_days: int) -> SectorPage:
    """What a party's page shows on a day."""
    all_of_it = tuple(one for one in cases if not one.facts.cancelled)
    going = tuple(one for one in all_of_it if not one.facts.is_over)
    next_half = HalfYear.of(on).plus(1)
    concerns = concerns_of(going, on, silence_days)
    return SectorPage(
        going=going,
        done=sum(one.facts.status is Status.DONE for one in all_of_it),
        accepted=len(going) - len(concerns.objected) - len(concerns.unanswered),
        concerns=concerns,
        coming=tuple(one for one in going if one.facts.first == next_half),
        next_half=next_half,
        load=_load(going, HalfYear.of(on)),
    )


def _load(going: Iterable[Case], now: HalfYear) -> tuple[Load, ...]:
    """The work of this half-year and the next ones, as far as it has been estimated."""
    halves = [now.plus(place) for place in range(HALVES_AHEAD)]
    days: Counter[HalfYear] = Counter()
    actions: Counter[HalfYear] = Counter()
    unknown: Counter[HalfYear] = Counter()
    for case in going:
        estimated = {one.half_year: one.person_days for one in case.action.parts.work}
        for half in halves:
            if half in case.action.span:
                actions[half] += 1
                unknown[half] += half not in estimated
                days[half] += estimated.get(half, 0)
    return tuple(Load(one, days[one], actions[one], unknown[one]) for one in halves)
