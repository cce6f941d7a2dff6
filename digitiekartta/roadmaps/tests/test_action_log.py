"""What the log tells everybody about an action, and what it keeps to itself."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.action_log import Told, told_changes
from digitiekartta.roadmaps.change_kinds import ChangeKind
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.rules import FundingKind, FundingState, Status
from digitiekartta.roadmaps.services.actions import NewAction
from digitiekartta.roadmaps.services.progress import Report
from tests.kauhava import AUTUMN, SPRING, Town, intent, text

from .test_validity import approve

SECRET = "Salaisuus"
LATER = HalfYear(2027, 2)


def told(town: Town, language: str = "fi") -> tuple[Told, ...]:
    plan = town.plan()
    return told_changes(town.ledger_id, plan, plan.actions[0], language)


def move(town: Town, last: HalfYear, reason: str = "Viivästyi", **more: object) -> None:
    services.reschedule_action(
        ledger_id=town.ledger_id,
        intent=intent(reason, **more),
        action_id=town.action("1").pk,
        span=Span(AUTUMN, last),
    )


def reword(town: Town, **texts: str) -> None:
    services.reword_action(
        ledger_id=town.ledger_id,
        intent=intent("Tarkennus"),
        action_id=town.action("1").pk,
        texts={name: text(value) for name, value in texts.items()},
    )


def restrict(town: Town, **fields: str) -> None:
    services.set_visibility(
        ledger_id=town.ledger_id,
        intent=intent(),
        action_id=town.action("1").pk,
        audience=Audience.PUBLIC,
        restricted=fields,
    )


def test_changes_are_told_latest_first_with_what_was_and_what_became(lappajarvi: Town) -> None:
    move(lappajarvi, LATER, "Viivästyi")
    reword(lappajarvi, title="Uusi nimi")
    changes = told(lappajarvi)
    assert [one.kinds for one in changes][:2] == [(ChangeKind.REWORDED,), (ChangeKind.MOVED,)]
    moved = changes[1]
    assert [(line.old, line.new) for line in moved.lines] == [
        ("heinäkuu\u00a02026 – kesäkuu\u00a02027", "heinäkuu\u00a02026 – joulukuu\u00a02027")
    ]
    assert (moved.reason, moved.reason_language) == ("Viivästyi", "fi")


def test_progress_is_told_by_the_notes_and_not_here(lappajarvi: Town) -> None:
    before = len(told(lappajarvi))
    services.add_funding(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        kind=FundingKind.OPERATING,
        state=FundingState.EXISTING,
    )
    services.report_progress(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        report=Report(status=Status.ONGOING, text=text("Alkoi")),
    )
    assert len(told(lappajarvi)) == before


def test_a_change_that_is_not_public_is_not_told(lappajarvi: Town) -> None:
    before = told(lappajarvi)
    move(lappajarvi, LATER, SECRET, audience=Audience.TEAM)
    reword(lappajarvi, internal_note=SECRET)
    assert told(lappajarvi) == before


def test_what_has_been_withdrawn_is_not_told_of_the_past_either(lappajarvi: Town) -> None:
    reword(lappajarvi, statement=f"{SECRET} vanha")
    reword(lappajarvi, statement=f"{SECRET} uusi")
    move(lappajarvi, LATER, SECRET)
    assert SECRET in repr(told(lappajarvi))
    restrict(lappajarvi, statement="team", reason="team")
    assert SECRET not in repr(told(lappajarvi))
    assert any(ChangeKind.MOVED in one.kinds for one in told(lappajarvi))


def test_what_the_management_team_has_not_yet_approved_is_not_told(lappajarvi: Town) -> None:
    approve(lappajarvi)
    services.cancel_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(SECRET),
        action_id=lappajarvi.action("1").pk,
        reason=text(SECRET),
    )
    assert all(ChangeKind.CANCELLED not in one.kinds for one in told(lappajarvi))
    approve(lappajarvi)
    assert told(lappajarvi)[0].kinds == (ChangeKind.CANCELLED,)


def test_the_digital_teams_changes_are_told_as_soon_as_they_are_made(lappajarvi: Town) -> None:
    approve(lappajarvi)
    move(lappajarvi, LATER)
    assert told(lappajarvi)[0].kinds == (ChangeKind.MOVED,)


def test_a_hand_over_is_told_by_the_new_partys_name(lappajarvi: Town) -> None:
    party = Party.objects.get(ledger_id=lappajarvi.ledger_id, slug="sivistystoimi")
    services.hand_over_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        responsible_id=party.pk,
    )
    assert told(lappajarvi)[0].lines[0].new == "Sivistystoimi"


def test_a_reason_is_told_in_the_readers_language_where_it_was_written_in_it(
    lappajarvi: Town,
) -> None:
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("Viivästyi"),
        action_id=lappajarvi.action("1").pk,
        span=Span(AUTUMN, LATER),
        reason={"fi": "Myöhemmin", "sv": "Senare"},
    )
    assert (told(lappajarvi, "sv")[0].reason, told(lappajarvi, "sv")[0].reason_language) == (
        "Senare",
        "",
    )
    assert told(lappajarvi)[0].reason == "Viivästyi"


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_no_secret_stands_on_the_page_of_an_action_or_on_the_grid(
    client: Client, lappajarvi: Town, prefix: str
) -> None:
    town = lappajarvi
    municipalities.change_settings(
        ledger_id=town.ledger_id, intent=intent(), languages=["fi", "sv", "en"]
    )
    reword(town, internal_note=SECRET, benefit=SECRET, communication=SECRET, statement=SECRET)
    move(town, SPRING if town.action("1").last != SPRING else LATER, SECRET)
    services.report_progress(
        ledger_id=town.ledger_id,
        intent=intent(),
        action_id=town.action("1").pk,
        report=Report(text=text(SECRET), audience=Audience.MEMBERS),
    )
    restrict(town, benefit="members", communication="team", statement="team", reason="team")
    hidden = _hidden_action(town)
    for path in (f"{prefix}/lappajarvi/toimenpiteet/1/", f"{prefix}/lappajarvi/toimenpiteet/"):
        for query in ("", "?nakyma=lista", "?nakyma=taulu"):
            answer = client.get(path + query)
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()
            assert f"toimenpiteet/{hidden}/" not in answer.content.decode()
    searched = client.get(f"{prefix}/lappajarvi/toimenpiteet/?q={SECRET}").content.decode()
    assert "/toimenpiteet/1/" not in searched
    assert client.get(f"{prefix}/lappajarvi/toimenpiteet/{hidden}/").status_code == 404


def _hidden_action(town: Town) -> int:
    receipt = services.add_action(
        ledger_id=town.ledger_id,
        intent=intent(),
        roadmap_id=town.roadmap_id,
        action=NewAction(
            number="9", texts={"title": text(f"{SECRET} 9")}, span=Span(AUTUMN, SPRING)
        ),
    )
    assert isinstance(receipt.entity_id, UUID)
    services.set_visibility(
        ledger_id=town.ledger_id,
        intent=intent(),
        action_id=receipt.entity_id,
        audience=Audience.TEAM,
        restricted={},
    )
    return Action.objects.get(pk=receipt.entity_id).serial
