"""Merging, copying and deleting at the desk, and the line on the municipality's home page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import PartyKind, Role
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Round, RoundUnit
from digitiekartta.surveys.services.units import Group
from tests.fixtures import PageClient
from tests.kauhava import Town, intent

from .desk import member, stamped
from .rounds import Stage, new_round, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(page_client: PageClient) -> Stage:
    made = staged()
    page_client.sign_in(member(made.ledger_id, Role.COORDINATOR, "k@example.test"))
    return made


def here(stage: Stage) -> str:
    return f"/{stage.slug}/kyselyt/{stage.round_id}/"


def test_groups_are_merged_by_a_name_and_taken_apart_again(
    page_client: PageClient, stage: Stage
) -> None:
    ids = [str(stage.unit(slug).pk) for slug in "bc"]
    address = f"{here(stage)}ryhmat/yhdista/"
    page = page_client.get(f"{address}?ryhma={ids[0]}&ryhma={ids[1]}&ryhma=nothing")
    assert {str(one["value"]) for one in page.all("input[name=units][checked]")} == set(ids)
    sent = stamped(page, units=ids, name_fi="Pienet", way="paper")
    assert page_client.redirect(address, sent) == f"{here(stage)}ryhmat/"
    page = page_client.get(f"{here(stage)}ryhmat/")
    assert "Pienet" in page.text("#yhdistetyt ~ ul")
    assert len(page.all("table tbody tr")) == 1
    apart = str(page.one("form[action*=pura]")["action"])
    assert page_client.redirect(apart, stamped(page)) == f"{here(stage)}ryhmat/"
    assert RoundUnit.objects.count() == 3


def test_a_merge_that_can_not_be_is_told_and_what_was_typed_is_kept(
    page_client: PageClient, stage: Stage
) -> None:
    address = f"{here(stage)}ryhmat/yhdista/"
    page, only = page_client.get(address), str(stage.unit("b").pk)
    for fields in ({"units": [only]}, {}, {"units": ["nothing"]}):
        sent = stamped(page, name_fi="<b>Pienet</b>", way="paper", **fields)
        told = page_client.post(address, sent, 422)
        assert told.has(".error-summary")
        assert told.one("[name=name_fi]")["value"] == "<b>Pienet</b>"
    assert RoundUnit.objects.count() == 3


def test_the_forecast_leads_to_the_merge_that_it_proposes(
    page_client: PageClient, stage: Stage
) -> None:
    names = {one.slug: one.pk for one in Party.objects.filter(kind=PartyKind.SECTOR)}
    groups = [Group(names["a"], 40), Group(names["b"], 6), Group(names["c"], 6)]
    services.set_units(
        ledger_id=stage.ledger_id, intent=intent(), round_id=stage.round_id, groups=groups
    )
    page = page_client.get(f"{here(stage)}nakyvyys/?osuus=50")
    address = str(page.one("a[href*=yhdista]")["href"])
    page = page_client.get(address)
    assert len(page.all("input[name=units][checked]")) == 2


def test_a_round_is_copied_from_its_page_and_a_draft_deleted(
    page_client: PageClient, stage: Stage
) -> None:
    stage.open()
    page = page_client.get(here(stage))
    assert not page.has("a[href$='poista/']")
    address = str(page.one("a[href$='kopioi/']")["href"])
    page = page_client.get(address)
    assert page.one("[name=name_fi]")["value"] == "Kysely"
    sent = stamped(page, name_fi="Toinen", k_mean=5, k_distribution=10)
    copy = page_client.redirect(address, sent)
    assert "60" in page_client.get(copy).text(".page-head")
    page = page_client.get(copy + "poista/")
    assert page_client.redirect(copy + "poista/", stamped(page)) == f"/{stage.slug}/kyselyt/"
    assert list(Round.objects.values_list("pk", flat=True)) == [stage.round_id]
    page_client.get(copy, 404)


def test_the_home_page_tells_quietly_that_a_survey_is_open(
    page_client: PageClient, lappajarvi: Town
) -> None:
    assert not page_client.get("/lappajarvi/").has("main a[href='/lappajarvi/kysely/']")
    round_id = new_round(lappajarvi.ledger_id, public_link=True)
    asked = Party.objects.filter(ledger_id=lappajarvi.ledger_id, kind=PartyKind.SECTOR).first()
    assert asked is not None
    of: Any = {"ledger_id": lappajarvi.ledger_id, "intent": intent(), "round_id": round_id}
    services.set_units(**of, groups=[Group(asked.pk, 20)])
    services.open_round(**of)
    page = page_client.get("/lappajarvi/")
    assert "auki 23.12. asti" in page.text("main a[href='/lappajarvi/kysely/']")


def test_the_coordinator_who_came_from_a_survey_s_address_lands_there_once_she_has_signed_in(
    page_client: PageClient, lappajarvi: Town
) -> None:
    address = f"/lappajarvi/kyselyt/{new_round(lappajarvi.ledger_id)}/ryhmat/"
    member(lappajarvi.ledger_id, Role.COORDINATOR, "k@example.test")
    sign_in = page_client.get(address, status=404).link("Kirjaudu sisään")
    page = page_client.get(sign_in, Referer=f"http://testserver{address}")
    assert page.one("main form input[name=next]")["value"] == address
    sent = {"email": "k@example.test", "next": address}
    code_page = page_client.redirect(sign_in, sent)
    code = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert code is not None
    landing = page_client.redirect(code_page, {"code": code[0], "next": address})
    assert page_client.redirect(landing) == address
    page_client.get(address)


def test_another_site_sends_nobody_anywhere_once_she_has_signed_in(page_client: PageClient) -> None:
    for came in ("https://elsewhere.example/kauhava/", "http://testserver/k/koodi/", "nonsense"):
        page = page_client.get("/k/kirjaudu/", Referer=came)
        assert not any(one["value"] for one in page.all("main input[name=next]"))
