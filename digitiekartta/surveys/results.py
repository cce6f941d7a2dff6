"""The results of a round, frozen: the only thing that anything shown of it is made from.

Pure; no Django. They are plain data (:func:`as_data`, :func:`results_of`). They hold no figure that
is not published: intervals, labels, summaries and changes are computed from the published means
and shares alone, as anybody outside could, so that they tell nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .figures import Figure, Side, supposed_mean, supposed_shares
from .protection import Hidden
from .statistics import LEVELS, Agreement, Movement, movement, welch_interval

FORMAT = 1
ROUNDING = 0.1**2 / 12
"""The variance that rounding to one decimal adds to a mean."""

TOGETHER = "together"
"""The summary of all questions; the others are named after the questions' groups."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the round, and whether it is about one's own work or the whole (its group)."""

    id: str
    group: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of a group's answers to a question.

    ``n`` gave a level; ``dont_know`` is the per cent of those who answered the question and could
    not say. ``mean`` is of all answers alike, ``weighted`` that of the municipality by the sectors'
    headcounts, where their response rates differ. ``shares`` are the levels' per cents from 1 to 5;
    without them there is a reason, and no interval (``half_width``, of ``shown_mean``), no
    ``agreement``. ``design_effect`` is by how much weighting widens the variance, at least 1.
    """

    n: int
    mean: Figure
    dont_know: Figure
    shares: tuple[Figure, ...] | None = None
    shares_hidden: Hidden | None = None
    half_width: float | None = None
    agreement: Agreement | None = None
    weighted: Figure | None = None
    design_effect: float = 1.0

    @property
    def shown_mean(self) -> Figure:
        """The mean to show first: weighted where there is one."""
        return self.weighted or self.mean

    @property
    def variance(self) -> float | None:
        """The answers' variance (n − 1) as the published shares have it; None without them."""
        if self.shares is None or self.n < 2:
            return None
        shares = supposed_shares(self.shares)
        mean = sum(share * level for share, level in zip(shares, LEVELS, strict=True))
        squares = sum(s * (level - mean) ** 2 for s, level in zip(shares, LEVELS, strict=True))
        return squares * self.n / (self.n - 1)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group's results. ``cells`` follow the questions; a hidden one is the reason why.

    ``headcount`` is with its subgroups. ``respondents`` is None where the headcount is under k, and
    ``response_rate`` (whole per cent) there and where more answered than there are staff, as an
    open link allows. ``summaries`` are the means of the questions' shown means by their group, and
    of all together; None where one of them is hidden.
    """

    id: str
    parent: str | None
    headcount: int
    respondents: int | None
    response_rate: int | None
    cells: tuple[Cell | Hidden, ...]
    summaries: Mapping[str, float | None]


@dataclass(frozen=True)
class Results:
    """All results of a round. The first group is the municipality; parents come before children."""

    k_mean: int
    k_distribution: int
    questions: tuple[Asked, ...]
    groups: tuple[GroupResult, ...]

    @property
    def root(self) -> GroupResult:
        """The municipality as a whole."""
        return self.groups[0]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.id: place for place, one in enumerate(self.groups)}

    def group(self, group_id: str) -> GroupResult | None:
        """A group's results; None for one that was not in the round."""
        place = self._places.get(group_id)
        return None if place is None else self.groups[place]

    def cell(self, group_id: str, question_id: str) -> Cell | Hidden | None:
        """A group's result for a question; None where either was not in the round."""
        group = self.group(group_id)
        place = next((at for at, one in enumerate(self.questions) if one.id == question_id), None)
        return None if group is None or place is None else group.cells[place]


def summaries(
    questions: tuple[Asked, ...], cells: tuple[Cell | Hidden, ...]
) -> dict[str, float | None]:
    """The means, to one decimal, of the shown means by group of questions and together."""
    means = [supposed_mean(one.shown_mean) if isinstance(one, Cell) else None for one in cells]
    named: dict[str, list[float | None]] = {TOGETHER: means}
    for question, mean in zip(questions, means, strict=True):
        named.setdefault(question.group, []).append(mean)
    return {name: _average(several) for name, several in named.items()}


