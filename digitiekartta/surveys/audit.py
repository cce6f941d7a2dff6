"""What may be shown of a question, after an attack on it: more is hidden until nothing is found.

Pure; no Django. Rule 6 of docs/survey-method.md inside the product. Deterministic. It ends, because
every round hides something more and nothing is left to find where nothing is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .attack import Attack, Target, targets
from .protection import NOTHING, Rules, Shown, shown_by_size
from .worlds import Question


def shown_safely(questions: Sequence[Question], rules: Rules) -> list[Shown]:
    """What of each question may be shown: by the sizes of the groups and by what was answered.

    What has to be hidden because of the answers to one question is hidden for all of them: else,
    whoever knows this rule could conclude from a hidden figure how the answers to it were.
    """
    never = NOTHING
    while True:
        found = [
            _found(question, _allowed(question, rules, never), rules) for question in questions
        ]
        more = Shown(
            never.means.union(*(one.means for one in found)),
            never.shares.union(*(one.shares for one in found)),
        )
        if more == never:
            return [_allowed(question, rules, never) for question in questions]
        never = more


def _allowed(question: Question, rules: Rules, never: Shown) -> Shown:
    by_size = shown_by_size(question.sizes, rules, never.means)
    return by_size.without_shares(never.shares)


def _found(question: Question, shown: Shown, rules: Rules) -> Shown:
    """What must be hidden besides, so that an attack on the question finds nothing."""
    start = shown
    while True:
        attack = Attack(question, shown)
        found = next((one for one in targets(question, shown, rules) if attack.fails(one)), None)
        if found is None:
            return Shown(start.means - shown.means, start.shares - shown.shares)
        shown = _hiding(question, shown, found)


def _hiding(question: Question, shown: Shown, target: Target) -> Shown:
    """The first step, from the least loss to the greatest, that makes a target safe."""

    def is_safe(less: Shown) -> bool:
        return not Attack(question, less).fails(target)

    if is_safe(shown.without_shares(shown.shares)):
        return shown.without_shares(_fewer_shares(question, shown, target, is_safe))
    return next(
        less
        for less in _fewer_means(question, shown, target)
        if is_safe(less.without_shares(shown.shares))
    )


def _fewer_shares(
    question: Question, shown: Shown, target: Target, is_safe: Callable[[Shown], bool]
) -> list[int]:
    """One distribution to hide, or as many as it takes, from those next to a target outwards."""
    around = _shares_around(question, shown, target)
    for place in around:
        if is_safe(shown.without_shares([place])):
            return [place]
    hidden: list[int] = []
    while not is_safe(shown.without_shares(hidden)):
        hidden.append(around[len(hidden)])
    for place in reversed(hidden[:-1]):
        fewer = [one for one in hidden if one != place]
        if is_safe(shown.without_shares(fewer)):
            hidden = fewer
    return hidden


def _above(question: Question, shown: Shown, target: Target) -> list[int]:
    """The shown groups that a target is or lies in, the nearest first."""
    return [one for one in question.sizes.tree.above(target.place) if one in shown.means]


def _shown_below(question: Question, shown: Shown, place: int) -> list[int]:
    """The shown subgroups of a group, the smallest first."""
    near = [one for one in question.sizes.tree.children[place] if one in shown.means]
    return sorted(near, key=lambda one: (question.sizes.whole[one].levels, one))


def _shares_around(question: Question, shown: Shown, target: Target) -> list[int]:
    """All distributions, from those next to a target outwards: at each step up the tree those of
    the subgroups, the smallest first, and then the group's own; at last those farther away.
    """
    order: list[int] = []
    for place in _above(question, shown, target):
        order += [*_shown_below(question, shown, place), place]
    order += sorted(shown.shares)
    return [one for one in dict.fromkeys(order) if one in shown.shares]


def _fewer_means(question: Question, shown: Shown, target: Target) -> Iterator[Shown]:
    """One mean less of those next to a target, the smallest first; none of them; not that of the
    group around them; then the same further up.
    """
    tree = question.sizes.tree
    for place in _above(question, shown, target):
        near = _shown_below(question, shown, place)
        for one in near:
            yield shown.without_means(tree.below(one))
        yield shown.without_means([low for one in near for low in tree.below(one)])
        yield shown.without_means(tree.below(place))
