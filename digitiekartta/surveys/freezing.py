"""From the tallies of a closed round to its frozen results. The only reader of tallies.

Pure; no Django. What may be shown is decided in :mod:`protection` and :mod:`audit`, question by
question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .audit import shown_safely
from .figures import Figure, mean_figure, share_figure, supposed_shares
from .protection import Group, Hidden, Rules, Shown, Size, Sizes, Tree, under_one_root
from .results import Asked, Cell, GroupResult, Results, summaries
from .statistics import EMPTY, Distribution, agreement_of, half_width_from
from .worlds import Question, strata, weighing


@dataclass(frozen=True, slots=True)
class Answered:
    """How many of a group's own staff answered, and what, question by question."""

    respondents: int
    answers: tuple[Distribution, ...]


def frozen(
    groups: Sequence[Group],
    questions: Sequence[Asked],
    answered: Mapping[str, Answered],
    rules: Rules | None = None,
) -> Results:
    """The results of a round: all that anybody will ever see of it.

    ``answered`` is by group; a group that is not in it has no answers. Raises ValueError where the
    groups are no tree or a group has answers to another number of questions.
    """
    rules = rules or Rules()
    tree = under_one_root(groups)
    nobody = Answered(0, (EMPTY,) * len(questions))
    tallies = [answered.get(group.id, nobody) for group in tree.groups]
    if any(len(one.answers) != len(questions) for one in tallies):
        raise ValueError("answers to another number of questions")
    columns = _columns(tree, tallies, len(questions), rules)
    return Results(
        k_mean=rules.k_mean,
        k_distribution=rules.k_distribution,
        questions=tuple(questions),
        groups=tuple(
            _group(
                tree, tallies, tuple(questions), tuple(one[place] for one in columns), place, rules
            )
            for place in range(len(tree))
        ),
    )


def _columns(
    tree: Tree, tallies: Sequence[Answered], questions: int, rules: Rules
) -> list[list[Cell | Hidden]]:
    """What is shown of each question, by the groups' places."""
    asked = [_question(tree, tallies, at) for at in range(questions)]
    shown = shown_safely(asked, rules)
    return [_column(question, one, rules) for question, one in zip(asked, shown, strict=True)]


def _question(tree: Tree, tallies: Sequence[Answered], at: int) -> Question:
    own = [one.answers[at] for one in tallies]
    sizes = [
        Size(group.headcount, tally.respondents, one.n)
        for group, tally, one in zip(tree.groups, tallies, own, strict=True)
    ]
    return Question(Sizes(tree, sizes), own)


def _column(question: Question, shown: Shown, rules: Rules) -> list[Cell | Hidden]:
    cells = [_cell(question, shown, place, rules) for place in range(len(question.own))]
    weighed, municipality = weighing(question, shown), cells[0]
    if weighed is not None and isinstance(municipality, Cell):
        cells[0] = _weighted(municipality, weighed.figure, question.sizes, shown)
    return cells


def _cell(question: Question, shown: Shown, place: int, rules: Rules) -> Cell | Hidden:
    sizes = question.sizes
    if place not in shown.means:
        return sizes.reason(place, rules.k_mean) or Hidden.SHIELD
    whole = question.whole[place]
    cell = Cell(
        n=whole.n,
        mean=mean_figure(whole.total, whole.n),
        dont_know=share_figure(whole.dont_know, whole.n + whole.dont_know),
    )
    if place not in shown.shares:
        reason = sizes.reason(place, rules.k_distribution) or Hidden.SHIELD
        return replace(cell, shares_hidden=reason)
    shares = tuple(share_figure(count, whole.n) for count in whole.counts)
    cell = replace(cell, shares=shares, agreement=agreement_of(supposed_shares(shares)))
    return replace(cell, half_width=_half_width(cell, sizes.whole[place].headcount))


def _half_width(cell: Cell, headcount: int) -> float | None:
    """Of the shown mean, to two decimals, from the published shares; None where only a bound of
    the mean is told.
    """
    if cell.variance is None or cell.shown_mean.is_masked:
        return None
    return round(half_width_from(cell.variance * cell.design_effect, cell.n, headcount), 2)


def _weighted(cell: Cell, weighted: Figure, sizes: Sizes, shown: Shown) -> Cell:
    """The municipality's cell with its weighted mean and Kish's design effect of the weights."""
    parts = strata(sizes, shown).values()
    staff = sum(size.headcount for size in parts)
    squares = sum(size.headcount**2 / size.levels for size in parts)
    effect = round(sum(size.levels for size in parts) * squares / staff**2, 2)
    cell = replace(cell, weighted=weighted, design_effect=max(1.0, effect))
    return replace(cell, half_width=_half_width(cell, sizes.whole[0].headcount))


def _group(
    tree: Tree,
    tallies: Sequence[Answered],
    questions: tuple[Asked, ...],
    cells: tuple[Cell | Hidden, ...],
    place: int,
    rules: Rules,
) -> GroupResult:
    """A group's results. How many answered of a group under k is not told: of 0 or 3 among 3, each
    of them would be known to have taken part or not.
    """
    below = list(tree.below(place))
    headcount = sum(tree.groups[one].headcount for one in below)
    respondents = sum(tallies[one].respondents for one in below)
    told = headcount >= rules.k_mean
    has_rate = told and respondents <= headcount
    return GroupResult(
        id=tree.groups[place].id,
        parent=tree.groups[place].parent,
        headcount=headcount,
        respondents=respondents if told else None,
        response_rate=(200 * respondents + headcount) // (2 * headcount) if has_rate else None,
        cells=cells,
        summaries=summaries(questions, cells),
    )
