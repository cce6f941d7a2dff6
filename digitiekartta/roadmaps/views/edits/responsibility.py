"""Who answers for an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...forms.action import HandOverForm
from ...models import Action
from ...rights import Deed
from .edit import Edit


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.hand_over_action(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        responsible_id=UUID(given["responsible"]),
    )


HAND_OVER = Edit(
    part="vastuu",
    title=_("Hand over"),
    deed=Deed.HAND_OVER,
    form=HandOverForm,
    save=_save,
    anchor="tiedot",
    decides="responsible",
)
