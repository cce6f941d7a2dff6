"""Where each perspective stands: its levels, target and priority, in the working plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.municipalities.models import Framework, Perspective

from .models import Measurement, Priority, Series, Target
from .rules import SeriesKind


@dataclass(frozen=True, slots=True)
class Standing:
    """A perspective with what is recorded of it. ``latest`` is the staff's last rating."""

    perspective: Perspective
    baseline: Measurement | None
    latest: Measurement | None
    estimate: Measurement | None
    target: Target | None
    priority: Priority | None

    @property
    def number(self) -> int:
        return self.perspective.number

    @property
    def is_priority(self) -> bool:
        return self.priority is not None and not self.priority.removed


def standings(ledger_id: UUID) -> tuple[Standing, ...]:
    """The perspectives of the newest framework in its own order. Five queries."""
    framework = Framework.objects.filter(ledger_id=ledger_id).order_by("-version").first()
    rows = Measurement.objects.filter(ledger_id=ledger_id).select_related("series")
    measured = sorted(rows, key=lambda one: (one.series.measured_on, str(one.series_id)))
    latest: dict[UUID, Measurement] = {}
    baseline: dict[UUID, Measurement] = {}
    estimate: dict[UUID, Measurement] = {}
    for one in measured:
        if one.series.kind == SeriesKind.MANAGEMENT_ESTIMATE:
            estimate[one.perspective_id] = one
            continue
        latest[one.perspective_id] = one
        if one.series.is_baseline:
            baseline[one.perspective_id] = one
    targets = {one.perspective_id: one for one in Target.objects.filter(ledger_id=ledger_id)}
    chosen = {one.perspective_id: one for one in Priority.objects.filter(ledger_id=ledger_id)}
    return tuple(
        Standing(
            perspective=one,
            baseline=baseline.get(one.pk),
            latest=latest.get(one.pk),
            estimate=estimate.get(one.pk),
            target=targets.get(one.pk),
            priority=chosen.get(one.pk),
        )
        for one in Perspective.objects.filter(framework=framework).order_by("number")
    )


def current_baseline(ledger_id: UUID) -> Series | None:
    """The measurement that is the baseline now."""
    held = Series.objects.filter(ledger_id=ledger_id, is_baseline=True)
    return held.select_related("decision__body").first()


def last_estimate(ledger_id: UUID) -> tuple[Series | None, Mapping[UUID, float]]:
    """The management team's last estimate and its levels by perspective."""
    held = Series.objects.filter(ledger_id=ledger_id, kind=SeriesKind.MANAGEMENT_ESTIMATE)
    last = held.order_by("-measured_on").first()
    rows = Measurement.objects.filter(series=last) if last is not None else ()
    return last, {one.perspective_id: float(one.value) for one in rows}
