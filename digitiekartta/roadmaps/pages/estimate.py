"""The management team's own estimate beside the staff's rating: a finding, told in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digitiekartta.levels.rules import EstimateFinding, EstimateLabel, compare_estimate

from ..plan.entities import Perspective, Point, Series


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """An estimate and the staff's rating that is nearest to it in time."""

    perspective: Perspective
    estimate: Point
    staff: Point
    finding: EstimateFinding


@dataclass(frozen=True, slots=True)
class EstimatePage:
    """The rows in the perspectives' order. ``widest`` is the largest difference, if there is one.

    ``series`` is the estimate, None when the rows come from several.
    """

    rows: tuple[EstimateRow, ...]
    series: Series | None
    labels: Mapping[EstimateLabel, int]
    widest: EstimateRow | None


def estimate_page(perspectives: Sequence[Perspective]) -> EstimatePage | None:
    """What the two say of today's levels; None where there is nothing to put side by side."""
    rows = tuple(row for one in perspectives if (row := _row(one)) is not None)
    if not rows:
        return None
    series = {row.estimate.series.id: row.estimate.series for row in rows}
    differing = [row for row in rows if row.finding.label is not EstimateLabel.ALIKE]
    return EstimatePage(
        rows=rows,
        series=next(iter(series.values())) if len(series) == 1 else None,
        labels=Counter(row.finding.label for row in rows),
        widest=max(differing, key=lambda row: abs(row.finding.difference), default=None),
    )


def _row(one: Perspective) -> EstimateRow | None:
    if one.estimate is None or not one.points:
        return None
    on = one.estimate.series.measured_on
    staff = min(one.points, key=lambda point: abs(point.series.measured_on - on))
    finding = compare_estimate(one.estimate.value, staff.reading)
    return EstimateRow(one, one.estimate, staff, finding)
