"""Recording measured levels, and which measurement is the baseline."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective
from digitiekartta.surveys.figures import supposed_mean
from digitiekartta.surveys.models import Round
from digitiekartta.surveys.results import Cell, results_of
from digitiekartta.surveys.rules import Broken, RoundError, RoundState

from ..models import Measurement, Series
from ..permissions import require_coordinator
from ..rules import HIGHEST, LOWEST, OffTheScaleError, SeriesKind, on_scale
from .deciding import Decided, decision_row

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
    *,
    ledger_id: UUID,
    intent: Intent,
    series: NewSeries,
    levels: Sequence[Measured],
    decided: Decided | None = None,
) -> Receipt:
    """A dated measurement of the perspectives, with its source.

    Raises OffTheScaleError for a level outside 1–5. A new baseline replaces the old one's mark,
    both by the decision where it is given.
    """
    if not all(on_scale(one.value) for one in levels):
        raise OffTheScaleError

    def write(pen: Pen) -> Series:
        require_coordinator(pen)
        decision = decision_row(pen, decided, DecisionKind.OTHER) if decided else None
        if series.is_baseline:
            _unmark_baseline(pen, ledger_id, decision)
        row = pen.add(Series, **_columns(series), decision=decision)
        for one in levels:
            _add_measured(pen, row, one)
        return row

    request = {
        "on": str(series.measured_on),
        "levels": [[str(one.perspective_id), one.value] for one in levels],
        "decided": decided.as_data() if decided else None,
    }
    return history.commit(
        ledger_id=ledger_id, kind="add_series", intent=intent, write=write, request=request
    )


def _add_measured(pen: Pen, row: Series, one: Measured) -> None:
    pen.add(
        Measurement,
        series=row,
        perspective=pen.get(Perspective, one.perspective_id),
        value=one.value,
        lower=one.lower,
        upper=one.upper,
        example=row.example,
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
        require_coordinator(pen)
        held = _series_of(pen, round_id, source)
        if is_baseline:
            _mark_baseline(pen, held, None)
        return held

    return history.commit(
        ledger_id=ledger_id,
        kind="adopt_round",
        intent=intent,
        write=write,
        request={"round": str(round_id), "baseline": is_baseline},
    )


def name_baseline(
    *,
    ledger_id: UUID,
    intent: Intent,
    decided: Decided,
    series_id: UUID | None = None,
    round_id: UUID | None = None,
    source: Text | None = None,
) -> Receipt:
    """The measurement that the management team named as the baseline: a series, or a survey round
    whose results are published, which becomes a series with the source.

    The one that was the baseline loses the mark and keeps its levels. Raises RoundError for a round
    that is not published, Series.DoesNotExist for an estimate of the management team, and
    DecisionInTheFutureError.
    """

    def write(pen: Pen) -> Series:
        require_coordinator(pen)
        if round_id is not None:
            held = _series_of(pen, round_id, source or {})
        else:
            held = _series(pen, series_id)
        _mark_baseline(pen, held, decision_row(pen, decided, DecisionKind.OTHER))
        return held

    request = {
        "series": str(series_id or ""),
        "round": str(round_id or ""),
        "decided": decided.as_data(),
    }
    return history.commit(
        ledger_id=ledger_id, kind="name_baseline", intent=intent, write=write, request=request
    )


def estimate_levels(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: Text,
    measured_on: datetime.date,
    source: Text,
    levels: Sequence[Measured],
    example: bool = False,
) -> Receipt:
    """The management team's own estimate of the levels of a day.

    Estimating the same day again sets that estimate's levels; those of other days stay. Raises
    OffTheScaleError for a level outside 1–5.
    """
    if not all(on_scale(one.value) for one in levels):
        raise OffTheScaleError
    kind = SeriesKind.MANAGEMENT_ESTIMATE

    def write(pen: Pen) -> Series:
        require_coordinator(pen)
        held = Series.objects.filter(ledger=pen.ledger, kind=kind, measured_on=measured_on).first()
        if held is None:
            texts = {"name": dict(name), "source": dict(source)}
            held = pen.add(Series, kind=kind, measured_on=measured_on, example=example, **texts)
        else:
            pen.set(held, source=dict(source) or held.source, example=example)
        _set_measured(pen, held, levels)
        return held

    request = {
        "on": str(measured_on),
        "levels": [[str(one.perspective_id), one.value] for one in levels],
    }
    return history.commit(
        ledger_id=ledger_id, kind="estimate_levels", intent=intent, write=write, request=request
    )


def _set_measured(pen: Pen, series: Series, levels: Sequence[Measured]) -> None:
    """Gives a series these levels and no others."""
    rows = {one.perspective_id: one for one in Measurement.objects.filter(series=series)}
    for one in levels:
        if (row := rows.pop(one.perspective_id, None)) is None:
            _add_measured(pen, series, one)
        else:
            pen.set(row, value=one.value, example=series.example)
    for row in rows.values():
        pen.remove(row)


def _series(pen: Pen, series_id: UUID | None) -> Series:
    """A measurement of the staff's ratings; an estimate of the management team is none."""
    held = Series.objects.exclude(kind=SeriesKind.MANAGEMENT_ESTIMATE)
    if series_id is None:
        raise Series.DoesNotExist
    return held.get(pk=series_id, ledger=pen.ledger)


def _series_of(pen: Pen, round_id: UUID, source: Text) -> Series:
    """A published round as a measurement: the one that it was made already, or a new one."""
    survey = pen.get(Round, round_id)
    if survey.state != RoundState.PUBLISHED:
        raise RoundError(Broken.NOT_PUBLISHED)
    held = Series.objects.filter(round=survey).first()
    return held or _add_from_round(pen, survey, source)


def _mark_baseline(pen: Pen, series: Series, decision: Decision | None) -> None:
    if not series.is_baseline:
        _unmark_baseline(pen, pen.ledger.pk, decision)
    pen.set(series, is_baseline=True, decision=decision or series.decision)


def _add_from_round(pen: Pen, survey: Round, source: Text) -> Series:
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


def _unmark_baseline(pen: Pen, ledger_id: UUID, decision: Decision | None) -> None:
    for old in Series.objects.filter(ledger_id=ledger_id, is_baseline=True):
        pen.set(old, is_baseline=False, decision=decision)
