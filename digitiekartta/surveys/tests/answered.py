"""Rounds with answers: written by hand, and random ones of the kind where something could leak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ..freezing import Answered, frozen
from ..protection import Group, Rules
from ..results import Asked, Results, as_data
from ..statistics import Distribution
from .outsider import Outsider

K = 5


@dataclass(frozen=True)
class Survey:
    """Groups and what their own staff answered to each question."""

    groups: tuple[Group, ...]
    answered: Mapping[str, Answered]
    questions: int = 1

    def results(self, rules: Rules | None = None) -> Results:
        return frozen(self.groups, questions(self.questions), self.answered, rules)

    def content(self, rules: Rules | None = None) -> dict[str, Any]:
        return as_data(self.results(rules))


def questions(number: int) -> list[Asked]:
    return [Asked(f"q{one + 1}", "own_work" if one < 1 else "whole") for one in range(number)]


def spread(levels: Sequence[int | None]) -> Distribution:
    """Answers as a distribution: 0 could not say, None did not answer this question."""
    counts = [sum(one == level for one in levels) for level in range(6)]
    return Distribution((counts[1], counts[2], counts[3], counts[4], counts[5]), counts[0])


def survey(tree: Mapping[str, str | None], answers: Mapping[str, str], **staff: int) -> Survey:
    """A round with one question: ``tree`` gives parents, ``answers`` levels as digits ("4 4 0").

    Everybody has answered, unless ``staff`` tells a larger or smaller headcount.
    """
    levels = {one: [int(digit) for digit in text.split()] for one, text in answers.items()}
    groups = [Group(one, up, staff.get(one, len(levels.get(one, ())))) for one, up in tree.items()]
    answered = {one: Answered(len(some), (spread(some),)) for one, some in levels.items()}
    return Survey(tuple(groups), answered)


def flat(**answers: str) -> Survey:
    """Units under one municipality, ``all``."""
    return survey({"all": None, **dict.fromkeys(answers, "all")}, answers)


LEAF_SIZES = st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 22, 41])
OWN_SIZES = st.sampled_from([0, 0, 0, 1, 3, 6, 12])


@st.composite
def trees(draw: st.DrawFn, depth: int = 3, most: int = 9) -> tuple[Group, ...]:
    """Groups in a tree of at most ``depth`` levels below the municipality."""
    parents: list[tuple[str, str | None, int]] = [("g0", None, 0)]
    for number in range(1, draw(st.integers(1, most)) + 1):
        open_ = [one for one in parents if one[2] < depth]
        parent, _, level = draw(st.sampled_from(open_))
        parents.append((f"g{number}", parent, level + 1))
    held = {parent for _, parent, _ in parents}
    return tuple(
        Group(one, parent, draw(OWN_SIZES if one in held else LEAF_SIZES))
        for one, parent, _ in parents
    )


@st.composite
def _levels(draw: st.DrawFn, style: str, usual: int, size: int) -> list[int | None]:
    if style == "same":
        return [usual] * size
    near: st.SearchStrategy[int | None] = {
        "near": st.sampled_from([usual] * 12 + [1, 3, 5, 0]),
        "ends": st.sampled_from([1, 5]),
        "plain": st.sampled_from([1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 0, None]),
    }[style]
    return draw(st.lists(near, min_size=size, max_size=size))


@st.composite
def surveys(draw: st.DrawFn, most: int = 9, asked: int = 1) -> Survey:
    """Rounds over random trees, with all, most or few answering alike, also more than there are
    staff (an open link) and some who could not say or left a question out.
    """
    groups = draw(trees(most=most))
    style, usual = draw(st.sampled_from(["same", "near", "ends", "plain"])), draw(st.integers(1, 5))
    answered = {}
    for group in groups:
        rate = draw(st.sampled_from([1, 1, 1, 0.75, 0.5, 2]))
        size = int(group.headcount * rate)
        columns = [draw(_levels(style, usual, size)) for _ in range(asked)]
        answered[group.id] = Answered(size, tuple(spread(one) for one in columns))
    return Survey(groups, answered, asked)


def leaks(one: Survey, content: Mapping[str, Any], question: int = 0, k: int = K) -> list[str]:
    """What an outsider learns from the frozen results that the method promises nobody can: of each
    small hidden group a mean within less than one level, of any other that all answered alike.
    """
    answers = {group: tally.answers[question] for group, tally in one.answered.items()}
    staff = {group.id: group.headcount for group in one.groups}
    outsider = Outsider(content, question, _levels_of(content, answers))
    found = []
    for group in outsider.groups:
        whole = list(outsider.below(group))
        for members in [whole] if len(whole) == 1 else [whole, [group]]:
            own = [answers[each] for each in members if each in answers]
            respondents = sum(
                one.answered[each].respondents for each in members if each in one.answered
            )
            size = min(sum(staff.get(each, 0) for each in members), respondents)
            found += _leaks_of(outsider, group, members, own, size, k)
    return found


def _levels_of(content: Mapping[str, Any], answers: Mapping[str, Distribution]) -> dict[str, int]:
    groups = [group["id"] for group in content["groups"]]
    return {group: answers[group].n if group in answers else 0 for group in groups}


def _leaks_of(
    outsider: Outsider,
    group: str,
    members: Sequence[str],
    own: Sequence[Distribution],
    size: int,
    k: int,
) -> list[str]:
    n = outsider.n(members)
    is_shown = outsider.is_shown(group) and members[1:] == list(outsider.below(group))[1:]
    if not n:
        return []
    if min(n, size) < k and not is_shown:
        width = outsider.width(members)
        return [f"{group}: a mean within {width:.2f} levels"] if width < 1 - 1e-6 else []
    counts = [sum(each) for each in zip(*(one.counts for one in own), strict=True)]
    alike = next((level for level, count in enumerate(counts, 1) if count == n), None)
    if alike and outsider.knows_all_answered(members, alike):
        return [f"{group}: all {n} answered {alike}"]
    return []
