"""Ending, pausing and bringing back: an action stays visible whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.environment import active_language

from ... import services
from ...forms.action import EndForm
from ...forms.standing import MergeForm, PauseForm, RestoreForm, ResumeForm
from ...models import Action
from ...rights import Deed
from ...rules import Rule, Status
from ...services.progress import Report
from .edit import Edit
from .responsibility import goes_on


def _cancel(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    reason = {active_language(): given["reason"]}
    return services.cancel_action(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, reason=reason
    )


def _merge(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.merge_actions(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        into_id=UUID(given["merged_into"]),
        reason={active_language(): given["reason"]},
    )


def _restore(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    return services.restore_action(ledger_id=ledger_id, intent=intent, action_id=action.pk)


def _pause(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    report = Report(status=Status.PAUSED, reason={active_language(): given["reason"]})
    return services.report_progress(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, report=report
    )


def _resume(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    text = given["text"].strip()
    report = Report(
        status=Status(given["status"]), text={active_language(): text} if text else None, reason={}
    )
    return services.report_progress(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, report=report
    )


CANCEL = Edit(
    part="peru",
    title=_("Cancel the action"),
    deed=Deed.CANCEL,
    form=EndForm,
    save=_cancel,
    anchor="sisalto",
    decides="cancelled",
    explains=_("The action stays on the roadmap for everybody to see, with the reason."),
    button=_("Cancel the action"),
    fits=goes_on,
    rare=True,
)
MERGE = Edit(
    part="yhdista",
    title=_("Merge into another action"),
    deed=Deed.MERGE,
    form=MergeForm,
    save=_merge,
    anchor="sisalto",
    decides="merged_into",
    explains=_("This action ends as a part of the other one; both stay on the roadmap."),
    at_field={Rule.ENDED_ALREADY: "merged_into"},
    fits=goes_on,
    rare=True,
)
RESTORE = Edit(
    part="palauta",
    title=_("Bring the action back"),
    deed=Deed.CANCEL,
    form=RestoreForm,
    save=_restore,
    anchor="sisalto",
    decides="cancelled",
    button=_("Bring back"),
    fits=lambda action: action.cancelled,
)
PAUSE = Edit(
    part="tauolle",
    title=_("Pause"),
    deed=Deed.REPORT,
    form=PauseForm,
    save=_pause,
    anchor="eteneminen",
    decides="status",
    button=_("Pause"),
    fits=lambda action: goes_on(action) and action.status not in (Status.PAUSED, Status.DONE),
    rare=True,
)
RESUME = Edit(
    part="jatka",
    title=_("Resume"),
    deed=Deed.REPORT,
    form=ResumeForm,
    save=_resume,
    anchor="eteneminen",
    decides="status",
    button=_("Resume"),
    at_field={Rule.MONEY_BEFORE_WORK: "status", Rule.REASON_NEEDED: "status"},
    fits=lambda action: goes_on(action) and action.status == Status.PAUSED,
)
