"""Writing ideas: what is in the log, what never comes there, and who may."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core import mail

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import current, document_at, from_tables
from digitiekartta.history.rules import ConflictError, Intent
from digitiekartta.ideas import services
from digitiekartta.ideas.models import Idea, IdeaStep, IdeaSupport, Received
from digitiekartta.ideas.queries import ideas_document, statistics, supporters
from digitiekartta.ideas.rules import BrokenIdea, IdeaError, IdeaState
from digitiekartta.municipalities.models import Municipality, Party
from digitiekartta.municipalities.permissions import Member, NotAllowedError
from digitiekartta.municipalities.rules import HalfYear, Role, Span
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.rules import Rule, RuleError
from digitiekartta.roadmaps.services import remove_examples
from digitiekartta.roadmaps.services.actions import NewAction
from tests.cast import account
from tests.kauhava import NOW, Town, intent, text

from .proposals import NOTE, idea, open_to_residents, received, step

pytestmark = pytest.mark.database


def _party(town: Town) -> Party:
    return Party.objects.get(ledger_id=town.ledger_id, slug="sivistystoimi")


def test_numbers_are_given_in_order_and_the_language_is_kept(lappajarvi: Town) -> None:
    first, second = idea(lappajarvi), idea(lappajarvi, "Toinen")
    assert (first.number, second.number) == (1, 2)
    assert first.title == {"fi": "Vene lainaan"}


def test_the_log_rebuilds_ideas_with_their_steps_and_supports(lappajarvi: Town) -> None:
    user = account(lappajarvi.ledger_id, Role.STAFF, "h@kunta.test")
    one = idea(lappajarvi)
    by = Intent(actor=user.pk, at=NOW)
    services.support_idea(ledger_id=lappajarvi.ledger_id, intent=by, idea_id=one.pk)
    step(lappajarvi, one.pk, IdeaState.HANDLING, handler_id=_party(lappajarvi).pk)
    now = from_tables(lappajarvi.ledger_id)
    assert now.document.of("idea_step")
    assert document_at(lappajarvi.ledger_id, now.revision).document == now.document


def test_an_idea_is_supported_once_by_each_and_merging_counts_everybody_once(
    lappajarvi: Town,
) -> None:
    users = [account(lappajarvi.ledger_id, Role.STAFF, f"{n}@kunta.test") for n in range(2)]
    kept, other = idea(lappajarvi), idea(lappajarvi, "Vene lainattavaksi")
    for user, ideas in zip(users, ((kept, kept, other), (other,)), strict=True):
        for one in ideas:
            by = Intent(actor=user.pk, at=NOW)
            services.support_idea(ledger_id=lappajarvi.ledger_id, intent=by, idea_id=one.pk)
    assert IdeaSupport.objects.filter(idea=kept).count() == 1
    step(lappajarvi, other.pk, IdeaState.MERGED, other_id=kept.pk)
    assert len(supporters(lappajarvi.ledger_id)[str(kept.pk)]) == 2
    by = Intent(actor=users[0].pk, at=NOW)
    services.withdraw_support(ledger_id=lappajarvi.ledger_id, intent=by, idea_id=kept.pk)
    assert not IdeaSupport.objects.filter(idea=kept).exists()


def test_who_supports_is_for_the_team_alone(lappajarvi: Town) -> None:
    user = account(lappajarvi.ledger_id, Role.STAFF, "h@kunta.test")
    one = idea(lappajarvi)
    services.support_idea(
        ledger_id=lappajarvi.ledger_id, intent=Intent(actor=user.pk, at=NOW), idea_id=one.pk
    )
    assert Entry.objects.get(kind="support_idea").audience == Audience.TEAM
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        document = ideas_document(lappajarvi.ledger_id, audience)
        assert document.of("idea")
        assert not document.of("idea_support")


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.MANAGEMENT, Role.SECRETARY])
def test_only_the_team_and_the_coordinator_handle(lappajarvi: Town, role: Role) -> None:
    user = account(lappajarvi.ledger_id, role, "x@kunta.test")
    one = idea(lappajarvi)
    by = Intent(actor=user.pk, at=NOW)
    told = services.Step(state=IdeaState.ANSWERED, note=NOTE)
    with pytest.raises(NotAllowedError):
        services.handle_idea(ledger_id=lappajarvi.ledger_id, intent=by, idea_id=one.pk, step=told)
    with pytest.raises(NotAllowedError):
        services.publish_idea(ledger_id=lappajarvi.ledger_id, intent=by, idea_id=one.pk)
    assert not IdeaStep.objects.exists()


def test_a_stranger_neither_proposes_nor_supports(lappajarvi: Town) -> None:
    by = Intent(actor=uuid4(), at=NOW)
    proposal = services.Proposal("fi", "Idea", "Ehdotus")
    with pytest.raises(NotAllowedError):
        services.propose_idea(ledger_id=lappajarvi.ledger_id, intent=by, proposal=proposal)
    with pytest.raises(NotAllowedError):
        services.support_idea(
            ledger_id=lappajarvi.ledger_id, intent=by, idea_id=idea(lappajarvi).pk
        )


def test_two_who_take_an_idea_to_different_stages_conflict(lappajarvi: Town) -> None:
    one = idea(lappajarvi)
    seen = current(lappajarvi.ledger_id).revision
    step(lappajarvi, one.pk, IdeaState.EXPERIMENT)
    with pytest.raises(ConflictError):
        services.handle_idea(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(expected_revision=seen),
            idea_id=one.pk,
            step=services.Step(state=IdeaState.ANSWERED, note=NOTE),
        )
    assert IdeaStep.objects.count() == 1


def test_an_idea_is_not_merged_with_itself_nor_with_a_merged_one(lappajarvi: Town) -> None:
    one, other, third = (idea(lappajarvi, name) for name in ("A", "B", "C"))
    step(lappajarvi, other.pk, IdeaState.MERGED, other_id=third.pk)
    for into, rule in ((one, BrokenIdea.ITSELF), (other, BrokenIdea.MERGED_ALREADY)):
        with pytest.raises(IdeaError) as raised:
            step(lappajarvi, one.pk, IdeaState.MERGED, other_id=into.pk)
        assert raised.value.rule is rule


def _new(span: Span) -> NewAction:
    return NewAction(number="9", texts={"title": text("Vene")}, span=span)


def test_an_action_is_made_of_an_idea_once_and_both_or_neither_are_written(
    lappajarvi: Town,
) -> None:
    one = idea(lappajarvi)
    made = {
        "ledger_id": lappajarvi.ledger_id,
        "idea_id": one.pk,
        "roadmap_id": lappajarvi.roadmap_id,
        "note": NOTE,
    }
    before = current(lappajarvi.ledger_id).revision
    outside = Span(HalfYear(2040, 1), HalfYear(2040, 2))
    with pytest.raises(RuleError) as raised:
        services.make_action(intent=intent(), action=_new(outside), **made)  # type: ignore[arg-type]
    assert raised.value.rule is Rule.OUTSIDE_THE_PERIOD
    with pytest.raises(IdeaError):
        services.make_action(
            intent=intent(),
            action=_new(Span(HalfYear(2027, 1), HalfYear(2027, 1))),
            **{**made, "note": {}},  # type: ignore[arg-type]
        )
    assert current(lappajarvi.ledger_id).revision == before
    assert not Action.objects.filter(number="9").exists()
    key = str(uuid4())
    for _twice in range(2):
        services.make_action(
            intent=intent(key=key),
            action=_new(Span(HalfYear(2027, 1), HalfYear(2027, 1))),
            **made,  # type: ignore[arg-type]
        )
    one.refresh_from_db()
    assert one.state == IdeaState.IN_ACTION
    assert one.action == Action.objects.get(number="9")
    assert IdeaStep.objects.count() == 1


def test_what_a_resident_sends_is_not_in_the_log_before_it_is_published(lappajarvi: Town) -> None:
    open_to_residents(lappajarvi)
    before = current(lappajarvi.ledger_id).revision
    held = received(lappajarvi, "Salainen laituri", "asukas@example.test")
    assert current(lappajarvi.ledger_id).revision == before
    services.publish_received(ledger_id=lappajarvi.ledger_id, intent=intent(), received_id=held.pk)
    log = json.dumps(list(Entry.objects.values_list("changes", flat=True)))
    assert "Salainen laituri" in log
    assert "asukas@example.test" not in log
    held.refresh_from_db()
    assert (held.title, held.proposal, held.email) == ("", "", "asukas@example.test")


def test_the_answer_is_sent_once_and_the_address_is_then_forgotten(
    lappajarvi: Town, django_capture_on_commit_callbacks: object
) -> None:
    held = received(lappajarvi, "Laituri", "asukas@example.test")
    receipt = services.publish_received(
        ledger_id=lappajarvi.ledger_id, intent=intent(), received_id=held.pk
    )
    assert receipt.entity_id is not None
    party = _party(lappajarvi).pk
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        step(lappajarvi, receipt.entity_id, IdeaState.HANDLING, handler_id=party)
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        step(lappajarvi, receipt.entity_id, IdeaState.ANSWERED)
        step(lappajarvi, receipt.entity_id, IdeaState.EXPERIMENT)
    (sent,) = mail.outbox
    assert sent.to == ["asukas@example.test"]
    assert sent.subject == "Ideasi: Laituri"
    assert NOTE["fi"] in sent.body
    assert not Received.objects.exists()


def test_what_is_turned_away_is_forgotten_and_answered_to_its_sender_alone(
    lappajarvi: Town, django_capture_on_commit_callbacks: object
) -> None:
    team = Member(lappajarvi.ledger_id, uuid4(), frozenset({Role.TEAM}))
    staff = Member(lappajarvi.ledger_id, uuid4(), frozenset({Role.STAFF}))
    held = received(lappajarvi, "Roskaa", "asukas@example.test")
    town = Municipality.objects.get(ledger_id=lappajarvi.ledger_id)
    before = current(lappajarvi.ledger_id).revision
    with pytest.raises(NotAllowedError):
        services.turn_away(municipality=town, member=staff, received_id=held.pk, answer="Ei.")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.turn_away(municipality=town, member=team, received_id=held.pk, answer="Ei kuulu.")
    assert not Received.objects.exists()
    assert "Ei kuulu." in mail.outbox[0].body
    assert current(lappajarvi.ledger_id).revision == before


def test_what_another_municipality_received_can_t_be_moderated_here(
    lappajarvi: Town, kauhava: Town
) -> None:
    held = received(lappajarvi)
    with pytest.raises(Received.DoesNotExist):
        services.publish_received(ledger_id=kauhava.ledger_id, intent=intent(), received_id=held.pk)


def test_the_example_s_ideas_go_with_the_example_and_others_let_go_of_its_actions(
    kauhava: Town,
) -> None:
    mine = idea(kauhava, "Oma idea")
    step(kauhava, mine.pk, IdeaState.IN_ACTION, action_id=kauhava.action("4.5").pk)
    remove_examples(ledger_id=kauhava.ledger_id, intent=intent())
    (left,) = Idea.objects.all()
    assert (left.pk, left.action_id) == (mine.pk, None)


def test_the_example_is_told_in_figures(kauhava: Town) -> None:
    found = statistics(ideas_document(kauhava.ledger_id, Audience.PUBLIC))
    assert (found.total, found.open, found.median_days) == (6, 2, 18.5)
