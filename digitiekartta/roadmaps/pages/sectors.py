"""Which sector a party belongs to, and which sectors take part in an action."""

from __future__ import annotations

from collections.abc import Iterable

from digitiekartta.municipalities.rules import PartyKind

from ..plan.entities import Action, Party


class Sectors:
    """The tree of sectors and units, looked up from below. Bodies and roles stand outside it."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties = {one.id: one for one in parties}
        self._sector_of: dict[str, Party | None] = {}
        self._all = tuple(
            one.slug for one in self._parties.values() if one.kind is PartyKind.SECTOR
        )

    def of(self, party: Party | None) -> Party | None:
        """The sector that a party is, or is under; None for a body or role outside the sectors."""
        if party is None:
            return None
        if party.id not in self._sector_of:
            self._sector_of[party.id] = self._found(party)
        return self._sector_of[party.id]

    def _found(self, party: Party) -> Party | None:
        seen: set[str] = set()
        one: Party | None = party
        while one is not None and one.id not in seen:
            if one.kind is PartyKind.SECTOR:
                return one
            seen.add(one.id)
            one = self._parties.get(one.parent_id or "")
        return None

    def taking_part(self, action: Action) -> tuple[str, ...]:
        """The slugs of the sectors that answer for an action or take part in it, each once."""
        if action.all_sectors:
            return self._all
        if not action.partners:
            sector = self.of(action.responsible)
            return (sector.slug,) if sector is not None else ()
        sectors = (self.of(one) for one in (action.responsible, *action.partners))
        return tuple(dict.fromkeys(one.slug for one in sectors if one is not None))
