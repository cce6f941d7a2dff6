"""How an action's schedule is drawn on the half-years of a roadmap's period.

A lane has a column for each half-year: the bar of the valid schedule, the original schedule where
it moved, the tail of a late action, and the word of its situation. The word is never cut: where
the bar is narrower than the word, it stands beside the bar or under it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digitiekartta.municipalities.rules import HalfYear, Span

from ..plan.entities import Action
from ..rules import Situation

MOST_COLUMNS = 24
"""Twelve years: more columns than this are not drawn."""

STEPS = (8, 12, 16, 20, 24, 28, 32, 40, 48, 60)
"""Widths of a lane, in rem, from which a word may stand inside its bar; the stylesheet has them."""

SMALLEST = 17.0
"""The width in rem of a lane on the narrowest screen, 320 px."""

_LETTER, _INSIDE, _OUTSIDE = 0.46, 2.3, 0.9
"""The width of a letter, and what a word takes beside itself in its bar and out of it, in rem."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that lanes show, in the reader's language."""

    situations: Mapping[Situation, str]
    late: str
    recurring: str
    percent: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Columns:
    """The half-years of a period as columns, counted from 1."""

    period: Span
    now: int | None

    @property
    def count(self) -> int:
        return min(len(self.period), MOST_COLUMNS)

    @property
    def classes(self) -> str:
        """How many columns there are and which one goes on, as the stylesheet names it."""
        return f"of-{self.count}" + (f" now-{self.now}" if self.now is not None else "")

    @property
    def halves(self) -> tuple[HalfYear, ...]:
        return tuple(self.period)[: self.count]

    @property
    def years(self) -> tuple[tuple[int, Place], ...]:
        """Each year with the columns that it has."""
        places: dict[int, Place] = {}
        for column, half in enumerate(self.halves, start=1):
            known = places.get(half.year)
            places[half.year] = Place(known.first, 2) if known else Place(column, 1)
        return tuple(places.items())

    def place(self, span: Span | None) -> Place | None:
        """Where a span stands, cut to the period; None where none of it is inside."""
        if span is None:
            return None
        first = span.first.ordinal - self.period.first.ordinal + 1
        last = span.last.ordinal - self.period.first.ordinal + 1
        start, end = max(first, 1), min(last, self.count)
        return Place(start, end - start + 1, last > self.count) if start <= end else None


@dataclass(frozen=True, slots=True)
class Place:
    """The first column, how many there are, and whether it would go on past the period."""

    first: int
    width: int
    goes_on: bool = False

    @property
    def after(self) -> int:
        return self.first + self.width


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane. ``step`` is the width in rem from which the word fits in the bar, 0 for never.

    ``aside`` tells where the word stands otherwise: ``right`` of the bar, ``left`` of it, ``below``
    it or ``below-end``, under it at the lane's end; from the column ``edge`` on (up to it on the
    left).
    """

    situation: Situation
    word: str
    span: Span
    original: Span | None
    overrun: Span | None
    recurring: bool
    late: bool
    bar: Place | None
    ghost: Place | None
    tail: Place | None
    step: int
    aside: str
    edge: int


def columns_of(period: Span, now: HalfYear) -> Columns:
    """The columns of a period; ``now`` is None where the day is outside it."""
    at = now.ordinal - period.first.ordinal + 1
    columns = Columns(period, None)
    return Columns(period, at if 1 <= at <= columns.count else None)


class Lanes:
    """The lanes of many actions: those that look alike are drawn once.

    ``drawn`` are the different ones, in the order in which they were met.
    """

    def __init__(self, columns: Columns, words: Words) -> None:
        self._columns = columns
        self._words = words
        self._known: dict[tuple[object, ...], int] = {}
        self.drawn: list[Lane] = []

    def place_of(self, action: Action) -> int:
        """The place of the action's lane in ``drawn``."""
        key = (
            action.situation,
            _ends(action.span),
            _ends(action.original),
            action.overrun is None or _ends(action.overrun),
            action.recurring,
            action.late,
            action.percentage,
        )
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = len(self.drawn)
            self.drawn.append(lane_of(action, self._columns, self._words))
        return place


def _ends(span: Span) -> tuple[int, int, int, int]:
    return span.first.year, span.first.half, span.last.year, span.last.half


def lane_of(action: Action, columns: Columns, words: Words) -> Lane:
    """The lane of one action."""
    bar = columns.place(action.span)
    tail = columns.place(action.overrun)
    word = _word(action, words)
    ghost = columns.place(action.original) if action.moved else None
    taken = [one for one in (bar, tail, ghost) if one is not None]
    step, aside, edge = _where_the_word_stands(word, bar, taken, columns.count)
    return Lane(
        situation=action.situation,
        word=word,
        span=action.span,
        original=action.original if action.moved else None,
        overrun=action.overrun,
        recurring=action.recurring,
        late=action.late,
        bar=bar,
        ghost=ghost,
        tail=tail,
        step=step,
        aside=aside,
        edge=edge,
    )


def _word(action: Action, words: Words) -> str:
    parts = [words.situations[action.situation]]
    if action.late and action.situation is not Situation.LATE:
        parts.append(words.late)
    if action.percentage is not None and action.situation in (Situation.ONGOING, Situation.LATE):
        parts.append(words.percent(action.percentage))
    if action.recurring and action.situation in (Situation.ONGOING, Situation.NOT_BEGUN):
        parts.append(words.recurring)
    return ", ".join(parts)


def _where_the_word_stands(
    word: str, bar: Place | None, taken: list[Place], count: int
) -> tuple[int, str, int]:
    if bar is None:
        return 0, "below", 1
    inside = (len(word) * _LETTER + _INSIDE) * count / bar.width
    step = next((one for one in STEPS if inside <= one), 0)
    outside = (len(word) * _LETTER + _OUTSIDE) * count

    def fits(columns: int) -> bool:
        return columns > 0 and outside / columns <= SMALLEST

    after = max(one.after for one in taken)
    if fits(count - after + 1):
        return step, "right", after
    before = min(one.first for one in taken)
    if fits(before - 1):
        return step, "left", before
    return step, "below" if fits(count - bar.first + 1) else "below-end", bar.first