def _average(means: list[float | None]) -> float | None:
    known = [mean for mean in means if mean is not None]
    return round(sum(known) / len(known), 1) if known and len(known) == len(means) else None


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a shown mean between two rounds, in levels, with its 95 % interval.

    ``difference`` is None where either mean is told only as a bound; the interval where either
    group is too small for one.
    """

    difference: float | None
    interval: tuple[float, float] | None
    movement: Movement


def change(before: Cell | Hidden | None, after: Cell | Hidden | None) -> Change | None:
    """How a shown mean has changed; None where either is not shown.

    Computed from the two published cells: Welch's interval, unpaired and without finite-population
    correction, with the variance that rounding the two means adds.
    """
    if not isinstance(before, Cell) or not isinstance(after, Cell):
        return None
    if before.shown_mean.is_masked or after.shown_mean.is_masked:
        return Change(None, None, Movement.UNCERTAIN)
    difference = round(after.shown_mean.number - before.shown_mean.number, 1)
    v1, v2 = before.variance, after.variance
    if v1 is None or v2 is None:
        return Change(difference, None, Movement.UNCERTAIN)
    interval = welch_interval(
        difference,
        (v1 * before.design_effect, before.n),
        (v2 * after.design_effect, after.n),
        known=2 * ROUNDING,
    )
    return Change(difference, interval, movement(difference, interval))


def as_data(results: Results) -> dict[str, Any]:
    """The results as plain JSON data: what is frozen."""
    return {
        "format": FORMAT,
        "k_mean": results.k_mean,
        "k_distribution": results.k_distribution,
        "questions": [{"id": one.id, "group": one.group} for one in results.questions],
        "groups": [
            {
                "id": one.id,
                "parent": one.parent,
                "headcount": one.headcount,
                "respondents": one.respondents,
                "response_rate": one.response_rate,
                "cells": [_cell_data(cell) for cell in one.cells],
                "summaries": dict(one.summaries),
            }
            for one in results.groups
        ],
    }


def _cell_data(cell: Cell | Hidden) -> dict[str, Any]:
    if isinstance(cell, Hidden):
        return {"hidden": str(cell)}
    data: dict[str, Any] = {
        "n": cell.n,
        "mean": _figure_data(cell.mean),
        "dont_know": _figure_data(cell.dont_know),
    }
    if cell.shares is not None:
        data["shares"] = [_figure_data(one) for one in cell.shares]
        data["half_width"] = cell.half_width
        data["agreement"] = str(cell.agreement)
    else:
        data["shares_hidden"] = str(cell.shares_hidden)
    if cell.weighted is not None:
        data["weighted"] = _figure_data(cell.weighted)
        data["design_effect"] = cell.design_effect
    return data


def _figure_data(figure: Figure) -> dict[str, float]:
    return {str(figure.side): figure.number}


def results_of(data: Mapping[str, Any]) -> Results:
    """Frozen results from their plain data. Raises KeyError or ValueError for anything else."""
    if data["format"] != FORMAT:
        raise ValueError(f"results of format {data['format']!r}")
    return Results(
        k_mean=data["k_mean"],
        k_distribution=data["k_distribution"],
        questions=tuple(Asked(one["id"], one["group"]) for one in data["questions"]),
        groups=tuple(
            GroupResult(**{**one, "cells": tuple(_cell_of(cell) for cell in one["cells"])})
            for one in data["groups"]
        ),
    )


def _cell_of(data: Mapping[str, Any]) -> Cell | Hidden:
    if "hidden" in data:
        return Hidden(data["hidden"])
    shares, hidden, alike = (data.get(one) for one in ("shares", "shares_hidden", "agreement"))
    return Cell(
        n=data["n"],
        mean=_figure_of(data["mean"]),
        dont_know=_figure_of(data["dont_know"]),
        shares=None if shares is None else tuple(_figure_of(one) for one in shares),
        shares_hidden=None if hidden is None else Hidden(hidden),
        half_width=data.get("half_width"),
        agreement=None if alike is None else Agreement(alike),
        weighted=_figure_of(data["weighted"]) if "weighted" in data else None,
        design_effect=data.get("design_effect", 1.0),
    )


def _figure_of(data: Mapping[str, float]) -> Figure:
    ((side, number),) = data.items()
    return Figure(number, Side(side))
