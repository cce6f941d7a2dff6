"""Which results of a round may be shown: the rules that depend on the sizes of groups alone.

Pure; no Django. Rules 1 and 2 of docs/survey-method.md. What else must be hidden because of what
was answered is found by :mod:`audit`. A group that is hidden hides what is below it, so that what
is shown is always a tree from its root down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .rules import K_DISTRIBUTION, K_MEAN

MUNICIPALITY = "municipality"
"""The id of the group that holds all others, where no group of the round does."""


class Hidden(StrEnum):
    """Why something is not shown."""

    FEW = "few"
    """Too few people, or too few who answered at all."""
    FEW_OPINIONS = "few_opinions"
    """Enough answered, but too few gave a level: most could not say."""
    SHIELD = "shield"
    """It would be shown, if another group could not be computed with it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a round. ``headcount`` is the staff in no subgroup of it; at least 0."""

    id: str
    parent: str | None
    headcount: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The least sizes of a group: for a mean and for a distribution.

    Raises ValueError under 5 and 10: a municipality may raise them, never lower them.
    """

    k_mean: int = K_MEAN
    k_distribution: int = K_DISTRIBUTION

    def __post_init__(self) -> None:
        if self.k_mean < K_MEAN or self.k_distribution < K_DISTRIBUTION:
            raise ValueError(f"k is at least {K_MEAN} and {K_DISTRIBUTION}")


class Size(NamedTuple):
    """How many a group is: staff, those who answered, those who gave a level to a question."""

    headcount: int
    respondents: int
    levels: int

    def reaches(self, k: int) -> bool:
        """Whether all three are at least ``k``."""
        return min(self) >= k


class Tree:
    """The groups of a round under one root, by their places in ``groups``: parents come first.

    Raises ValueError where the groups are no such tree.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = tuple(_from_the_root(groups))
        places = {group.id: place for place, group in enumerate(self.groups)}
        if len(places) != len(groups):
            raise ValueError("not one tree of groups")
        self.parents = tuple(
            -1 if group.parent is None else places[group.parent] for group in self.groups
        )
        self.children = tuple(
            tuple(child for child, parent in enumerate(self.parents) if parent == place)
            for place in range(len(self.groups))
        )

    def __len__(self) -> int:
        return len(self.groups)

    def below(self, place: int) -> Iterator[int]:
        """A group and everything below it."""
        yield place
        for child in self.children[place]:
            yield from self.below(child)

    def above(self, place: int) -> Iterator[int]:
        """A group and everything it is part of, up to the root."""
        while place >= 0:
            yield place
            place = self.parents[place]


def under_one_root(groups: Sequence[Group]) -> Tree:
    """The groups as a tree: under the one that has no parent, or under one added for them all.

    Raises ValueError where they are no tree.
    """
    if sum(group.parent is None for group in groups) == 1:
        return Tree(groups)
    under = [Group(one.id, one.parent or MUNICIPALITY, one.headcount) for one in groups]
    return Tree([Group(MUNICIPALITY, None, 0), *under])


def _from_the_root(groups: Sequence[Group]) -> Iterator[Group]:
    if sum(group.parent is None for group in groups) != 1:
        raise ValueError("one group, and only one, is the root")
    by_parent: dict[str | None, list[Group]] = {}
    for group in groups:
        by_parent.setdefault(group.parent, []).append(group)
    waiting = by_parent.get(None, [])
    while waiting:
        group, *waiting = waiting
        yield group
        waiting = by_parent.get(group.id, []) + waiting


class Sizes:
    """The sizes of all groups for one question: each by itself, and with what is below it."""

    def __init__(self, tree: Tree, own: Sequence[Size]) -> None:
        self.tree = tree
        self.own = tuple(own)
        whole = [list(size) for size in own]
        for place in range(len(tree) - 1, 0, -1):
            parent = whole[tree.parents[place]]
            for which in range(3):
                parent[which] += whole[place][which]
        self.whole = tuple(Size(*size) for size in whole)

    def has_small(self, k: int) -> list[bool]:
        """Of each group, whether it is or holds one with answers that is too small for ``k``."""
        found = [size.levels > 0 and not size.reaches(k) for size in self.whole]
        for place in range(len(self.tree) - 1, -1, -1):
            own = self.own[place]
            found[place] |= own.levels > 0 and not own.reaches(k)
            if place and found[place]:
                found[self.tree.parents[place]] = True
        return found

    def reason(self, place: int, k: int) -> Hidden | None:
        """Why a group may not be shown by itself under ``k``; None where it may."""
        size = self.whole[place]
        if min(size.headcount, size.respondents) < k:
            return Hidden.FEW
        return Hidden.FEW_OPINIONS if size.levels < k else None


@dataclass(frozen=True, slots=True)
class Shown:
    """The places of the groups of which the mean, and the distribution, is shown."""

    means: frozenset[int]
    shares: frozenset[int]

    def without_means(self, places: Iterable[int]) -> Shown:
        """The same without these groups' means, and so without their distributions."""
        means = self.means.difference(places)
        return Shown(means, self.shares & means)

    def without_shares(self, places: Iterable[int]) -> Shown:
        """The same without these groups' distributions."""
        return Shown(self.means, self.shares.difference(places))


