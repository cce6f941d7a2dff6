"""The frozen results of a round as the coordinator reads them before they are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..protection import Hidden
from ..results import TOGETHER, Cell, GroupResult, Results
from ..wording import Question, Wording

Text = Mapping[str, str]
OWN_WORK, WHOLE = "own_work", "whole"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a group with its result, or the reason why there is none."""

    question: Question
    cell: Cell | None
    hidden: Hidden | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group's results; ``name`` is None for the municipality as a whole."""

    id: str
    name: Text | None
    depth: int
    result: GroupResult
    lines: tuple[Line, ...]

    @property
    def together(self) -> float | None:
        return self.result.summaries.get(TOGETHER)

    @property
    def own_work(self) -> float | None:
        return self.result.summaries.get(OWN_WORK)

    @property
    def whole(self) -> float | None:
        return self.result.summaries.get(WHOLE)

    @property
    def hidden(self) -> Hidden | None:
        """Why nothing of the group shows; None where something does."""
        reasons = [line.hidden for line in self.lines]
        return reasons[0] if reasons and all(reasons) else None

    @property
    def hidden_lines(self) -> int:
        """How many questions don't show."""
        return sum(line.hidden is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All groups of a round, the municipality first."""

    groups: tuple[GroupView, ...]
    k_mean: int
    k_distribution: int

    @property
    def all(self) -> GroupView:
        return self.groups[0]


def results_page(results: Results, wording: Wording) -> ResultsPage:
    """Frozen results with the words that were frozen when the round opened."""
    names = {one.id: one.name for one in wording.units}
    questions = {one.id: one for one in wording.questions}
    depths: dict[str, int] = {}
    views = []
    for group in results.groups:
        depths[group.id] = depths[group.parent] + 1 if group.parent in depths else 0
        lines = tuple(
            Line(
                questions[asked.id],
                cell if isinstance(cell, Cell) else None,
                cell if isinstance(cell, Hidden) else None,
            )
            for asked, cell in zip(results.questions, group.cells, strict=True)
        )
        views.append(GroupView(group.id, names.get(group.id), depths[group.id], group, lines))
    return ResultsPage(tuple(views), results.k_mean, results.k_distribution)
