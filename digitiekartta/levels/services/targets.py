"""Target levels and their order of importance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective

from ..models import Target
from ..permissions import require_coordinator
from ..rules import OffTheScaleError, on_scale
from .deciding import Decided, decision_row

Text = Mapping[str, str]


class NotRankedError(ValueError):
    """An order of importance that does not give every target one place of its own."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What changes of a perspective's target. None leaves the level, or the reason, as it is;
    a language that ``reason`` does not have stays too."""

    perspective_id: UUID
    level: float | None = None
    reason: Text | None = None


def adopt_target(
    *,
    ledger_id: UUID,
    intent: Intent,
    perspective_id: UUID,
    level: float,
    reason: Text,
    decision_id: UUID | None = None,
    example: bool = False,
) -> Receipt:
    """The management team's target level of a perspective. Raises OffTheScaleError outside 1–5."""
    if not on_scale(level):
        raise OffTheScaleError

    def write(pen: Pen) -> Target:
        require_coordinator(pen)
        perspective = pen.get(Perspective, perspective_id)
        decision = pen.get(Decision, decision_id) if decision_id is not None else None
        values = {"level": level, "reason": dict(reason), "decision": decision, "example": example}
        target = Target.objects.filter(perspective=perspective).first()
        if target is None:
            return pen.add(Target, perspective=perspective, **values)
        pen.set(target, **values)
        return target

    return history.commit(
        ledger_id=ledger_id,
        kind="adopt_target",
        intent=intent,
        write=write,
        request={"perspective": str(perspective_id), "level": level},
    )


def set_targets(
    *, ledger_id: UUID, intent: Intent, targets: Sequence[NewTarget], decided: Decided
) -> Receipt:
    """Several targets that one decision set or changed; those not named stay as they are.

    A target that changes is no example any more. Raises OffTheScaleError for a level outside 1–5
    or for a new target without one, and DecisionInTheFutureError.
    """
    if not all(one.level is None or on_scale(one.level) for one in targets):
        raise OffTheScaleError

    def write(pen: Pen) -> Decision | None:
        require_coordinator(pen)
        if not targets:
            return None
        decision = decision_row(pen, decided, DecisionKind.TARGETS)
        for one in targets:
            _set_target(pen, one, decision)
        return decision

    request = {
        "decided": decided.as_data(),
        "targets": [
            [str(one.perspective_id), one.level, dict(one.reason or {})] for one in targets
        ],
    }
    return history.commit(
        ledger_id=ledger_id, kind="set_targets", intent=intent, write=write, request=request
    )


def _set_target(pen: Pen, one: NewTarget, decision: Decision) -> None:
    perspective = pen.get(Perspective, one.perspective_id)
    target = Target.objects.filter(perspective=perspective).first()
    if target is None:
        if one.level is None:
            raise OffTheScaleError
        reason = _written({}, one.reason)
        pen.add(Target, perspective=perspective, level=one.level, reason=reason, decision=decision)
        return
    level = target.level if one.level is None else one.level
    reason = _written(target.reason, one.reason)
    pen.set(target, level=level, reason=reason, decision=decision, example=False)


def _written(held: Text, new: Text | None) -> dict[str, str]:
    """A text with what was written of it anew; an emptied language is gone."""
    return {code: said for code, said in {**held, **(new or {})}.items() if said}


def rank_importance(*, ledger_id: UUID, intent: Intent, order: Sequence[UUID]) -> Receipt:
    """The perspectives with a target in their order of importance, the most important first.

    Raises NotRankedError when one is missing, named twice or has no target.
    """

    def write(pen: Pen) -> Target | None:
        require_coordinator(pen)
        held = {one.perspective_id: one for one in Target.objects.filter(ledger_id=ledger_id)}
        if len(order) != len(set(order)) or not order or not set(order) <= set(held):
            raise NotRankedError
        for perspective_id, target in held.items():
            place = order.index(perspective_id) + 1 if perspective_id in order else None
            pen.set(target, importance=place)
        return held[order[0]]

    return history.commit(
        ledger_id=ledger_id,
        kind="rank_importance",
        intent=intent,
        write=write,
        request={"order": [str(one) for one in order]},
    )
