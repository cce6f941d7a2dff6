"""Personal links: opening changes nothing, a press does; they expire, end and are asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from digitiekartta.accounts.models import Person, PersonalLink
from digitiekartta.accounts.rules import LIMITS, LinkError, hashed_token
from digitiekartta.accounts.services import make_personal_link
from digitiekartta.history import services as history
from digitiekartta.history.models import Entry
from digitiekartta.history.pen import Pen
from digitiekartta.roadmaps.models import Action, ProgressNote
from digitiekartta.roadmaps.services import name_person
from tests.cast import NAMES, Cast
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent

from .test_own import sent

pytestmark = pytest.mark.database


@pytest.fixture
def person(kauhava: Town) -> Person:
    """Somebody without an account who answers for action 1.6."""
    receipt = history.commit(
        ledger_id=kauhava.ledger_id,
        kind="person",
        intent=intent(),
        write=lambda pen: pen.add(Person, name="Henkilöstösuunnittelija"),
    )
    name_person(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=kauhava.action("1.6").pk,
        person_id=receipt.entity_id,
    )
    return Person.objects.get(pk=receipt.entity_id)


@pytest.fixture
def token(person: Person) -> str:
    return make_personal_link(person=person, by=None, at=NOW)


def test_opening_a_link_changes_nothing_and_shows_her_actions_alone(
    page_client: PageClient, kauhava: Town, token: str
) -> None:
    before = Entry.objects.count(), PersonalLink.objects.values().get()
    page = page_client.get(f"/k/oma/{token}/")
    page_client.client.head(f"/k/oma/{token}/")
    assert (Entry.objects.count(), PersonalLink.objects.values().get()) == before
    assert [one["id"] for one in page.all("[data-card]")] == [
        f"toimenpide-{kauhava.action('1.6').serial}"
    ]
    assert "no-store" in page.headers["Cache-Control"]


def test_one_press_reports_and_the_person_is_the_writer(
    page_client: PageClient, kauhava: Town, person: Person, token: str
) -> None:
    serial = kauhava.action("1.6").serial
    page = page_client.get(f"/k/oma/{token}/")
    where = page_client.redirect(f"/k/oma/{token}/{serial}/", sent(page, serial, do="no_change"))
    page_client.get(where.partition("#")[0])
    assert Entry.objects.latest("revision").actor == person.pk
    assert ProgressNote.objects.latest("revision").text["fi"] == "Ei muutosta."
    assert PersonalLink.objects.get().used_at is not None


def test_a_link_reaches_no_other_action(page_client: PageClient, kauhava: Town, token: str) -> None:
    page = page_client.get(f"/k/oma/{token}/")
    form = sent(page, kauhava.action("1.6").serial, do="no_change")
    other = Action.objects.get(ledger_id=kauhava.ledger_id, number="2.7").serial
    page_client.post(f"/k/oma/{token}/{other}/", form, 404)


def test_a_token_is_kept_as_a_hash(token: str) -> None:
    assert PersonalLink.objects.get().token_hash == hashed_token(token)


def test_a_link_that_has_ended_is_not_found_and_a_new_one_can_be_asked_for(
    page_client: PageClient, kauhava: Town, person: Person, token: str
) -> None:
    PersonalLink.objects.update(expires_at=NOW - timedelta(days=1))
    page = page_client.get(f"/k/oma/{token}/", 404)
    assert page.all("main form")
    assert person.name not in page.text()
    page_client.post(f"/k/oma/{token}/", {})
    assert PersonalLink.objects.get().asked_at == NOW
    newer = make_personal_link(person=person, by=None, at=NOW)
    page_client.get(f"/k/oma/{newer}/")
    assert not PersonalLink.objects.exclude(asked_at=None).exists()


def test_an_unknown_link_is_not_found_and_asks_for_nothing(
    page_client: PageClient, kauhava: Town
) -> None:
    page = page_client.get("/k/oma/arvaus/", 404)
    assert not page.all("main form")
    page_client.post("/k/oma/arvaus/", {}, 404)


def test_a_new_link_ends_the_earlier_one_and_who_has_left_gets_none(
    page_client: PageClient, kauhava: Town, person: Person, token: str
) -> None:
    newer = make_personal_link(person=person, by=None, at=NOW)
    page_client.get(f"/k/oma/{token}/", 404)
    page_client.get(f"/k/oma/{newer}/")

    def leave(pen: Pen) -> Person:
        row = pen.get(Person, person.pk)
        pen.set(row, left_on=NOW.date())
        return row

    history.commit(ledger_id=kauhava.ledger_id, kind="left", intent=intent(), write=leave)
    page_client.get(f"/k/oma/{newer}/", 404)
    with pytest.raises(LinkError):
        make_personal_link(person=Person.objects.get(pk=person.pk), by=None, at=NOW)


def test_guesses_are_limited(client: Client, kauhava: Town, token: str) -> None:
    for _ in range(LIMITS["personal-address"].tries):
        client.get("/k/oma/arvaus/")
    assert client.get(f"/k/oma/{token}/").status_code == 429


@pytest.mark.parametrize("name", NAMES)
def test_the_coordinator_makes_and_ends_links_on_the_sectors_page(
    page_client: PageClient, kauhava: Town, cast: Cast, person: Person, name: str
) -> None:
    address = f"/kauhava/toimialat/{cast.sector.slug}/linkit/"
    page_client.sign_in(cast[name])
    form = {"person": str(person.pk), "do": "make"}
    if name != "coordinator":
        page_client.post(address, form, 404 if name == "stranger" else 403)
        return
    page = page_client.post(address, form)
    (link,) = page.all(".link-once")
    page_client.get("/k/oma/" + link.get_text().split("/k/oma/")[1])
    page_client.redirect(address, {**form, "do": "revoke"})
    page_client.get("/k/oma/" + link.get_text().split("/k/oma/")[1], 404)
