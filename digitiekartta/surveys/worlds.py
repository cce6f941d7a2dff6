"""The answers to one question as an outsider must think of them: what could they have been?

Pure; no Django. A *world* is one set of answers under which everything published of the question
is just as it is. It is counted by *blocks*: all answers whose nearest shown group is the same.
Nothing that is published changes when answers change places inside a block. Beyond that, answers
change in step: one level down and another up, so that sums, and rounded figures, stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction

from .figures import Figure, mean_figure, same_mean, same_share
from .protection import Shown, Size, Sizes
from .statistics import LEVELS, Distribution, pooled

Change = tuple[int, int, int]
"""One answer in a block (by its place) moves from a level to another, both 1–5."""

RATES_DIFFER = Fraction(1, 20)
"""Response rates of sectors that differ by this much call for weighting: 5 percentage points."""


class Question:
    """The answers to one question: those of each group's own staff, by its place in the tree, and
    with everything below it.
    """

    def __init__(self, sizes: Sizes, own: Sequence[Distribution]) -> None:
        self.sizes = sizes
        self.own = tuple(own)
        whole = list(own)
        for place in range(len(whole) - 1, 0, -1):
            parent = sizes.tree.parents[place]
            whole[parent] = whole[parent] + whole[place]
        self.whole = tuple(whole)


@dataclass(frozen=True, slots=True)
class Weighing:
    """The municipality's mean, weighted: what one level weighs in each sector, and the mean.

    Place 0 stands for everything that is in no shown sector.
    """

    weights: dict[int, Fraction]
    mean: Fraction

    @property
    def figure(self) -> Figure:
        """The mean as it is published."""
        return mean_figure(self.mean.numerator, self.mean.denominator)


def blocks_of(sizes: Sizes, shown: Shown) -> dict[int, list[int]]:
    """For each shown group, the groups whose own answers are told by nothing nearer than it."""
    blocks: dict[int, list[int]] = {}
    for place in range(len(sizes.tree)):
        nearest = next((one for one in sizes.tree.above(place) if one in shown.means), None)
        if nearest is not None:
            blocks.setdefault(nearest, []).append(place)
    return blocks


def strata(sizes: Sizes, shown: Shown) -> dict[int, Size]:
    """The parts that the municipality's mean is weighted by: each shown sector, and at place 0
    everything else together, so that no weight tells two hidden sectors apart.

    Parts without answers or staff are left out.
    """
    sectors = [child for child in sizes.tree.children[0] if child in shown.means]
    parts = {sector: sizes.whole[sector] for sector in sectors}
    sums = [sum(size[which] for size in parts.values()) for which in range(3)]
    parts[0] = Size(*(all_ - some for all_, some in zip(sizes.whole[0], sums, strict=True)))
    return {place: size for place, size in parts.items() if size.levels and size.headcount}


def weighing(question: Question, shown: Shown) -> Weighing | None:
    """The weighted mean of the municipality; None where its mean is not shown, there is only one
    part, or the parts' response rates differ by less than 5 percentage points.
    """
    parts = strata(question.sizes, shown)
    rates = [Fraction(size.respondents, size.headcount) for size in parts.values()]
    if 0 not in shown.means or len(parts) < 2 or max(rates) - min(rates) < RATES_DIFFER:
        return None
    staff = sum(size.headcount for size in parts.values())
    weights = {
        place: Fraction(size.headcount, staff * size.levels) for place, size in parts.items()
    }
    totals = {place: question.whole[place].total for place in parts}
    if 0 in totals:
        totals[0] -= sum(
            question.whole[child].total
            for child in question.sizes.tree.children[0]
            if child in shown.means
        )
    return Weighing(weights, sum((weights[one] * totals[one] for one in parts), Fraction()))


class World:
    """Answers by block that can be changed as long as everything published stays as it is."""

    def __init__(self, question: Question, shown: Shown, weighed: Weighing | None) -> None:
        self.counts: list[list[int]] = []
        self.paths: list[tuple[int, ...]] = []
        self.block_of: dict[int, int] = {}
        for nearest, members in blocks_of(question.sizes, shown).items():
            self.block_of[nearest] = len(self.counts)
            self.counts.append(list(pooled([question.own[one] for one in members]).counts))
            self.paths.append(tuple(question.sizes.tree.above(nearest)))
        self._room = {place: _mean_room(question.whole[place]) for place in shown.means}
        self._share_room = {place: _share_room(question.whole[place]) for place in shown.shares}
        self._weighed = weighed
        self._weighed_change = Fraction()

    def copy(self) -> World:
        """The same world, to be changed by itself."""
        other = copy(self)
        other.counts = [list(counts) for counts in self.counts]
        other.paths = list(self.paths)
        other._room = dict(self._room)
        other._share_room = {place: list(room) for place, room in self._share_room.items()}
        return other

    def split(self, block: int, part: Sequence[int]) -> int:
        """Takes these counts out of a block into one of its own, whose place is returned."""
        self.counts[block] = [
            all_ - one for all_, one in zip(self.counts[block], part, strict=True)
        ]
        self.counts.append(list(part))
        self.paths.append(self.paths[block])
        return len(self.counts) - 1

    def total(self, block: int) -> int:
        """The sum of the levels in a block."""
        return sum(level * count for level, count in zip(LEVELS, self.counts[block], strict=True))

    def allows(self, changes: Sequence[Change]) -> bool:
        """Whether the changes, made together, leave everything published as it is."""
        return (
            self._are_there(changes)
            and self._keep_means(changes)
            and self._keep_shares(changes)
            and self._keep_weighted(changes)
        )

    def make(self, changes: Iterable[Change]) -> None:
        """Makes the changes. They must be allowed."""
        for block, old, new in changes:
            self.counts[block][old - 1] -= 1
            self.counts[block][new - 1] += 1
            self._weighed_change += self._weight(block) * (new - old)
            for place in self.paths[block]:
                low, high = self._room[place]
                self._room[place] = (low - new + old, high - new + old)
                room = self._share_room.get(place)
                if room is not None:
                    room[old - 1] = (room[old - 1][0] + 1, room[old - 1][1] + 1)
                    room[new - 1] = (room[new - 1][0] - 1, room[new - 1][1] - 1)

    def _are_there(self, changes: Sequence[Change]) -> bool:
        taken = [(block, old) for block, old, _ in changes]
        return all(self.counts[block][old - 1] >= taken.count((block, old)) for block, old in taken)

    def _keep_means(self, changes: Sequence[Change]) -> bool:
        moved: dict[int, int] = {}
        for block, old, new in changes:
            for place in self.paths[block]:
                moved[place] = moved.get(place, 0) + new - old
        room = self._room
        return all(room[place][0] <= change <= room[place][1] for place, change in moved.items())

    def _keep_shares(self, changes: Sequence[Change]) -> bool:
        moved: dict[tuple[int, int], int] = {}
        for block, old, new in changes:
            for place in self.paths[block]:
                if place in self._share_room:
                    moved[place, old] = moved.get((place, old), 0) - 1
                    moved[place, new] = moved.get((place, new), 0) + 1
        return all(
            self._share_room[place][level - 1][0] <= change <= self._share_room[place][level - 1][1]
            for (place, level), change in moved.items()
        )

    def _keep_weighted(self, changes: Sequence[Change]) -> bool:
        if self._weighed is None:
            return True
        change = sum(
            (self._weight(block) * (new - old) for block, old, new in changes), self._weighed_change
        )
        if not change:
            return True
        return Weighing({}, self._weighed.mean + change).figure == self._weighed.figure

    def _weight(self, block: int) -> Fraction:
        if self._weighed is None:
            return Fraction()
        path = self.paths[block]
        return self._weighed.weights.get(path[-2] if len(path) > 1 else 0, Fraction())


def _mean_room(whole: Distribution) -> tuple[int, int]:
    """How far down and up the sum of the levels may go with the published mean as it is."""
    low, high = same_mean(whole.total, whole.n)
    return low - whole.total, high - whole.total


def _share_room(whole: Distribution) -> list[tuple[int, int]]:
    """How far down and up each level's count may go with the published shares as they are."""
    ranges = [same_share(count, whole.n) for count in whole.counts]
    return [
        (low - count, high - count) for count, (low, high) in zip(whole.counts, ranges, strict=True)
    ]
