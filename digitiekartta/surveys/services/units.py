"""The groups of a round: which sectors and units answer, with how many people and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import PartyKind

from ..models import Codes, Round, RoundUnit
from ..rules import Broken, RoundError, Way, new_link
from .rounds import draft

Parents = Mapping[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class Group:
    """A sector or unit that answers: by its party, with the staff that answers in this very group
    (0 for one that only holds others together), and its way of answering."""

    party_id: UUID
    headcount: int
    way: Way = Way.EMAIL


def set_units(
    *,
    ledger_id: UUID,
    intent: Intent,
    round_id: UUID,
    groups: Sequence[Group],
    parents: Parents | None = None,
    example: bool = False,
) -> Receipt:
    """Sets which groups a draft asks, in this order; those that are left out are taken away.

    ``parents`` gives each group's parent, by party; None takes the tree of the parties: a group is
    part of the nearest of its party's ancestors that is asked too. A group that stays keeps its
    codes, unless its way changes. Merged groups stay as they are.

    Raises RoundError where the round is no draft, a party is named twice, is part of a merged group
    or is no sector or unit, and where the parents are no tree of the groups.
    """
    ids = [one.party_id for one in groups]
    if len(set(ids)) < len(ids):
        raise RoundError(Broken.UNIT_TWICE)

    def write(pen: Pen) -> Round:
        one = draft(pen, round_id)
        if taken_by_merging(one) & set(ids):
            raise RoundError(Broken.MERGED_ALREADY)
        parties = _parties(pen, ids)
        tree = _nearest(parties, ids) if parents is None else parents
        _write_units(pen, one, groups, _checked(tree, ids), example)
        return one

    request = {
        "round": str(round_id),
        "groups": [[str(one.party_id), one.headcount, one.way] for one in groups],
        "parents": parents and sorted([str(one), str(its)] for one, its in parents.items()),
    }
    return history.commit(
        ledger_id=ledger_id, kind="set_units", intent=intent, write=write, request=request
    )


def _parties(pen: Pen, ids: Iterable[UUID]) -> dict[UUID, Party]:
    parties = {one.pk: one for one in Party.objects.filter(ledger=pen.ledger)}
    kinds = (PartyKind.SECTOR, PartyKind.UNIT)
    if not all(id in parties and parties[id].kind in kinds for id in ids):
        raise RoundError(Broken.NOT_STAFF)
    return parties


def _nearest(parties: Mapping[UUID, Party], ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """For each party the nearest of its ancestors that is asked too."""
    asked = set(ids)
    tree: dict[UUID, UUID | None] = {}
    for id in ids:
        above = parties[id].parent_id
        while above is not None and above not in asked:
            above = parties[above].parent_id
        tree[id] = above
    return tree


def _checked(tree: Parents, ids: Sequence[UUID]) -> Parents:
    """The tree, where every parent is a group and none is above itself."""
    asked = set(ids)
    for id in ids:
        above, steps = tree.get(id), 0
        while above is not None:
            steps += 1
            if above not in asked or steps > len(ids):
                raise RoundError(Broken.NOT_A_TREE)
            above = tree.get(above)
    return tree


def _write_units(
    pen: Pen, one: Round, groups: Sequence[Group], tree: Parents, example: bool
) -> None:
    units = list(RoundUnit.objects.filter(round=one))
    held = {unit.party_id: unit for unit in units if not unit.merged}
    rows: dict[UUID, RoundUnit] = {}
    for rank, group in enumerate(groups, start=1):
        values = {"headcount": group.headcount, "way": group.way, "rank": rank}
        row = held.pop(group.party_id, None)
        if row is None:
            rows[group.party_id] = pen.add(
                RoundUnit,
                round=one,
                party_id=group.party_id,
                link=link_of(group.way),
                example=example,
                **values,
            )
        else:
            pen.set(row, **values, **_after_change(row, group.way))
            rows[group.party_id] = row
    for id, row in rows.items():
        above = tree.get(id)
        pen.set(row, parent_id=rows[above].pk if above is not None else None)
    gone = {row.pk for row in held.values()}
    for unit in units:
        if unit.parent_id in gone:
            pen.set(unit, parent_id=None)
    for row in held.values():
        pen.set(row, parent_id=None)
    for row in held.values():
        pen.remove(row)


def _after_change(row: RoundUnit, way: Way) -> dict[str, Any]:
    """What else changes with a group's way: codes or link of the old one are of no use."""
    if row.way == way:
        return {}
    Codes.objects.filter(unit=row).delete()
    return {"code_count": 0, "link": link_of(way)}


def taken_by_merging(one: Round) -> set[UUID]:
    """The parties that answer in a merged group."""
    merged = RoundUnit.objects.filter(round=one).values_list("merged", flat=True)
    return {UUID(member["party"]) for members in merged for member in members}


def link_of(way: Way) -> str:
    """What a new group's open link holds; nothing for one that answers by code."""
    return new_link() if way is Way.OPEN_LINK else ""
