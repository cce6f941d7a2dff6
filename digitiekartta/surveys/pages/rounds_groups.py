"""The groups of a draft: the municipality's sectors and units, with what was chosen of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.municipalities.models import Party
from digitiekartta.ui.languages import pick

from ..models import RoundUnit
from ..pasting import Pasted, PastedLine, PastedUnit
from ..rules import Way
from .rounds import in_order


@dataclass(frozen=True, slots=True)
class Choice:
    """A sector or unit that can be chosen, by its depth in the tree."""

    id: UUID
    name: str
    depth: int


def choices_of(parties: Iterable[Party], language: str) -> list[Choice]:
    """Sectors and units, each after the one that it is part of."""
    held = sorted(parties, key=lambda one: (one.rank, one.slug))
    ids = {one.pk for one in held}
    below: dict[UUID | None, list[Party]] = {}
    for one in held:
        below.setdefault(one.parent_id if one.parent_id in ids else None, []).append(one)
    found: list[Choice] = []
    waiting = [(0, one) for one in below.get(None, [])]
    while waiting:
        depth, one = waiting.pop(0)
        found.append(Choice(one.pk, pick(one.name, language).text, depth))
        waiting = [(depth + 1, child) for child in below.get(one.pk, [])] + waiting
    return found


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """Groups of a draft that answer as one: what they are called together and each by itself."""

    id: UUID
    name: Mapping[str, str]
    members: tuple[Mapping[str, str], ...]
    headcount: int
    way: Way


def merged_groups(units: Iterable[RoundUnit], parties: Iterable[Party]) -> list[MergedGroup]:
    """The merged ones of a round's groups, in its order."""
    names = {str(one.pk): one.name for one in parties}
    return [
        MergedGroup(
            id=unit.pk,
            name=unit.called,
            members=tuple(names.get(member["party"], {}) for member in unit.merged),
            headcount=unit.headcount,
            way=Way(unit.way),
        )
        for unit in sorted(units, key=lambda one: one.rank)
        if unit.merged
    ]


def mergeable(units: Sequence[RoundUnit], language: str) -> list[tuple[str, str]]:
    """A round's groups that can be merged, by their ids: those without groups of their own, each
    with the group that it is part of."""
    parents = {unit.parent_id for unit in units}
    names = {unit.pk: pick(unit.called, language).text for unit in units}
    return [
        (str(unit.pk), ": ".join(names[id] for id in (unit.parent_id, unit.pk) if id in names))
        for _, unit in in_order(units)
        if unit.pk not in parents
    ]


def initial_of(parties: Iterable[Party], units: Sequence[RoundUnit]) -> dict[str, Any]:
    """What the form of groups holds at first: what the round has, else all sectors."""
    chosen = {one.party_id: one for one in units}
    values: dict[str, Any] = {}
    for one in parties:
        unit = chosen.get(one.pk)
        values[f"asked-{one.pk}"] = unit is not None
        values[f"staff-{one.pk}"] = unit.headcount if unit is not None else one.headcount
        values[f"way-{one.pk}"] = unit.way if unit is not None else str(Way.EMAIL)
    return values


@dataclass(frozen=True, slots=True)
class Matched:
    """A pasted row and the sector or unit that it names; None where none has that name."""

    row: PastedUnit
    party: UUID | None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was pasted, row by row, as far as it was understood."""

    rows: tuple[Matched, ...]
    lines: tuple[PastedLine, ...]
    left_out: int

    @property
    def usable(self) -> tuple[Matched, ...]:
        return tuple(one for one in self.rows if one.party is not None)

    @property
    def in_order(self) -> tuple[Matched | PastedLine, ...]:
        """All rows, understood or not, as they were pasted."""
        return tuple(sorted((*self.rows, *self.lines), key=_place))


def _place(one: Matched | PastedLine) -> int:
    return one.row.line if isinstance(one, Matched) else one.line


def understood(pasted: Pasted, parties: Iterable[Party]) -> Understood:
    """Pasted rows with the parties that they name, in any language."""
    names = _names(parties)
    rows: list[Matched] = []
    taken: set[UUID] = set()
    for row in pasted.units:
        party = names.get(row.name.casefold())
        rows.append(Matched(row, party if party not in taken else None))
        if party is not None:
            taken.add(party)
    return Understood(tuple(rows), pasted.lines, pasted.left_out)


def _names(parties: Iterable[Party]) -> Mapping[str, UUID]:
    return {name.casefold(): one.pk for one in parties for name in one.name.values() if name}
