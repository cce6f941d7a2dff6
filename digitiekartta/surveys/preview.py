"""Before a round opens: which groups would show at a usual response rate, which merges would help.

Pure; no Django. Rule 10 of docs/survey-method.md. It knows sizes alone, so it is what the rules by
size (:mod:`protection`) would allow; what the answers themselves make it hide comes on top, rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .protection import (
    Group,
    Hidden,
    Rules,
    Shown,
    Size,
    Sizes,
    Tree,
    shown_by_size,
    under_one_root,
)

USUAL_RATE = 0.5
"""The response rate that is supposed where nothing better is known."""


class Shows(StrEnum):
    """What would be shown of a group."""

    DISTRIBUTION = "distribution"
    MEAN = "mean"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Expected:
    """What would be shown of a group, and why not more (``reason``; None with a distribution).

    ``headcount`` and ``respondents`` are with its subgroups. ``has_few_of_its_own``: so few of its
    staff are in no subgroup that a subgroup must be hidden to protect them.
    """

    id: str
    parent: str | None
    headcount: int
    respondents: int
    shows: Shows
    reason: Hidden | None
    has_few_of_its_own: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """Siblings that together would show what they, or others (``helps``), don't show apart."""

    parent: str
    members: tuple[str, ...]
    headcount: int
    respondents: int
    shows: Shows
    helps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a round would show. ``rate`` is the supposed response rate, over 0 and at most 1."""

    rate: float
    groups: tuple[Expected, ...]
    merges: tuple[Merge, ...]


def preview(
    groups: Sequence[Group], rate: float = USUAL_RATE, rules: Rules | None = None
) -> Preview:
    """What a round of these groups would show if ``rate`` of the staff answered every question.

    Respondents are rounded down in each group. Raises ValueError where the groups are no tree or
    the rate is not over 0 and at most 1.
    """
    if not 0 < rate <= 1:
        raise ValueError("a response rate is over 0 and at most 1")
    rules = rules or Rules()
    outlook = _Outlook(under_one_root(groups), rate, rules)
    return Preview(rate, tuple(outlook.expected()), tuple(_merges(outlook)))


class _Outlook:
    """A tree with the sizes that are expected, and what these would show."""

    def __init__(self, tree: Tree, rate: float, rules: Rules) -> None:
        self.tree, self.rate, self.rules = tree, rate, rules
        answering = [int(group.headcount * rate + 1e-9) for group in tree.groups]
        own = zip(tree.groups, answering, strict=True)
        self.sizes = Sizes(tree, [Size(group.headcount, n, n) for group, n in own])
        self.shown: Shown = shown_by_size(self.sizes, rules)
        self.places = {group.id: place for place, group in enumerate(tree.groups)}

    def shows(self, place: int) -> Shows:
        if place in self.shown.shares:
            return Shows.DISTRIBUTION
        return Shows.MEAN if place in self.shown.means else Shows.NOTHING

    def reason(self, place: int) -> Hidden | None:
        if place in self.shown.shares:
            return None
        k = self.rules.k_distribution if place in self.shown.means else self.rules.k_mean
        return self.sizes.reason(place, k) or Hidden.SHIELD

    def expected(self) -> Iterator[Expected]:
        for place, group in enumerate(self.tree.groups):
            size, own = self.sizes.whole[place], self.sizes.own[place]
            yield Expected(
                id=group.id,
                parent=group.parent,
                headcount=size.headcount,
                respondents=size.respondents,
                shows=self.shows(place),
                reason=self.reason(place),
                has_few_of_its_own=bool(self.tree.children[place])
                and own.headcount > 0
                and not own.reaches(self.rules.k_mean),
            )

    def merged(self, members: Sequence[int]) -> _Outlook:
        """The same with siblings, and what is below them, as one group under the first's id."""
        gone = {low for place in members for low in self.tree.below(place)}
        first = self.tree.groups[members[0]]
        headcount = sum(self.sizes.whole[place].headcount for place in members)
        kept = [group for place, group in enumerate(self.tree.groups) if place not in gone]
        tree = Tree([*kept, Group(first.id, first.parent, headcount)])
        return _Outlook(tree, self.rate, self.rules)


def _merges(outlook: _Outlook) -> Iterator[Merge]:
    """Under each group, its small subgroups in as many bundles as would show; one that is still
    too small together with its smallest sibling.
    """
    for place in range(len(outlook.tree)):
        if outlook.shows(place) is Shows.NOTHING:
            continue
        for bundle in _bundles(outlook, place):
            merge = _tried(outlook, bundle)
            if merge is not None:
                yield merge


def _bundles(outlook: _Outlook, place: int) -> Iterator[list[int]]:
    whole, k = outlook.sizes.whole, outlook.rules.k_mean
    children = sorted(
        (child for child in outlook.tree.children[place] if whole[child].headcount),
        key=lambda child: (whole[child].headcount, child),
    )
    small = [child for child in children if not whole[child].reaches(k)]
    large = [child for child in children if whole[child].reaches(k)]
    bundles: list[list[int]] = [[]] if small else []
    for child in small:
        if bundles[-1] and _reaches(outlook, bundles[-1]):
            bundles.append([])
        bundles[-1].append(child)
    if bundles and not _reaches(outlook, bundles[-1]):
        last = bundles.pop()
        if bundles:
            bundles[-1].extend(last)
        else:
            bundles.append([*last, *large[:1]])
    yield from (bundle for bundle in bundles if len(bundle) > 1)


def _reaches(outlook: _Outlook, bundle: Sequence[int]) -> bool:
    headcount = sum(outlook.sizes.whole[child].headcount for child in bundle)
    return int(headcount * outlook.rate + 1e-9) >= outlook.rules.k_mean


def _tried(outlook: _Outlook, bundle: Sequence[int]) -> Merge | None:
    """A merge, where it helps the bundle itself or others."""
    merged = outlook.merged(bundle)
    ids = [outlook.tree.groups[place].id for place in bundle]
    at = merged.places[ids[0]]
    order = [Shows.NOTHING, Shows.MEAN, Shows.DISTRIBUTION]
    helps = [
        one
        for one, place in merged.places.items()
        if place != at
        and order.index(merged.shows(place)) > order.index(outlook.shows(outlook.places[one]))
    ]
    if merged.shows(at) is Shows.NOTHING and not helps:
        return None
    return Merge(
        parent=outlook.tree.groups[bundle[0]].parent or "",
        members=tuple(ids),
        headcount=merged.sizes.whole[at].headcount,
        respondents=merged.sizes.whole[at].respondents,
        shows=merged.shows(at),
        helps=tuple(helps),
    )
