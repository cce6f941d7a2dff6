"""Who is editing now, as this process last heard it, and what of it members are told."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from digitiekartta.documents.registry import Audience

from .rules import Editing, Shown, event_of_entity

Forms = Mapping[UUID, frozenset[Shown]]


class Company:
    """The open forms by ledger and entity. They end by themselves when their time is over."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._heard: tuple[Editing, ...] = ()
        self._over_at = float("inf")
        self._forms: Mapping[UUID, Forms] = {}

    def mark(self, actor: UUID) -> str:
        """What stands for an actor on the streams of this process: nobody learns from it who it
        is, nor who it was on another day."""
        return hashlib.blake2b(actor.bytes, key=self._salt, digest_size=6).hexdigest()

    def hear(self, editing: tuple[Editing, ...]) -> Mapping[UUID, set[UUID]]:
        """Takes in what a watcher read; gives the entities that differ by now, by ledger."""
        at = self._clock()
        if editing is self._heard and at < self._over_at:
            return {}
        going_on = [one for one in editing if one.until > at]
        self._heard = editing
        self._over_at = min((one.until for one in going_on), default=float("inf"))
        before, self._forms = self._forms, self._by_ledger(going_on)
        differing = {
            ledger_id: _differing(before.get(ledger_id, {}), self._forms.get(ledger_id, {}))
            for ledger_id in {*before, *self._forms}
        }
        return {ledger_id: entities for ledger_id, entities in differing.items() if entities}

    def content(
        self, ledger_id: UUID, audience: Audience, entities: Iterable[UUID] | None = None
    ) -> bytes:
        """What an audience is told of some entities, or of all that somebody is editing."""
        forms = self._forms.get(ledger_id, {})
        wanted = forms if entities is None else entities
        return b"".join(event_of_entity(id, _in_order(forms.get(id)), audience) for id in wanted)

    def _by_ledger(self, editing: Iterable[Editing]) -> Mapping[UUID, Forms]:
        found: dict[UUID, dict[UUID, frozenset[Shown]]] = {}
        for one in editing:
            forms = found.setdefault(one.ledger_id, {})
            shown: Shown = (one.part, self.mark(one.actor), one.who, one.audience)
            forms[one.entity] = forms.get(one.entity, frozenset()) | {shown}
        return found


def _differing(before: Forms, after: Forms) -> set[UUID]:
    return {id for id in {*before, *after} if before.get(id) != after.get(id)}


def _in_order(shown: frozenset[Shown] | None) -> list[Shown]:
    return sorted(shown or (), key=lambda one: one[:2])
