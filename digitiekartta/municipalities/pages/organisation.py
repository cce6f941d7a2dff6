"""Sectors and units as a tree, and choices of parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.ui.languages import pick

from ..models import Party
from ..rules import PartyKind

UNITS = (PartyKind.SECTOR, PartyKind.UNIT)


@dataclass(frozen=True, slots=True)
class Twig:
    """A party in the tree. ``depth`` is 0 for a sector; ``staff`` counts those of its units too."""

    party: Party
    depth: int
    staff: int | None


def tree_of(parties: Iterable[Party]) -> tuple[Twig, ...]:
    """Sectors and units in reading order, each after what it belongs to."""
    below: dict[UUID | None, list[Party]] = defaultdict(list)
    units = [one for one in parties if one.kind in UNITS]
    known = {one.pk for one in units}
    for one in sorted(units, key=lambda one: (one.rank, one.slug)):
        below[one.parent_id if one.parent_id in known else None].append(one)

    def staff_of(party: Party) -> int:
        return (party.headcount or 0) + sum(staff_of(one) for one in below[party.pk])

    def branch(party: Party, depth: int) -> Iterator[Twig]:
        yield Twig(party, depth, staff_of(party) or None)
        for one in below[party.pk]:
            yield from branch(one, depth + 1)

    return tuple(twig for top in below[None] for twig in branch(top, 0))


def party_choices(parties: Iterable[Party], language: str) -> list[tuple[str, str]]:
    """Parties to choose from: sectors and units as a tree, then bodies and roles by name."""
    held = list(parties)
    tree = [
        (str(one.party.pk), "– " * one.depth + named(one.party, language)) for one in tree_of(held)
    ]
    others = [one for one in held if one.kind not in UNITS]
    rest = [(str(one.pk), named(one, language)) for one in sorted(others, key=lambda one: one.rank)]
    return [*tree, *rest]


def named(party: Party, language: str) -> str:
    """A party's name in a language."""
    return pick(party.name, language).text or party.slug
