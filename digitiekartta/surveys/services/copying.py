"""A new round from an earlier one."""

from __future__ import annotations

from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Round, RoundUnit
from ..rules import Way
from .rounds import Settings
from .units import link_of


def copy_round(
    *, ledger_id: UUID, intent: Intent, round_id: UUID, settings: Settings, example: bool = False
) -> Receipt:
    """A draft that asks the same framework and the same groups as a round, with their staff, ways,
    merges and names. Codes, links and answers are no part of it.

    Groups whose sector or unit has ended meanwhile are left out; what was part of them is part of
    the group above. A merged group stays as it was.
    """

    def write(pen: Pen) -> Round:
        source = pen.get(Round, round_id)
        one = pen.add(Round, framework=source.framework, example=example, **settings.as_values())
        _copy_units(pen, source, one, example)
        return one

    request = {"round": str(round_id), **settings.as_data()}
    return history.commit(
        ledger_id=ledger_id, kind="copy_round", intent=intent, write=write, request=request
    )


def _copy_units(pen: Pen, source: Round, one: Round, example: bool) -> None:
    held = RoundUnit.objects.filter(round=source).select_related("party").order_by("rank")
    units = {unit.pk: unit for unit in held}
    copies: dict[UUID, RoundUnit] = {}
    for unit in units.values():
        if unit.merged or unit.party.ended_on is None:
            copies[unit.pk] = pen.add(
                RoundUnit,
                round=one,
                party=unit.party,
                headcount=unit.headcount,
                way=unit.way,
                link=link_of(Way(unit.way)),
                rank=unit.rank,
                name=unit.name,
                merged=unit.merged,
                example=example,
            )
    for id, copy in copies.items():
        above = units[id].parent_id
        while above is not None and above not in copies:
            above = units[above].parent_id
        pen.set(copy, parent=copies[above] if above is not None else None)
