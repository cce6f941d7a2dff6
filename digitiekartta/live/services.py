"""Telling who is editing: the one write of the platform that is no part of its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from digitiekartta.history.queries import current
from digitiekartta.history.services import CHANNEL

from .changes import audience_of_part
from .models import Presence
from .rules import LIVES, MOST_PARTS, Told, Viewer, Who
from .sources import PRESENCE


def tell_editing(*, viewer: Viewer, who: Who, told: Told, at: float) -> None:
    """Keeps for a while that a member has a form open, or that she has closed it.

    ``at`` is seconds since 1970. What she may not see, or does not exist, is told to nobody, and
    nothing in the answer tells which it was.
    """
    mine = Presence.objects.filter(ledger_id=viewer.ledger_id, actor=viewer.actor, tab=told.tab)
    if told.entity is not None:
        mine = mine.filter(entity=told.entity, part=told.part)
    if not told.is_open or told.entity is None:
        with transaction.atomic():
            if mine.delete()[0]:
                _notify()
        return
    audience = audience_of_part(current(viewer.ledger_id).document, str(told.entity), told.part)
    if audience is None or not viewer.audience.may_read(audience):
        return
    values = {
        "audience": audience,
        "role": who.role,
        "name": who.name,
        "named_to": who.named_to,
        "until": at + LIVES,
    }
    with transaction.atomic():
        # Told again: watchers read it at their next look, and nobody needs to be woken for it.
        if mine.filter(until__gt=at).update(**values):
            return
        if _open_forms(viewer.actor, at) < MOST_PARTS:
            _keep(viewer, told, told.entity, values)
            _notify()


def _keep(viewer: Viewer, told: Told, entity: UUID, values: dict[str, Any]) -> None:
    """A row of its own for an open form; one that has lived out its time is used again."""
    row = Presence(
        ledger_id=viewer.ledger_id,
        actor=viewer.actor,
        tab=told.tab,
        entity=entity,
        part=told.part,
        **values,
    )
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["actor", "ledger_id", "tab", "entity", "part"],
        update_fields=[*values],
    )


def sweep(*, at: float) -> int:
    """Deletes what nobody is told any more; how many rows. ``at`` is seconds since 1970."""
    old = Presence.objects.filter(until__lt=at)
    return old.delete()[0] if old.exists() else 0


def _open_forms(actor: UUID, at: float) -> int:
    return Presence.objects.filter(actor=actor, until__gt=at).count()


def _notify() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, PRESENCE])
