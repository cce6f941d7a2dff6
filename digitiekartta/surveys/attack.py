"""An attack on what is about to be published of one question: what could an outsider work out?

Pure; no Django. It looks for other worlds (:mod:`worlds`) that whoever has only the published
figures cannot tell from the true one. Where the mean of a small group differs enough between two
of them, it is safe; where no such worlds are found, more is hidden (:mod:`audit`). What is found is
a proof. The search is not exhaustive: what it misses costs a figure, never a secret.

The attacker is taken to know how many answered each question in every group, also where hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .protection import Rules, Shown
from .statistics import LEVELS, Distribution, pooled
from .worlds import Change, Question, World, blocks_of, weighing

WIDTH = 1.0
"""How wide, in levels, the interval of possible means of a small group must be left at least."""

_STEPS = sorted(
    ((old, new) for old in LEVELS for new in LEVELS if old != new),
    key=lambda step: (-abs(step[0] - step[1]), step),
)


@dataclass(frozen=True, slots=True)
class Target:
    """Answers that something must not be found out of.

    ``place`` is a group, ``members`` those whose own answers are meant, ``small`` whether their
    mean must stay unknown; otherwise only that all of them answered alike must.
    """

    place: int
    members: tuple[int, ...]
    small: bool


def targets(question: Question, shown: Shown, rules: Rules) -> Iterator[Target]:
    """What must be protected: the mean of every small group, and of every other whose members all
    answered alike, that they did. A group's own staff, who are in no subgroup, are a group too.
    """
    sizes = question.sizes
    for place in reversed(range(len(sizes.tree))):
        if sizes.tree.children[place]:
            small = not sizes.own[place].reaches(rules.k_mean)
            yield from _target(question, place, (place,), small)
        small = place not in shown.means and not sizes.whole[place].reaches(rules.k_mean)
        yield from _target(question, place, tuple(sizes.tree.below(place)), small)


def _target(
    question: Question, place: int, members: tuple[int, ...], small: bool
) -> Iterator[Target]:
    counts = pooled([question.own[one] for one in members]).counts
    if any(counts) and (small or sum(map(bool, counts)) == 1):
        yield Target(place, members, small)


class Attack:
    """What is published of a question, ready to be attacked."""

    def __init__(self, question: Question, shown: Shown) -> None:
        self.question = question
        self.shown = shown
        self._world = World(question, shown, weighing(question, shown))
        self._nearest = {
            member: nearest
            for nearest, members in blocks_of(question.sizes, shown).items()
            for member in members
        }

    def fails(self, target: Target) -> bool:
        """Whether no proof was found that the target is safe."""
        if target.members[0] not in self._nearest:
            return False
        return not (self._stays_unknown(target) if target.small else self._may_differ(target))

    def _stays_unknown(self, target: Target) -> bool:
        part = pooled([self.question.own[one] for one in target.members])
        nearest = self._nearest[target.place]
        low, block, rest = self._world_around(nearest, part)
        high = low.copy()
        _exchange(low, block, rest, falling=True)
        _exchange(high, block, rest, falling=False)
        for world, sign in ((low, -1), (high, 1)):
            steps = [step for step in _STEPS if (step[1] - step[0]) * sign > 0]
            while high.total(block) - low.total(block) < WIDTH * part.n:
                changes = _first_allowed(world, block, rest, [rest], steps)
                if changes is None:
                    break
                world.make(changes)
        return high.total(block) - low.total(block) >= WIDTH * part.n

    def _may_differ(self, target: Target) -> bool:
        """Whether in some world not all of the target answered alike, though they did."""
        by_block: dict[int, list[Distribution]] = {}
        for member in target.members:
            by_block.setdefault(self._nearest[member], []).append(self.question.own[member])
        return any(
            self._may_differ_in(nearest, pooled(parts))
            for nearest, parts in by_block.items()
            if any(part.n for part in parts)
        )

    def _may_differ_in(self, nearest: int, part: Distribution) -> bool:
        world, block, rest = self._world_around(nearest, part)
        others = zip(part.counts, world.counts[rest], strict=True)
        if any(other and not count for count, other in others):
            return True
        return _first_allowed(world, block, rest, [block, rest], _STEPS) is not None

    def _world_around(self, nearest: int, part: Distribution) -> tuple[World, int, int]:
        world = self._world.copy()
        rest = world.block_of[nearest]
        return world, world.split(rest, part.counts), rest


def _exchange(world: World, block: int, rest: int, *, falling: bool) -> None:
    """Gives a block the lowest (or the highest) answers of its own and the rest's together."""
    wanted = sum(world.counts[block])
    levels = LEVELS if falling else LEVELS[::-1]
    for level in levels:
        place = level - 1
        both = world.counts[block][place] + world.counts[rest][place]
        world.counts[block][place] = min(wanted, both)
        world.counts[rest][place] = both - world.counts[block][place]
        wanted -= world.counts[block][place]


def _first_allowed(
    world: World, block: int, rest: int, partners: Sequence[int], steps: Sequence[tuple[int, int]]
) -> list[Change] | None:
    """The first way to move one answer of a block by one of the steps, others moving with it."""
    for old, new in steps:
        if not world.counts[block][old - 1]:
            continue
        ways = _ways(world, (block, old, new), rest, partners)
        found = next((changes for changes in ways if world.allows(changes)), None)
        if found is not None:
            return found
    return None


def _ways(
    world: World, change: Change, rest: int, partners: Sequence[int]
) -> Iterator[list[Change]]:
    """A change alone; with another answer moving against it; or with two people of a third block
    whose levels move just against those of two here, so that only who answered what differs.
    """
    block, old, new = change
    yield [change]
    others = [one for one in range(len(world.counts)) if one not in (block, rest)]
    against = [step for step in _STEPS if (step[1] - step[0]) * (new - old) < 0]
    against.sort(key=lambda step: abs(step[1] - step[0] + new - old))
    for other in (*partners, *others):
        there = world.counts[other]
        yield from ([change, (other, *step)] for step in against if there[step[0] - 1])
    even = [step for step in against if step[1] - step[0] == old - new]
    for other in (one for one in others if world.counts[one][new - 1]):
        for low, high in even:
            if world.counts[other][high - 1]:
                for partner in partners:
                    yield [change, (other, new, old), (partner, low, high), (other, high, low)]
