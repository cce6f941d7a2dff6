"""The rules of actions, as services keep them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import current, document_at, from_tables
from digitiekartta.history.rules import ConflictError, KeyReusedError
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action, Funding, ProgressNote
from digitiekartta.roadmaps.rules import FundingState, Rule, RuleError, Situation, Status
from digitiekartta.roadmaps.services.actions import NewAction
from digitiekartta.roadmaps.services.progress import Report
from tests.kauhava import NOW, Town, add_action, intent, text


def report(town: Town, number: str, **what: Any) -> None:
    services.report_progress(
        ledger_id=town.ledger_id,
        intent=intent(),
        action_id=town.action(number).pk,
        report=Report(**what),
    )


def refused(rule: Rule) -> Any:
    return pytest.raises(RuleError, match=f"^{rule}$")


@pytest.mark.parametrize(
    "state", [FundingState.PROPOSED, FundingState.MOVED, FundingState.REJECTED, None]
)
def test_an_action_cannot_start_without_an_appropriation(
    lappajarvi: Town, state: FundingState | None
) -> None:
    add_action(lappajarvi, "2", state)
    with refused(Rule.MONEY_BEFORE_WORK):
        report(lappajarvi, "2", status=Status.ONGOING)
    assert lappajarvi.action("2").status == Status.NOT_STARTED
    assert not ProgressNote.objects.exists()


def test_next_years_appropriation_does_not_start_an_action_this_year(lappajarvi: Town) -> None:
    add_action(lappajarvi, "2", FundingState.APPROVED, year=2027)
    with refused(Rule.MONEY_BEFORE_WORK):
        report(lappajarvi, "2", status=Status.ONGOING)


@pytest.mark.parametrize("state", [FundingState.NONE_NEEDED, FundingState.EXISTING])
def test_an_action_starts_with_money_or_the_decision_that_none_is_needed(
    lappajarvi: Town, state: FundingState
) -> None:
    add_action(lappajarvi, "2", state)
    report(lappajarvi, "2", status=Status.ONGOING, text=text("Alkoi."))
    assert lappajarvi.action("2").status == Status.ONGOING


def test_the_budget_decision_opens_the_money_gate_at_once(lappajarvi: Town) -> None:
    line = Funding.objects.get()
    assert lappajarvi.plan().actions[0].situation is Situation.WAITING_FOR_MONEY
    services.decide_funding(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        funding_id=line.pk,
        state=FundingState.PARTLY_APPROVED,
        amount=4000,
    )
    report(lappajarvi, "1", status=Status.ONGOING)
    assert lappajarvi.plan().actions[0].situation is Situation.ONGOING


def test_a_pause_needs_a_reason(lappajarvi: Town) -> None:
    with refused(Rule.REASON_NEEDED):
        report(lappajarvi, "1", status=Status.PAUSED)
    report(lappajarvi, "1", status=Status.PAUSED, reason=text("Kilpailutus uusitaan."))
    assert lappajarvi.action("1").reason == text("Kilpailutus uusitaan.")


def test_reporting_on_a_late_action_needs_a_reason_unless_it_is_done(lappajarvi: Town) -> None:
    add_action(lappajarvi, "2", first=HalfYear(2026, 1), last=HalfYear(2026, 1))
    with refused(Rule.REASON_NEEDED):
        report(lappajarvi, "2", status=Status.ONGOING)
    report(lappajarvi, "2", status=Status.DONE, text=text("Valmistui."))
    assert lappajarvi.action("2").reason == {}


def test_a_report_says_something_and_not_of_the_future(lappajarvi: Town) -> None:
    with refused(Rule.NOTHING_TO_SAY):
        report(lappajarvi, "1", text=text(""))
    with refused(Rule.IN_THE_FUTURE):
        report(lappajarvi, "1", text=text("Huomenna."), noted_on=datetime.date(2026, 12, 10))


def test_moving_needs_a_reason_and_stays_inside_the_period(lappajarvi: Town) -> None:
    action = lappajarvi.action("1")
    move: dict[str, Any] = {"ledger_id": lappajarvi.ledger_id, "action_id": action.pk}
    later = Span(HalfYear(2027, 1), HalfYear(2027, 2))
    with refused(Rule.REASON_NEEDED):
        services.reschedule_action(**move, intent=intent(" "), span=later)
    with refused(Rule.OUTSIDE_THE_PERIOD):
        outside = Span(HalfYear(2028, 2), HalfYear(2029, 1))
        services.reschedule_action(**move, intent=intent("Siirtyy"), span=outside)
    services.reschedule_action(**move, intent=intent("Siirtyy"), span=later)
    moved = lappajarvi.plan().actions[0]
    assert (moved.span, moved.original) == (later, Span(HalfYear(2026, 2), HalfYear(2027, 1)))
    assert moved.moved


def test_a_cancelled_action_stays_visible_and_can_no_longer_be_reported(lappajarvi: Town) -> None:
    action_id = lappajarvi.action("1").pk
    cancel: dict[str, Any] = {"ledger_id": lappajarvi.ledger_id, "action_id": action_id}
    with refused(Rule.REASON_NEEDED):
        services.cancel_action(**cancel, intent=intent(), reason=text(""))
    services.cancel_action(**cancel, intent=intent(), reason=text("Ei tarvita."))
    assert lappajarvi.plan().actions[0].situation is Situation.CANCELLED
    with refused(Rule.ENDED_ALREADY):
        report(lappajarvi, "1", text=text("Vielä."))


def test_a_merged_action_points_to_the_other_one(lappajarvi: Town) -> None:
    into = add_action(lappajarvi, "2")
    services.merge_actions(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        into_id=into,
        reason=text("Sama työ."),
    )
    merged = next(one for one in lappajarvi.plan().actions if one.number == "1")
    assert (merged.merged_into, merged.situation) == (str(into), Situation.CANCELLED)


def test_a_serial_is_never_given_again(lappajarvi: Town) -> None:
    first, second = add_action(lappajarvi, "2"), add_action(lappajarvi, "3")
    serials = [Action.objects.get(pk=one).serial for one in (first, second)]
    assert serials == [2, 3]


def test_an_action_needs_a_name(lappajarvi: Town) -> None:
    span = Span(HalfYear(2026, 1), HalfYear(2026, 1))
    with refused(Rule.TITLE_NEEDED):
        services.add_action(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            roadmap_id=lappajarvi.roadmap_id,
            action=NewAction(number="9", texts={"title": text("")}, span=span),
        )


def test_actions_never_depend_on_themselves_through_others(lappajarvi: Town) -> None:
    one, two, three = (add_action(lappajarvi, number) for number in ("2", "3", "4"))
    for action_id, needs in ((one, two), (two, three)):
        services.add_dependency(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            action_id=action_id,
            depends_on_id=needs,
        )
    with refused(Rule.DEPENDS_IN_A_CIRCLE):
        services.add_dependency(
            ledger_id=lappajarvi.ledger_id, intent=intent(), action_id=three, depends_on_id=one
        )


def test_two_people_wording_different_fields_are_both_heard(lappajarvi: Town) -> None:
    action_id = lappajarvi.action("1").pk
    seen = current(lappajarvi.ledger_id).revision
    for texts in ({"benefit": text("Jonot lyhenevät.")}, {"statement": text("Uusitaan.")}):
        services.reword_action(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(expected_revision=seen),
            action_id=action_id,
            texts=texts,
        )
    action = lappajarvi.action("1")
    assert (action.benefit, action.statement) == (text("Jonot lyhenevät."), text("Uusitaan."))


def test_two_people_wording_the_same_field_are_asked(lappajarvi: Town) -> None:
    action_id = lappajarvi.action("1").pk
    seen = current(lappajarvi.ledger_id).revision

    def word(title: str) -> None:
        services.reword_action(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(expected_revision=seen),
            action_id=action_id,
            texts={"title": text(title)},
        )

    word("Ensimmäinen")
    with pytest.raises(ConflictError) as caught:
        word("Toinen")
    conflict = caught.value.conflicts[0]
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        text("Toimenpide 1"),
        text("Toinen"),
        text("Ensimmäinen"),
    )
    assert lappajarvi.action("1").title == text("Ensimmäinen")


def test_a_repeat_under_the_same_key_writes_once(lappajarvi: Town) -> None:
    action_id = lappajarvi.action("1").pk

    def send(said: str) -> Any:
        return services.report_progress(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(key="puhelin-1"),
            action_id=action_id,
            report=Report(text=text(said)),
        )

    first, second = send("Eteni."), send("Eteni.")
    assert (second, second.repeated) == (first, True)
    assert ProgressNote.objects.count() == 1
    with pytest.raises(KeyReusedError):
        send("Muuta.")


def test_another_municipalitys_action_cannot_be_written(kauhava: Town, lappajarvi: Town) -> None:
    with pytest.raises(Action.DoesNotExist):
        services.cancel_action(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            action_id=kauhava.action("1.1").pk,
            reason=text("Ei kuulu minulle."),
        )
    assert not kauhava.action("1.1").cancelled


def test_nothing_changed_is_nothing_recorded(lappajarvi: Town) -> None:
    before = Entry.objects.count()
    services.reword_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        texts={"title": text("Toimenpide 1")},
    )
    assert Entry.objects.count() == before


def test_a_note_on_a_hidden_action_is_hidden_in_the_log_too(lappajarvi: Town) -> None:
    action_id = lappajarvi.action("1").pk
    services.set_visibility(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=action_id,
        audience=Audience.TEAM,
        restricted={},
    )
    report(lappajarvi, "1", text=text("Salainen."))
    assert Entry.objects.order_by("-revision")[0].audience == Audience.TEAM
    assert lappajarvi.plan().actions == ()
    assert len(lappajarvi.plan(Audience.TEAM).actions) == 1


def test_the_log_holds_everything(kauhava: Town) -> None:
    standing = from_tables(kauhava.ledger_id)
    assert document_at(kauhava.ledger_id, standing.revision) == standing
    revisions = Entry.objects.filter(ledger_id=kauhava.ledger_id).values_list("revision", flat=True)
    assert list(revisions) == list(range(1, standing.revision + 1))
    assert all(entry.at <= NOW for entry in Entry.objects.all())
