"""Development priorities: chosen and removed by people, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective

from ..models import Priority
from ..permissions import require_coordinator
from .deciding import Decided, decision_row

Text = Mapping[str, str]


class ReasonNeededError(ValueError):
    """A priority is neither chosen nor removed without a reason."""


def choose_priority(
    *,
    ledger_id: UUID,
    intent: Intent,
    perspective_id: UUID,
    number: int,
    reason: Text,
    decision_id: UUID | None = None,
    example: bool = False,
) -> Receipt:
    """Makes a perspective a development priority: chosen by people, with a reason."""

    def write(pen: Pen) -> Priority:
        require_coordinator(pen)
        return pen.add(
            Priority,
            perspective=pen.get(Perspective, perspective_id),
            number=number,
            reason=dict(reason),
            decision=pen.get(Decision, decision_id) if decision_id is not None else None,
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="choose_priority",
        intent=intent,
        write=write,
        request={"perspective": str(perspective_id), "number": number},
    )


def decide_priority(
    *, ledger_id: UUID, intent: Intent, perspective_id: UUID, reason: Text, decided: Decided
) -> Receipt:
    """A perspective as a priority by a decision: a new one gets the next number, one that was
    removed comes back under its own, one that stands gets the new reason.

    Raises ReasonNeededError without a reason, and DecisionInTheFutureError.
    """
    if not any(reason.values()):
        raise ReasonNeededError

    def write(pen: Pen) -> Priority:
        require_coordinator(pen)
        perspective = pen.get(Perspective, perspective_id)
        held = Priority.objects.filter(perspective=perspective).first()
        values: dict[str, Any] = {
            "reason": {code: said for code, said in reason.items() if said},
            "decision": decision_row(pen, decided, DecisionKind.TARGETS),
        }
        if held is None:
            number = _next_number(ledger_id)
            return pen.add(Priority, perspective=perspective, number=number, **values)
        pen.set(held, removed=False, removal_reason={}, example=False, **values)
        return held

    request = {
        "perspective": str(perspective_id),
        "reason": dict(reason),
        "decided": decided.as_data(),
    }
    return history.commit(
        ledger_id=ledger_id, kind="decide_priority", intent=intent, write=write, request=request
    )


def _next_number(ledger_id: UUID) -> int:
    """One more than any ever given: a number stands in addresses and is not given to another."""
    held = Priority.objects.filter(ledger_id=ledger_id)
    return (held.aggregate(most=Max("number"))["most"] or 0) + 1


def remove_priority(
    *, ledger_id: UUID, intent: Intent, perspective_id: UUID, reason: Text, decided: Decided
) -> Receipt:
    """A perspective is no longer a priority. Its row stays, with its number and the reason.

    Raises ReasonNeededError without a reason, Priority.DoesNotExist where it is none.
    """
    if not any(reason.values()):
        raise ReasonNeededError

    def write(pen: Pen) -> Priority:
        require_coordinator(pen)
        perspective = pen.get(Perspective, perspective_id)
        held = Priority.objects.get(perspective=perspective, removed=False)
        said = {code: one for code, one in reason.items() if one}
        decision = decision_row(pen, decided, DecisionKind.TARGETS)
        pen.set(held, removed=True, removal_reason=said, decision=decision, example=False)
        return held

    request = {
        "perspective": str(perspective_id),
        "reason": dict(reason),
        "decided": decided.as_data(),
    }
    return history.commit(
        ledger_id=ledger_id, kind="remove_priority", intent=intent, write=write, request=request
    )
