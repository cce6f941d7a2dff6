"""Cancelling an action: it stays visible, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.environment import active_language

from ... import services
from ...forms.action import EndForm
from ...models import Action
from ...rights import Deed
from .edit import Edit


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    reason = {active_language(): given["reason"]}
    return services.cancel_action(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, reason=reason
    )


CANCEL = Edit(
    part="peru",
    title=_("Cancel the action"),
    deed=Deed.CANCEL,
    form=EndForm,
    save=_save,
    anchor="sisalto",
    decides="cancelled",
)
