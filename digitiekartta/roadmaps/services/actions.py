"""Actions: adding, wording, cancelling, merging, and what of them is public."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Max

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui.clock import HELSINKI

from .. import fields
from ..models import Action, Goal, Roadmap
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError

Text = Mapping[str, str]
WORDING = ("title", "statement", "benefit", "outside_partners", "communication", "training")


@dataclass(frozen=True, slots=True)
class NewAction:
    """What an action starts with. ``texts`` are those of ``WORDING`` and ``internal_note``.

    ``original`` is the schedule of the first plan, where it is already another one.
    """

    number: str
    texts: Mapping[str, Text]
    span: Span
    goal_id: UUID | None = None
    responsible_id: UUID | None = None
    partner_ids: Sequence[UUID] = ()
    all_sectors: bool = False
    recurring: bool = False
    original: Span | None = None
    rank: int = 0
    audience: Audience = Audience.PUBLIC
    restricted: Mapping[str, str] = field(default_factory=dict)
    example: bool = False


def add_action(*, ledger_id: UUID, intent: Intent, roadmap_id: UUID, action: NewAction) -> Receipt:
    """A new action, not started, with the next permanent serial of the ledger.

    Raises RuleError without a title, or for a schedule outside the roadmap's period.
    """
    if not any(action.texts.get("title", {}).values()):
        raise RuleError(Rule.TITLE_NEEDED)

    def write(pen: Pen) -> Action:
        require(pen, Deed.ADD_ACTION)
        roadmap = pen.get(Roadmap, roadmap_id)
        check_period(roadmap, action.span)
        return pen.add(
            Action,
            roadmap=roadmap,
            serial=next_serial(ledger_id),
            number=action.number,
            goal=pen.get(Goal, action.goal_id) if action.goal_id else None,
            responsible=pen.get(Party, action.responsible_id) if action.responsible_id else None,
            assigned_on=_assigned_on(action, intent),
            partners=[str(pen.get(Party, one).pk) for one in action.partner_ids],
            all_sectors=action.all_sectors,
            recurring=action.recurring,
            **_schedule(action),
            rank=action.rank,
            audience="" if action.audience is Audience.PUBLIC else str(action.audience),
            restricted=_checked(action.restricted),
            example=action.example,
            **{name: dict(text) for name, text in action.texts.items()},
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_action",
        intent=intent,
        write=write,
        request={"roadmap": str(roadmap_id), **_request(action)},
    )


def _schedule(action: NewAction) -> dict[str, HalfYear]:
    original = action.original or action.span
    return {
        "original_first": original.first,
        "original_last": original.last,
        "first": action.span.first,
        "last": action.span.last,
    }


def _request(action: NewAction) -> dict[str, Any]:
    return {
        "number": action.number,
        "texts": _plain(action.texts),
        "first": str(action.span.first),
        "last": str(action.span.last),
        "goal": str(action.goal_id or ""),
        "responsible": str(action.responsible_id or ""),
        "partners": [str(one) for one in action.partner_ids],
        "all_sectors": action.all_sectors,
        "recurring": action.recurring,
    }


def _assigned_on(action: NewAction, intent: Intent) -> datetime.date | None:
    return intent.at.astimezone(HELSINKI).date() if action.responsible_id else None


def check_period(roadmap: Roadmap, span: Span) -> None:
    """Raises RuleError when the schedule is not inside the roadmap's period."""
    if span.first < roadmap.first or span.last > roadmap.last:
        raise RuleError(Rule.OUTSIDE_THE_PERIOD)


def next_serial(ledger_id: UUID) -> int:
    """Cancelled and merged actions stay, so the largest serial is also the last one given."""
    last: int | None = Action.objects.filter(ledger_id=ledger_id).aggregate(n=Max("serial"))["n"]
    return (last or 0) + 1


def reword_action(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, texts: Mapping[str, Text]
) -> Receipt:
    """Changes the wording. Raises RuleError when no title would be left."""
    unknown = set(texts) - set(WORDING) - {"internal_note"}
    if unknown:
        raise KeyError(f"no such text: {', '.join(sorted(unknown))}")
    if "title" in texts and not any(texts["title"].values()):
        raise RuleError(Rule.TITLE_NEEDED)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.REWORD, action)
        pen.set(action, **{name: dict(text) for name, text in texts.items()})
        return action

    request = {"action": str(action_id), "texts": _plain(texts)}
    return history.commit(
        ledger_id=ledger_id, kind="reword_action", intent=intent, write=write, request=request
    )


def cancel_action(*, ledger_id: UUID, intent: Intent, action_id: UUID, reason: Text) -> Receipt:
    """Cancels an action; it stays visible. Raises RuleError without a reason."""
    if not any(reason.values()):
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.CANCEL, action)
        pen.set(action, cancelled=True, reason=dict(reason))
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="cancel_action",
        intent=intent,
        write=write,
        request={"action": str(action_id), "reason": dict(reason)},
    )


def merge_actions(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, into_id: UUID, reason: Text
) -> Receipt:
    """Ends an action as part of another; both stay visible.

    Raises RuleError without a reason, or when the other has itself ended.
    """
    if not any(reason.values()):
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        action, into = pen.get(Action, action_id), pen.get(Action, into_id)
        require(pen, Deed.MERGE, action)
        if into.cancelled or into.pk == action.pk:
            raise RuleError(Rule.ENDED_ALREADY)
        pen.set(action, cancelled=True, merged_into=into, reason=dict(reason))
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="merge_actions",
        intent=intent,
        write=write,
        request={"action": str(action_id), "into": str(into_id), "reason": dict(reason)},
    )


def set_visibility(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    audience: Audience,
    restricted: Mapping[str, str],
) -> Receipt:
    """Says who may read the action, and which of its fields fewer may (julkisuuslaki 24 §)."""
    marks = _checked(restricted)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.SET_VISIBILITY, action)
        own = "" if audience is Audience.PUBLIC else str(audience)
        pen.set(action, audience=own, restricted=marks)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="set_visibility",
        intent=intent,
        write=write,
        request={"action": str(action_id), "audience": audience, "restricted": marks},
    )


def _checked(restricted: Mapping[str, str]) -> dict[str, str]:
    """Raises KeyError for an unknown field and ValueError for an unknown audience."""
    return {
        fields.ACTION.by_name[name].name: str(Audience(mark)) for name, mark in restricted.items()
    }


def _plain(texts: Mapping[str, Text]) -> dict[str, Any]:
    return {name: dict(text) for name, text in texts.items()}
