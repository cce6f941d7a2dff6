"""Reporting progress."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import Span

from .. import rules
from ..models import Action, Funding, ProgressNote
from ..permissions import require
from ..rights import Deed
from ..rules import FundingState, Rule, RuleError, Status

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported: a status, a sentence, or both. ``reason`` explains a pause or lateness.

    ``told_by`` is who said it, where it is recorded on somebody's behalf.
    """

    status: Status | None = None
    text: Text | None = None
    reason: Text | None = None
    noted_on: datetime.date | None = None
    party_id: UUID | None = None
    on_behalf: bool = False
    told_by: str = ""
    audience: Audience = Audience.PUBLIC
    example: bool = False


def report_progress(*, ledger_id: UUID, intent: Intent, action_id: UUID, report: Report) -> Receipt:
    """Records a progress note and the status that it brings.

    Raises RuleError when there is nothing in the report, when the action is cancelled, when work
    would begin without an appropriation, when a paused or late action has no reason, and for a
    note of a future day.
    """
    noted_on = report.noted_on or intent.at.date()
    if report.status is None and not any((report.text or {}).values()):
        raise RuleError(Rule.NOTHING_TO_SAY)
    if noted_on > intent.at.date():
        raise RuleError(Rule.IN_THE_FUTURE)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.REPORT_FOR_OTHERS if report.on_behalf else Deed.REPORT, action)
        note_progress(pen, action, report, noted_on)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="report_progress",
        intent=intent,
        write=write,
        request=_request(action_id, report, noted_on),
    )


def note_progress(pen: Pen, action: Action, report: Report, noted_on: datetime.date) -> None:
    """Sets what is reported of an action and adds the note of it. Raises RuleError."""
    _check(action, report, noted_on)
    _set_status(pen, action, report)
    pen.add(
        ProgressNote,
        action=action,
        noted_on=noted_on,
        text=dict(report.text or {}),
        status=report.status or "",
        party_id=pen.get(Party, report.party_id).pk if report.party_id else action.responsible_id,
        on_behalf=report.on_behalf,
        told_by=report.told_by,
        audience="" if report.audience is Audience.PUBLIC else str(report.audience),
        example=report.example,
    )


def _request(action_id: UUID, report: Report, noted_on: datetime.date) -> dict[str, Any]:
    return {
        "action": str(action_id),
        "status": report.status,
        "text": dict(report.text or {}),
        "reason": dict(report.reason or {}),
        "on_behalf": report.on_behalf,
        "told_by": report.told_by,
        "on": str(noted_on),
    }


def _check(action: Action, report: Report, on: datetime.date) -> None:
    if action.cancelled:
        raise RuleError(Rule.ENDED_ALREADY)
    status = report.status or Status(action.status)
    begins = _begins(Status(action.status), status)
    if begins and not rules.money_gate_is_open(_lines(action), on.year):
        raise RuleError(Rule.MONEY_BEFORE_WORK)
    schedule = rules.Schedule(
        status, Span(action.first, action.last), recurring=action.recurring, reported_on=(on,)
    )
    late = rules.is_late(schedule, on)
    has_reason = any((report.reason or action.reason or {}).values())
    if rules.needs_reason(status, cancelled=False, late=late) and not has_reason:
        raise RuleError(Rule.REASON_NEEDED)


def _begins(was: Status, becomes: Status) -> bool:
    """Whether work begins, or goes on after a pause: a pause is no way around the money gate."""
    if becomes is Status.ONGOING:
        return was in (Status.NOT_STARTED, Status.PAUSED)
    return becomes is Status.DONE and was is Status.NOT_STARTED


def _lines(action: Action) -> list[rules.FundingLine]:
    rows = Funding.objects.filter(action=action).values_list("state", "year")
    return [rules.FundingLine(FundingState(state), year) for state, year in rows]


def _set_status(pen: Pen, action: Action, report: Report) -> None:
    if report.status is not None:
        pen.set(action, status=report.status)
    if report.reason is not None:
        pen.set(action, reason=dict(report.reason))
    elif report.status is Status.DONE:
        pen.set(action, reason={})
