"""Groups that answer as one, under a name of their own: merged in a draft, and taken apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Codes, Round, RoundUnit
from ..rules import Broken, RoundError, Way
from .rounds import draft
from .units import link_of

Text = Mapping[str, str]


def merge_units(
    *,
    ledger_id: UUID,
    intent: Intent,
    round_id: UUID,
    unit_ids: Sequence[UUID],
    name: Text,
    way: Way,
) -> Receipt:
    """Makes groups of a draft answer as one: its staff is theirs together, its codes are made anew.

    The receipt is about the merged group. Raises RoundError where the round is no draft, for fewer
    than two groups, and where they are not part of the same group or have groups of their own.
    """

    def write(pen: Pen) -> RoundUnit:
        one = draft(pen, round_id)
        units = _beside_each_other(one, unit_ids)
        members = [member for unit in units for member in unit.merged or [_member(unit)]]
        first, *others = units
        for unit in others:
            pen.remove(unit)
        Codes.objects.filter(unit=first).delete()
        pen.set(
            first,
            name=dict(name),
            merged=members,
            headcount=sum(unit.headcount for unit in units),
            way=way,
            code_count=0,
            link=link_of(way),
        )
        return first

    units = sorted(map(str, unit_ids))
    request = {"round": str(round_id), "units": units, "name": dict(name), "way": str(way)}
    return history.commit(
        ledger_id=ledger_id, kind="merge_units", intent=intent, write=write, request=request
    )


def take_apart(*, ledger_id: UUID, intent: Intent, unit_id: UUID) -> Receipt:
    """Makes each of a merged group's members a group of its own again, as it was before.

    Raises RoundError where the round is no draft any more. A group that is not merged stays.
    """

    def write(pen: Pen) -> RoundUnit:
        unit = pen.get(RoundUnit, unit_id)
        one = draft(pen, unit.round_id)
        members = unit.merged
        for member in members:
            way = Way(member["way"])
            values = {"headcount": member["headcount"], "rank": member["rank"], "way": way}
            if UUID(member["party"]) == unit.party_id:
                Codes.objects.filter(unit=unit).delete()
                own = {"name": {}, "merged": [], "code_count": 0, "link": link_of(way)}
                pen.set(unit, **own, **values)
            else:
                pen.add(
                    RoundUnit,
                    round=one,
                    party_id=UUID(member["party"]),
                    parent_id=unit.parent_id,
                    link=link_of(way),
                    example=unit.example,
                    **values,
                )
        return unit

    return history.commit(
        ledger_id=ledger_id,
        kind="take_apart",
        intent=intent,
        write=write,
        request={"unit": str(unit_id)},
    )


def _beside_each_other(one: Round, unit_ids: Sequence[UUID]) -> list[RoundUnit]:
    """The groups in their order, where they can answer as one."""
    units = list(RoundUnit.objects.filter(round=one, pk__in=unit_ids).order_by("rank"))
    if len(units) < len(set(unit_ids)):
        raise RoundUnit.DoesNotExist
    if len(units) < 2:
        raise RoundError(Broken.TOO_FEW_TO_MERGE)
    has_groups = RoundUnit.objects.filter(parent__in=units).exists()
    if has_groups or len({unit.parent_id for unit in units}) > 1:
        raise RoundError(Broken.NOT_BESIDE)
    return units


def _member(unit: RoundUnit) -> dict[str, Any]:
    return {
        "party": str(unit.party_id),
        "headcount": unit.headcount,
        "way": str(unit.way),
        "rank": unit.rank,
    }
