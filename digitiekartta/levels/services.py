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
from digitiekartta.surveys.figures import supposed_mean
from digitiekartta.surveys.models import Round
from digitiekartta.surveys.results import Cell, results_of
from digitiekartta.surveys.rules import Broken, RoundError, RoundState

from .models import Measurement, Priority, Series, Target
from .rules import HIGHEST, LOWEST, OffTheScaleError, SeriesKind, on_scale

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
            _unmark_baseline(pen, ledger_id)
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


def adopt_round(
    *, ledger_id: UUID, intent: Intent, round_id: UUID, source: Text, is_baseline: bool = False
) -> Receipt:
    """Makes the published results of a survey round a measurement: the municipality's levels.

    The levels are the published means (weighted where they are), to one decimal, with the ends of
    their intervals; a hidden one is left out. A new baseline replaces the old one's mark; adopting
    a round again changes nothing but that. Raises RoundError before the results are published.
    """

    def write(pen: Pen) -> Series:
        survey = pen.get(Round, round_id)
        if survey.state != RoundState.PUBLISHED:
            raise RoundError(Broken.NOT_PUBLISHED)
        if is_baseline:
            _unmark_baseline(pen, ledger_id)
        held = Series.objects.filter(round=survey).first()
        if held is not None:
            pen.set(held, is_baseline=is_baseline or held.is_baseline)
            return held
        return _add_from_round(pen, survey, source, is_baseline)

    return history.commit(
        ledger_id=ledger_id,
        kind="adopt_round",
        intent=intent,
        write=write,
        request={"round": str(round_id), "baseline": is_baseline},
    )


def _add_from_round(pen: Pen, survey: Round, source: Text, is_baseline: bool) -> Series:
    results = results_of(survey.result.content)
    series = pen.add(
        Series,
        name=survey.name,
        kind=SeriesKind.SURVEY,
        measured_on=survey.closes_on,
        round=survey,
        source=dict(source),
        respondents=results.root.respondents,
        headcount=results.root.headcount,
        is_baseline=is_baseline,
        example=survey.example,
    )
    for question, cell in zip(results.questions, results.root.cells, strict=True):
        if isinstance(cell, Cell):
            perspective = pen.get(Perspective, UUID(question.id))
            pen.add(
                Measurement,
                series=series,
                perspective=perspective,
                example=survey.example,
                **_level_of(cell),
            )
    return series


def _level_of(cell: Cell) -> dict[str, float | None]:
    value = supposed_mean(cell.shown_mean)
    if cell.half_width is None:
        return {"value": value, "lower": None, "upper": None}
    return {
        "value": value,
        "lower": round(max(LOWEST, value - cell.half_width), 2),
        "upper": round(min(HIGHEST, value + cell.half_width), 2),
    }


def _unmark_baseline(pen: Pen, ledger_id: UUID) -> None:
    for old in Series.objects.filter(ledger_id=ledger_id, is_baseline=True):
        pen.set(old, is_baseline=False)


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
