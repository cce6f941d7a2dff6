"""Recording measured levels, and what is decided from them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective

from .models import Measurement, Priority, Series, Target
from .rules import OffTheScaleError, SeriesKind, on_scale

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """The level of one perspective, 1–5, with its 95 % interval where there is one."""

    perspective_id: UUID
    value: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A dated measurement: how many of how many staff answered, where that is known."""

    name: Text
    kind: SeriesKind
    measured_on: datetime.date
    source: Text
    respondents: int | None = None
    headcount: int | None = None
    is_baseline: bool = False
    example: bool = False


def add_series(
    *, ledger_id: UUID, intent: Intent, series: NewSeries, levels: Sequence[Measured]
) -> Receipt:
    """A dated measurement of the perspectives, with its source.

    Raises OffTheScaleError for a level outside 1–5. A new baseline replaces the old one's mark.
    """
    if not all(on_scale(one.value) for one in levels):
        raise OffTheScaleError

    def write(pen: Pen) -> Series:
        if series.is_baseline:
            for old in Series.objects.filter(ledger_id=ledger_id, is_baseline=True):
                pen.set(old, is_baseline=False)
        row = pen.add(Series, **_columns(series))
        for one in levels:
            pen.add(
                Measurement,
                series=row,
                perspective=pen.get(Perspective, one.perspective_id),
                value=one.value,
                lower=one.lower,
                upper=one.upper,
                example=series.example,
            )
        return row

    request = {"on": str(series.measured_on), "levels": [one.value for one in levels]}
    return history.commit(
        ledger_id=ledger_id, kind="add_series", intent=intent, write=write, request=request
    )


def _columns(series: NewSeries) -> dict[str, Any]:
    return {one.name: getattr(series, one.name) for one in fields(series)}


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
