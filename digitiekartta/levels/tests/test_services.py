"""Recording levels, targets and priorities."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.levels import services
from digitiekartta.levels.models import Series, Target
from digitiekartta.levels.rules import OffTheScaleError, SeriesKind
from digitiekartta.levels.services import Measured, NewSeries
from digitiekartta.municipalities.models import Perspective
from tests.kauhava import Town, intent, text


def add_series(town: Town, value: float, **more: Any) -> None:
    perspective = Perspective.objects.get(ledger_id=town.ledger_id)
    services.add_series(
        ledger_id=town.ledger_id,
        intent=intent(),
        series=NewSeries(
            name=text("Kysely"),
            kind=SeriesKind.BY_HAND,
            measured_on=datetime.date(2026, 4, 1),
            source=text("Paperilta"),
            **more,
        ),
        levels=[Measured(perspective.pk, value)],
    )


@pytest.mark.parametrize("value", [0, 0.9, 5.1, 6, -1])
def test_a_level_off_the_scale_is_refused(lappajarvi: Town, value: float) -> None:
    with pytest.raises(OffTheScaleError):
        add_series(lappajarvi, value)
    with pytest.raises(OffTheScaleError):
        services.adopt_target(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            perspective_id=Perspective.objects.get().pk,
            level=value,
            reason=text(""),
        )
    assert not Series.objects.exists()


def test_a_new_baseline_takes_the_mark_and_the_old_measurement_stays(lappajarvi: Town) -> None:
    add_series(lappajarvi, 2.4, is_baseline=True)
    add_series(lappajarvi, 2.8, is_baseline=True)
    assert Series.objects.count() == 2
    perspective = lappajarvi.plan().perspectives[0]
    assert perspective.baseline is not None
    assert perspective.baseline.value == 2.8
    assert len(perspective.points) == 2


def test_adopting_a_target_again_changes_it(lappajarvi: Town) -> None:
    for level in (3.0, 4.0):
        services.adopt_target(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            perspective_id=Perspective.objects.get().pk,
            level=level,
            reason=text("Tarvitaan."),
        )
    assert [float(one.level) for one in Target.objects.all()] == [4.0]


def test_gap_and_distance_left_are_counted_from_baseline_and_latest(kauhava: Town) -> None:
    perspective = next(one for one in kauhava.plan().perspectives if one.number == 11)
    assert (perspective.gap, perspective.remaining) == (2.0, 1.2)
