"""The ideas of which an action came, for the action's own page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.rules import Feature, is_on
from digitiekartta.roadmaps.origins import Origin

from .fields import IDEA
from .queries import ideas_document


def origins_of(ledger_id: UUID, action_id: UUID, audience: Audience) -> Sequence[Origin]:
    """The ideas that are a part of an action, as far as an audience may read them."""
    ideas = ideas_document(ledger_id, audience).of(IDEA.name)
    found = sorted(
        (one["number"], one) for one in ideas.values() if one.get("action") == str(action_id)
    )
    if not found:
        return ()
    town = Municipality.objects.get(ledger_id=ledger_id)
    if not is_on(town.features, Feature.IDEAS):
        return ()
    return [
        Origin(one["title"], reverse("ideas:idea", args=[town.slug, number]))
        for number, one in found
    ]
