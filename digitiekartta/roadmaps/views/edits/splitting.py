"""An action in two parts, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...forms.splitting import SplitForm
from ...models import Action
from ...rights import Deed
from ...rules import Rule
from .edit import Edit


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.split_action(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        last=given["last"],
        number=given["number"].strip(),
    )


def _has_room(action: Action) -> bool:
    return not action.cancelled and action.first < action.last


SPLIT = Edit(
    part="jaa",
    title=_("Split over half-years"),
    deed=Deed.SPLIT,
    form=SplitForm,
    save=_save,
    anchor="aikataulu",
    decides=None,
    explains=_(
        "The action ends earlier, and a new one carries on from the next half-year with the same "
        "goal, parties and texts. It needs the first part. Money stays with the first part, and "
        "the estimated work goes by half-year."
    ),
    button=_("Split the action"),
    fits=_has_room,
    at_field={Rule.ENDS_BEFORE_IT_BEGINS: "last", Rule.REASON_NEEDED: "reason"},
)
