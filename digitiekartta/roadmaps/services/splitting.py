"""An action carried out in two parts, one after the other."""

from __future__ import annotations

from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui.clock import HELSINKI

from ..estimates import split_estimates
from ..models import Action, Dependency, WorkEstimate
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError
from .actions import WORDING, Text, next_serial
from .ordering import make_room
from .scheduling import days_of, write_days


def split_action(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    last: HalfYear,
    number: str,
    title: Text | None = None,
) -> Receipt:
    """Ends an action at a half-year; a new one carries on from the next to the old end.

    The new action has the next serial, the same goal, parties and people, needs the first one, and
    takes along the work estimated for its half-years; money stays with the first. ``title`` is its
    own, or the first one's.

    Raises RuleError without a reason, for one that has ended, and for a part without a half-year.
    """
    if not intent.reason.strip():
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.SPLIT, action)
        _check(action, last)
        stays, goes = split_estimates(days_of(action), last)
        rest = _rest_of(pen, action, Span(last.plus(1), action.last), number, title)
        pen.set(action, last=last)
        write_days(pen, action, stays)
        for half, days in sorted(goes.items()):
            pen.add(WorkEstimate, action=rest, half_year=half, person_days=days)
        pen.add(Dependency, action=rest, depends_on=action)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="split_action",
        intent=intent,
        write=write,
        request={"action": str(action_id), "last": str(last), "number": number},
    )


def _check(action: Action, last: HalfYear) -> None:
    if action.cancelled:
        raise RuleError(Rule.ENDED_ALREADY)
    if last < action.first or not last < action.last:
        raise RuleError(Rule.ENDS_BEFORE_IT_BEGINS)


def _rest_of(pen: Pen, action: Action, span: Span, number: str, title: Text | None) -> Action:
    texts = {name: dict(getattr(action, name)) for name in WORDING}
    if title and any(title.values()):
        texts["title"] = dict(title)
    today = pen.intent.at.astimezone(HELSINKI).date()
    return pen.add(
        Action,
        roadmap=action.roadmap,
        serial=next_serial(action.ledger_id),
        number=number,
        goal=action.goal,
        responsible=action.responsible,
        person=action.person,
        deputies=list(action.deputies),
        assigned_on=today if action.responsible_id else None,
        partners=list(action.partners),
        all_sectors=action.all_sectors,
        recurring=action.recurring,
        original_first=span.first,
        original_last=span.last,
        first=span.first,
        last=span.last,
        rank=make_room(pen, action, after=True),
        audience=action.audience,
        restricted=dict(action.restricted),
        example=action.example,
        **texts,
    )
