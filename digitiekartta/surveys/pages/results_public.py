"""The published results of a round, as residents and staff read them.

Made of frozen results and the wording that was frozen with the round, and of nothing else.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ..figures import supposed_mean, supposed_shares
from ..protection import Hidden
from ..results import Cell, Change, GroupResult, Results, change
from ..statistics import Movement
from ..wording import Question, Wording
from .rounds_results import GroupView, Line, results_page

Text = Mapping[str, str]
FINE = 1000
"""Into how many parts a bar is cut."""


@dataclass(frozen=True, slots=True)
class Told:
    """A published round: its days, its frozen results and its frozen wording."""

    id: UUID
    name: Text
    opens_on: datetime.date | None
    closes_on: datetime.date | None
    example: bool
    results: Results
    wording: Wording


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A published round in the list of them."""

    told: Told
    whole: GroupResult


class Against(StrEnum):
    """How a question stands to the round before."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Row:
    """A question's result in the whole municipality, and what the round before had.

    ``against`` is None without a round before. ``before`` and ``change`` are there only where the
    same was asked with the same words on the same scale.
    """

    line: Line
    against: Against | None = None
    before: Cell | None = None
    change: Change | None = None

    @property
    def question(self) -> Question:
        return self.line.question

    @property
    def cell(self) -> Cell | None:
        return self.line.cell

    @property
    def interval(self) -> tuple[float, float] | None:
        """The mean's 95 % interval, within the scale; None where there is none."""
        if self.cell is None or self.cell.half_width is None:
            return None
        mean, half = self.cell.shown_mean.number, self.cell.half_width
        return max(1.0, mean - half), min(5.0, mean + half)

    @property
    def place(self) -> float | None:
        """Where the mean is drawn on the scale."""
        return None if self.cell is None else supposed_mean(self.cell.shown_mean)

    @property
    def place_before(self) -> float | None:
        return None if self.before is None else supposed_mean(self.before.shown_mean)

    @property
    def parts(self) -> tuple[int, ...]:
        """The levels' parts of a bar as it is drawn; none without a distribution."""
        if self.cell is None or self.cell.shares is None:
            return ()
        return tuple(round(FINE * share) for share in supposed_shares(self.cell.shares))


@dataclass(frozen=True, slots=True)
class Part:
    """The questions about one's own work, or about the whole, and the mean of their means."""

    group: str
    mean: float | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PublicResults:
    """One round's page."""

    told: Told
    before: Told | None
    rows: tuple[Row, ...]
    groups: tuple[GroupView, ...]

    @property
    def whole(self) -> GroupView:
        """The municipality."""
        return self.groups[0]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The rows by what they are about, in the order that it was asked."""
        names = dict.fromkeys(row.question.group for row in self.rows)
        summaries = self.whole.result.summaries
        return tuple(
            Part(
                name,
                summaries.get(name),
                tuple(row for row in self.rows if row.question.group == name),
            )
            for name in names
        )

    @property
    def strongest(self) -> tuple[Row, ...]:
        """Those with the highest published mean; none where all have the same."""
        return self._at_the(1)

    @property
    def weakest(self) -> tuple[Row, ...]:
        """Those with the lowest published mean; none where all have the same."""
        return self._at_the(-1)

    def _at_the(self, end: int) -> tuple[Row, ...]:
        known = [(row.place, row) for row in self.rows if row.place is not None]
        places = {place for place, _ in known}
        if len(places) < 2:
            return ()
        extreme = max(places, key=lambda place: end * place)
        return tuple(row for place, row in known if place == extreme)

    @property
    def movements(self) -> Mapping[Movement, int]:
        """How many questions moved which way since the round before."""
        return Counter(row.change.movement for row in self.rows if row.change is not None)

    @property
    def is_weighted(self) -> bool:
        return any(row.cell is not None and row.cell.weighted is not None for row in self.rows)

    @property
    def has_intervals(self) -> bool:
        return any(row.interval is not None for row in self.rows)

    @property
    def has_before(self) -> bool:
        """Whether a mean of the round before stands beside one of this."""
        return any(row.before is not None for row in self.rows)

    @property
    def reasons(self) -> tuple[Hidden, ...]:
        """Why means don't show, each reason once."""
        found = {line.hidden for group in self.groups for line in group.lines}
        return tuple(one for one in Hidden if one in found)


def round_lines(told: Iterable[Told]) -> tuple[RoundLine, ...]:
    """The list of published rounds, in the order given."""
    return tuple(RoundLine(one, one.results.root) for one in told)


def public_results(told: Told, before: Told | None = None) -> PublicResults:
    """A round's page; ``before`` is the published round before it."""
    groups = results_page(told.results, told.wording).groups
    rows = tuple(_row(line, told.wording, before) for line in groups[0].lines)
    return PublicResults(told, before, rows, groups)


def _row(line: Line, wording: Wording, before: Told | None) -> Row:
    if before is None:
        return Row(line)
    asked = _asked_before(line.question, before.wording.questions)
    if asked is None:
        return Row(line, Against.NEW)
    if not _same_question(line.question, asked) or not _same_scale(wording, before.wording):
        return Row(line, Against.REWORDED)
    cell = before.results.cell(before.results.root.id, asked.id)
    shown = cell if isinstance(cell, Cell) else None
    return Row(line, Against.SAME, shown, change(shown, line.cell))


def _asked_before(question: Question, asked: Sequence[Question]) -> Question | None:
    """The same perspective, or in another version of the framework the very same words."""
    by_id = next((one for one in asked if one.id == question.id), None)
    return by_id or next((one for one in asked if _same_question(question, one)), None)


def _same_question(one: Question, other: Question) -> bool:
    same_note = one.note == other.note or _same_text(one.note, other.note)
    return one.group == other.group and same_note and _same_text(one.question, other.question)


def _same_scale(one: Wording, other: Wording) -> bool:
    return len(one.scale) == len(other.scale) and all(
        _same_text(mine["name"], theirs["name"])
        for mine, theirs in zip(one.scale, other.scale, strict=True)
    )


def _same_text(one: Text, other: Text) -> bool:
    """Whether two texts are the same in every language that both have: a translation that was added
    since changes no question.
    """
    shared = [code for code in one if one[code] and other.get(code)]
    return bool(shared) and all(one[code] == other[code] for code in shared)
