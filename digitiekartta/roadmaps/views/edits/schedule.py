"""When an action is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...forms.schedule import ScheduleForm
from ...models import Action
from ...rights import Deed
from ...rules import Rule
from .edit import Edit
from .responsibility import goes_on


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.reschedule_action(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, span=given["span"]
    )


SCHEDULE = Edit(
    part="aikataulu",
    title=_("Change the schedule"),
    deed=Deed.RESCHEDULE,
    form=ScheduleForm,
    save=_save,
    anchor="aikataulu",
    decides="first",
    fits=goes_on,
    template="roadmaps/edits/schedule.html",
    at_field={Rule.OUTSIDE_THE_PERIOD: "first", Rule.REASON_NEEDED: "reason"},
)
