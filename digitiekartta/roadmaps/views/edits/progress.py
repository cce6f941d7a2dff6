"""How an action goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.environment import active_language

from ... import services
from ...forms.action import ProgressForm
from ...models import Action
from ...rights import Deed
from ...rules import Rule, Status
from ...services.progress import Report
from .edit import Edit
from .responsibility import goes_on


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    language, why = active_language(), given["why"].strip()
    status = Status(given["status"])
    report = Report(
        status=status if status != action.status else None,
        text={language: given["text"]} if given["text"] else None,
        reason={**action.reason, language: why} if why else None,
    )
    return services.report_progress(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, report=report
    )


PROGRESS = Edit(
    part="eteneminen",
    title=_("Report progress"),
    deed=Deed.REPORT,
    form=ProgressForm,
    save=_save,
    anchor="eteneminen",
    decides="status",
    names={"reason": "why"},
    fits=goes_on,
    at_field={
        Rule.MONEY_BEFORE_WORK: "status",
        Rule.REASON_NEEDED: "why",
        Rule.NOTHING_TO_SAY: "text",
    },
)
