"""Recording levels, targets and priorities."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.services import DecisionInTheFutureError
from digitiekartta.history.rules import ConflictError, Intent
from digitiekartta.levels import services
from digitiekartta.levels.models import Measurement, Priority, Series, Target
from digitiekartta.levels.rules import OffTheScaleError, SeriesKind
from digitiekartta.levels.services import (
    Decided,
    Measured,
    NewSeries,
    NewTarget,
    NotRankedError,
    ReasonNeededError,
)
from digitiekartta.municipalities.models import Party, Perspective
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.surveys.models import Round
from digitiekartta.surveys.rules import RoundError, RoundState
from tests.kauhava import NOW, TODAY, Town, intent, text

YESTERDAY = TODAY - datetime.timedelta(days=1)


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


def decided(town: Town, on: datetime.date = TODAY, reference: str = "") -> Decided:
    body = Party.objects.filter(ledger_id=town.ledger_id).order_by("rank")[0]
    return Decided(body.pk, on, text("Päätettiin."), reference)


def perspective(town: Town, number: int = 1) -> UUID:
    return Perspective.objects.get(ledger_id=town.ledger_id, number=number).pk


def set_target(town: Town, level: float | None, reason: dict[str, str], **more: Any) -> None:
    services.set_targets(
        ledger_id=town.ledger_id,
        intent=more.pop("by", intent()),
        targets=[NewTarget(perspective(town), level, reason)],
        decided=decided(town, **more),
    )


def test_later_measurements_never_take_the_baselines_mark(kauhava: Town) -> None:
    first = Series.objects.get(is_baseline=True)
    add_series_of_kauhava(kauhava)
    estimate(kauhava, 4.0, TODAY)
    assert Series.objects.get(is_baseline=True) == first


def add_series_of_kauhava(town: Town) -> None:
    services.add_series(
        ledger_id=town.ledger_id,
        intent=intent(),
        series=NewSeries(text("Paperilta"), SeriesKind.BY_HAND, TODAY, text("Pöytäkirja")),
        levels=[Measured(perspective(town), 3.0)],
    )


def test_a_named_baseline_takes_the_mark_by_its_decision_and_the_old_one_keeps_its_levels(
    kauhava: Town,
) -> None:
    old, new = Series.objects.filter(kind=SeriesKind.SURVEY).order_by("measured_on")
    levels = list(Measurement.objects.filter(series=old).values_list("value", flat=True))
    services.name_baseline(
        ledger_id=kauhava.ledger_id,
        intent=intent("Kysely laajeni."),
        decided=decided(kauhava, reference="§ 3"),
        series_id=new.pk,
    )
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.is_baseline, new.is_baseline) == (False, True)
    assert old.decision == new.decision == Decision.objects.get(reference="§ 3")
    assert list(Measurement.objects.filter(series=old).values_list("value", flat=True)) == levels
    shown = kauhava.plan().perspectives[0]
    assert shown.baseline is not None
    assert shown.baseline.series.id == str(new.pk)


def test_an_estimate_or_an_unpublished_round_is_no_baseline(kauhava: Town) -> None:
    estimated = Series.objects.get(kind=SeriesKind.MANAGEMENT_ESTIMATE)
    round_id = Series.objects.filter(kind=SeriesKind.SURVEY)[0].round_id
    Round.objects.filter(pk=round_id).update(state=RoundState.CLOSED)
    for named, error in (
        ({"series_id": estimated.pk}, Series.DoesNotExist),
        ({}, Series.DoesNotExist),
        ({"round_id": round_id}, RoundError),
    ):
        with pytest.raises(error):
            services.name_baseline(
                ledger_id=kauhava.ledger_id, intent=intent(), decided=decided(kauhava), **named
            )


def test_a_published_round_that_is_named_becomes_a_measurement(kauhava: Town) -> None:
    held = Series.objects.filter(kind=SeriesKind.SURVEY).order_by("-measured_on")[0]
    round_id, levels = held.round_id, held.measurements.count()
    held.measurements.all().delete()
    held.delete()
    for _twice in range(2):
        services.name_baseline(
            ledger_id=kauhava.ledger_id,
            intent=intent(),
            decided=decided(kauhava),
            round_id=round_id,
            source=text("Kysely"),
        )
    (made,) = Series.objects.filter(round_id=round_id)
    assert made.is_baseline
    assert made.measurements.count() == levels


def estimate(town: Town, value: float, on: datetime.date) -> None:
    services.estimate_levels(
        ledger_id=town.ledger_id,
        intent=intent(),
        name=text("Johtoryhmän arvio"),
        measured_on=on,
        source=text("Kokous"),
        levels=[Measured(perspective(town), value)],
    )


def test_estimating_the_same_day_again_corrects_and_another_day_adds(lappajarvi: Town) -> None:
    for value, on in ((3.0, YESTERDAY), (4.0, YESTERDAY), (3.5, TODAY)):
        estimate(lappajarvi, value, on)
    held = Series.objects.order_by("measured_on")
    assert [one.measurements.get().value for one in held] == [4, 3.5]
    shown = lappajarvi.plan().perspectives[0]
    assert shown.estimate is not None
    assert (shown.estimate.value, shown.points) == (3.5, ())


def test_a_target_keeps_what_was_not_written_and_names_its_decision(lappajarvi: Town) -> None:
    set_target(lappajarvi, 4.0, {"fi": "Tarvitaan.", "sv": "Behövs."}, reference="§ 1")
    set_target(lappajarvi, None, {"fi": "Tarvitaan pian."}, reference="§ 2")
    held = Target.objects.get()
    assert (held.level, held.reason) == (4, {"fi": "Tarvitaan pian.", "sv": "Behövs."})
    assert held.decision is not None
    assert held.decision.reference == "§ 2"


def test_the_same_decision_is_recorded_once(lappajarvi: Town) -> None:
    for level in (3.0, 4.0):
        set_target(lappajarvi, level, text("Tarvitaan."))
    assert Decision.objects.count() == 1


def test_nothing_is_decided_in_the_future(lappajarvi: Town) -> None:
    with pytest.raises(DecisionInTheFutureError):
        set_target(lappajarvi, 4.0, text("Tarvitaan."), on=TODAY + datetime.timedelta(days=1))
    assert not Target.objects.exists()


def test_two_who_change_the_same_target_at_once_do_not_overwrite_each_other(
    lappajarvi: Town,
) -> None:
    set_target(lappajarvi, 3.0, text("Tarvitaan."))
    seen = intent(expected_revision=Target.objects.get().revision)
    set_target(lappajarvi, 4.0, text("Tarvitaan."))
    with pytest.raises(ConflictError) as conflict:
        set_target(lappajarvi, 5.0, text("Tarvitaan."), by=seen)
    assert [(one.mine, one.theirs) for one in conflict.value.conflicts if one.field == "level"] == [
        (5.0, 4.0)
    ]


@pytest.mark.parametrize("level", [None, 0.5, 5.5])
def test_a_new_target_needs_a_level_of_the_scale(lappajarvi: Town, level: float | None) -> None:
    with pytest.raises(OffTheScaleError):
        set_target(lappajarvi, level, text("Tarvitaan."))


def test_importance_gives_every_target_one_place(kauhava: Town) -> None:
    ids = list(Target.objects.order_by("perspective__number").values_list("perspective", flat=True))
    order = [*reversed(ids)]
    services.rank_importance(ledger_id=kauhava.ledger_id, intent=intent(), order=order)
    places = Target.objects.order_by("perspective__number").values_list("importance", flat=True)
    assert list(places) == list(range(11, 0, -1))
    for wrong in ([], [ids[0], ids[0]], [uuid4()]):
        with pytest.raises(NotRankedError):
            services.rank_importance(ledger_id=kauhava.ledger_id, intent=intent(), order=wrong)


def choose(town: Town, number: int, reason: dict[str, str]) -> None:
    services.decide_priority(
        ledger_id=town.ledger_id,
        intent=intent(),
        perspective_id=perspective(town, number),
        reason=reason,
        decided=decided(town),
    )


def remove(town: Town, number: int, reason: dict[str, str]) -> None:
    services.remove_priority(
        ledger_id=town.ledger_id,
        intent=intent(),
        perspective_id=perspective(town, number),
        reason=reason,
        decided=decided(town),
    )


def test_a_removed_priority_keeps_number_and_reason_and_comes_back_under_it(kauhava: Town) -> None:
    remove(kauhava, 5, text("Saavutettu."))
    plan = kauhava.plan()
    assert [one.number for one in plan.priorities] == [1, 2, 4, 5]
    former = next(one.former for one in plan.perspectives if one.number == 5)
    assert former is not None
    assert (former.number, former.removal_reason) == (3, text("Saavutettu."))
    assert not any(goal.priority is not None and goal.priority.number == 3 for goal in plan.goals)
    choose(kauhava, 7, text("Uusi."))
    choose(kauhava, 5, text("Taas."))
    numbers = Priority.objects.filter(removed=False).values_list("perspective__number", "number")
    assert set(numbers) == {(1, 1), (3, 2), (5, 3), (8, 4), (11, 5), (7, 6)}


def test_a_priority_is_neither_chosen_nor_removed_without_a_reason(kauhava: Town) -> None:
    for write in (choose, remove):
        with pytest.raises(ReasonNeededError):
            write(kauhava, 1, {"fi": ""})
    with pytest.raises(Priority.DoesNotExist):
        remove(kauhava, 2, text("Ei ollutkaan."))


def test_only_the_coordinator_writes(lappajarvi: Town) -> None:
    stranger = Intent(actor=uuid4(), at=NOW)
    with pytest.raises(NotAllowedError):
        set_target(lappajarvi, 4.0, text("Tarvitaan."), by=stranger)
    assert not Target.objects.exists()
