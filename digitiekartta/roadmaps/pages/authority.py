"""What makes a change valid, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from digitiekartta.decisions.rules import authority_of_existence, authority_of_field
from digitiekartta.documents.registry import Authority, EntityType

from ..fields import ACTION

AUTHORITIES = {
    Authority.PROGRESS: _("Valid at once, as progress."),
    Authority.TEAM: _(
        "Valid at once: the digital team keeps it. It is listed in the yearly changes for "
        "confirmation."
    ),
    Authority.MANAGEMENT: _(
        "A proposal: becomes valid when the management team has decided on it."
    ),
    Authority.BOARD: _("A proposal: becomes valid when the city board has decided on it."),
}


def said_authority(own: Mapping[str, str], field: str | None, entity: EntityType = ACTION) -> str:
    """What makes a change of a field valid; of the entity's existence, where no field is meant.

    ``own`` are the municipality's settings.
    """
    settings = {name: Authority(value) for name, value in own.items()}
    if field is None:
        return str(AUTHORITIES[authority_of_existence(entity, settings)])
    return str(AUTHORITIES[authority_of_field(entity, field, settings)])