NOTHING = Shown(frozenset(), frozenset())


class Least(NamedTuple):
    """How many answers hidden parts must have together: ``k``; ``among_small`` where there is a
    group too small for ``small`` among them.
    """

    k: int
    small: int
    among_small: int


def shown_by_size(sizes: Sizes, rules: Rules, never: frozenset[int] = frozenset()) -> Shown:
    """What the sizes of the groups allow to show of one question: rules 1 and 2, without the groups
    in ``never`` and what is below them.

    Distributions in whole per cent tell counts, so where subtracting them would leave a group too
    small for a mean among others, those must be twice as many as a distribution needs.
    """
    k, large = rules.k_mean, rules.k_distribution
    hidden = {low for place in never for low in sizes.tree.below(place)}
    means = complemented(sizes, _reaching(sizes, k) - hidden, Least(k, k, k))
    shares = means & _reaching(sizes, large)
    return Shown(means, complemented(sizes, shares, Least(large, k, 2 * large)))


def _reaching(sizes: Sizes, k: int) -> frozenset[int]:
    return frozenset(place for place, size in enumerate(sizes.whole) if size.reaches(k))


def complemented(sizes: Sizes, shown: frozenset[int], least: Least) -> frozenset[int]:
    """What is left of ``shown`` so that under every group the hidden parts are none, or at least
    two with enough answers together. The smallest shown sibling is hidden first.

    A part is a subgroup, or those of the group itself that are in no subgroup. Where no sibling is
    left to hide, the group itself is hidden. Hiding a group hides what is below it.
    """
    small = sizes.has_small(least.small)
    while True:
        bare = (place for place in sorted(shown) if _is_bare(sizes, shown, place, least, small))
        lacking = next(bare, None)
        if lacking is None:
            return shown
        siblings = [child for child in sizes.tree.children[lacking] if child in shown]
        smallest = min(siblings, key=lambda place: (sizes.whole[place].levels, place), default=None)
        shown = shown.difference(sizes.tree.below(lacking if smallest is None else smallest))


def _is_bare(
    sizes: Sizes, shown: frozenset[int], place: int, least: Least, small: Sequence[bool]
) -> bool:
    """Whether a part of a shown group could be had by subtracting what is shown from the whole."""
    own = sizes.own[place]
    hidden = [
        child
        for child in sizes.tree.children[place]
        if child not in shown and sizes.whole[child].respondents
    ]
    parts = [sizes.whole[child] for child in hidden]
    if own.respondents and sizes.tree.children[place]:
        if not parts and own.reaches(least.k):
            return False
        parts.append(own)
    is_small = any(small[child] for child in hidden) or (
        own.levels > 0 and not own.reaches(least.small)
    )
    needed = least.among_small if is_small else least.k
    return bool(parts) and (len(parts) < 2 or sum(size.levels for size in parts) < needed)
