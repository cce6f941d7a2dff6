"""Etusivu: the vision, four honest numbers, the levels, what happened and what is next."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from digitiekartta.municipalities.rules import HalfYear

from ..plan.entities import Action, Decision, Note, Perspective, Plan, Series, Text
from ..rules import Status
from .approval import Approval, approval_of
from .levels import LevelsQuery, Order
from .situations import Situations, count_situations

LATEST = 5
NEXT = 5
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: a progress note on an action, or a decision."""

    on: datetime.date
    action: Action | None = None
    note: Note | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Foreword:
    """The foreword's first paragraph and the rest of it, by language."""

    opening: Text
    rest: Text


@dataclass(frozen=True, slots=True)
class HomePage:
    """``baseline`` and ``latest`` are the rounds whose levels the rows show, where they are one."""

    approval: Approval | None
    situations: Situations
    told_last: datetime.date | None
    levels: tuple[Perspective, ...]
    baseline: Series | None
    latest: Series | None
    happenings: tuple[Happening, ...]
    next: tuple[Action, ...]
    foreword: Foreword | None

    @property
    def has_levels(self) -> bool:
        return any(one.points or one.target is not None for one in self.levels)

    @property
    def levels_order(self) -> str:
        """The query by which Tasot stands in the same order as the levels here."""
        return LevelsQuery(order=Order.REMAINING).address() if self.has_levels else ""

    @property
    def levels_are_examples(self) -> bool:
        return any(one.latest is not None and one.latest.series.example for one in self.levels)

    @property
    def has_intervals(self) -> bool:
        return any(one.latest is not None and one.latest.lower is not None for one in self.levels)


def home_page(plan: Plan) -> HomePage:
    return HomePage(
        approval=approval_of(plan),
        situations=count_situations(plan.actions),
        told_last=_told_last(plan.actions),
        levels=by_remaining(plan.perspectives),
        baseline=_only(one.baseline.series for one in plan.perspectives if one.baseline),
        latest=_only(one.latest.series for one in plan.perspectives if one.latest),
        happenings=_happenings(plan),
        next=begins_next(plan.actions, plan.now),
        foreword=_foreword(plan.roadmap.foreword),
    )


def by_remaining(perspectives: Iterable[Perspective]) -> tuple[Perspective, ...]:
    """The perspectives, the largest distance to the target first; those without one last."""
    return tuple(
        sorted(
            perspectives,
            key=lambda one: (one.remaining is None, -(one.remaining or 0), one.number),
        )
    )


def begins_next(actions: Iterable[Action], now: HalfYear) -> tuple[Action, ...]:
    """What has not begun and begins in this half-year or the next, or else in the first to come.

    What should have begun earlier is not next: it is late, or waits for money.
    """
    coming = [
        one
        for one in actions
        if one.status is Status.NOT_STARTED and not one.cancelled and one.span.first >= now
    ]
    coming.sort(key=lambda one: (one.span.first, one.rank, one.serial))
    soon = [one for one in coming if one.span.first <= now.plus(1)]
    return tuple((soon or [one for one in coming if one.span.first == coming[0].span.first])[:NEXT])


def _told_last(actions: Iterable[Action]) -> datetime.date | None:
    days = (note.noted_on for action in actions for note in action.parts.notes[:1])
    return max(days, default=None)


def _only(series: Iterable[Series]) -> Series | None:
    """The round that all of them are; None where there are none or several."""
    found = {one.id: one for one in series}
    return next(iter(found.values())) if len(found) == 1 else None


def _happenings(plan: Plan) -> tuple[Happening, ...]:
    notes = [
        Happening(note.noted_on, action=action, note=note)
        for action in plan.actions
        for note in action.parts.notes[:LATEST]
    ]
    decisions = [Happening(one.decided_on, decision=one) for one in plan.decisions]
    happened = sorted([*notes, *decisions], key=lambda one: one.on, reverse=True)
    return tuple(happened[:LATEST])


def _foreword(text: Text) -> Foreword | None:
    if not any(text.values()):
        return None
    parts = {
        language: _PARAGRAPHS.split(written.strip(), maxsplit=1)
        for language, written in text.items()
        if written.strip()
    }
    return Foreword(
        opening={language: one[0] for language, one in parts.items()},
        rest={language: one[1] for language, one in parts.items() if len(one) > 1},
    )
