"""How a round protects its respondents, and its privacy notice: both say what its settings are."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys.figures import share_bounds
from digitiekartta.surveys.models import Tally
from digitiekartta.surveys.rules import Way
from tests.fixtures import PageClient
from tests.kauhava import intent

from .desk import member
from .respondents import AskedTown, asked_town, drafted, new_town

pytestmark = pytest.mark.django_db
PAGES = ("suojaus/", "tietosuojaseloste/")
LANGUAGES = ("fi", "sv", "en")
every_page = pytest.mark.parametrize("end", PAGES)


@pytest.fixture
def town(db: None) -> AskedTown:
    return asked_town()


@every_page
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_read_it_in_every_language(
    page_client: PageClient, town: AskedTown, end: str, language: str
) -> None:
    page = page_client.get(town.path(end, language))
    assert page.headers["X-Cache-Scope"].startswith(str(town.stage.ledger_id))


def test_the_smallest_groups_are_those_of_the_round(page_client: PageClient) -> None:
    town = asked_town(k_mean=8, k_distribution=15)
    page = page_client.get(town.path("suojaus/"))
    facts = page.text("dl.facts")
    assert "8 työntekijää ja 8 vastannutta" in facts
    assert "15 työntekijää ja 15 vastannutta" in facts
    assert page.texts(".survey-hidden td.number") == ["23", "15", "6"]
    assert "Alle 8 hengen ryhmistä" in page.text()


def test_the_bounds_that_are_told_are_those_by_which_figures_are_masked(
    page_client: PageClient, town: AskedTown
) -> None:
    low, high = share_bounds(10)
    words = page_client.get(town.path("suojaus/")).text("main")
    assert f"kaikista alle {low} %:n ja yli {high} %:n osuuksista" in words
    assert share_bounds(41) == (5, 95)
    assert share_bounds(40) != (5, 95)
    assert "vähintään 41" in words


@pytest.mark.parametrize(
    ("way", "there", "missing"),
    [
        (Way.EMAIL, "omalla sähköpostillaan", ("Paperi", "Avoin linkki")),
        (Way.PAPER, "Paperilaput", ("omalla sähköpostillaan", "Avoin linkki")),
        (Way.OPEN_LINK, "Avoin linkki", ("Paperi", "omalla sähköpostillaan", "Tunnuksesi")),
    ],
)
def test_only_the_ways_of_answering_in_use_are_told_of(
    page_client: PageClient, way: Way, there: str, missing: tuple[str, ...]
) -> None:
    town = asked_town(ways={"hallinto": way})
    text = page_client.get(town.path("suojaus/")).text()
    assert there in text
    assert not [words for words in missing if words in text]
    notice = page_client.get(town.path("tietosuojaseloste/")).text()
    assert ("sähköpostiosoitteita" in notice) == (way is Way.EMAIL)


@every_page
def test_a_contact_that_is_not_given_is_said_to_be_missing(
    page_client: PageClient, town: AskedTown, end: str
) -> None:
    assert page_client.get(town.path(end)).link("kysely@example.org").startswith("mailto:")
    municipalities.change_settings(ledger_id=town.stage.ledger_id, intent=intent(), contact="")
    assert "ei vielä lisätty" in page_client.get(town.path(end)).text()


@every_page
def test_of_several_open_rounds_each_has_its_own(
    page_client: PageClient, town: AskedTown, end: str
) -> None:
    ways = {"vesilaitos": Way.PAPER}
    second = drafted(town.stage.ledger_id, town.slug, ways, name={"fi": "Toinen"}, k_mean=9)
    second.codes("vesilaitos")
    second.open()
    page = page_client.get(f"{town.path(end)}?kierros={second.round_id}")
    assert page.text(".survey-choice [aria-current]") == "Toinen"
    assert "Toinen" in page.text(".eyebrow")


@every_page
def test_a_round_that_is_a_draft_or_another_municipality_s_is_not_found(
    page_client: PageClient, town: AskedTown, end: str
) -> None:
    draft = drafted(town.stage.ledger_id, town.slug, {"vesilaitos": Way.PAPER})
    other = asked_town("toinen")
    for round_id in (draft.round_id, other.stage.round_id, "eiole"):
        page_client.get(f"{town.path(end)}?kierros={round_id}", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_sees_the_form_of_a_draft_as_its_respondents_will(
    page_client: PageClient, language: str
) -> None:
    stage = drafted(new_town("kunta"), "kunta")
    prefix = "" if language == "fi" else f"/{language}"
    address = f"{prefix}/kunta/kyselyt/{stage.round_id}/esikatselu/"
    page_client.get(address, 404)
    page_client.sign_in(member(stage.ledger_id, Role.COORDINATOR, "k@example.org"))
    page = page_client.get(address)
    assert len(page.all("fieldset")) == 11
    assert page.has(".survey-preview .notice")
    assert not page.has(
        "#kysely [type=submit]:not([disabled]), #kysely[action], #kysely[data-round]"
    )
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("dated", [True, False])
@every_page
def test_the_team_reads_beforehand_what_respondents_of_a_draft_will_read(
    page_client: PageClient, end: str, dated: bool
) -> None:
    days = {} if dated else {"opens_on": None, "closes_on": None}
    stage = drafted(new_town("kunta"), "kunta", k_mean=6, **days)
    address = f"/kunta/kyselyt/{stage.round_id}/esikatselu/{end}"
    page_client.get(address, 404)
    page_client.sign_in(member(stage.ledger_id, Role.TEAM, "t@example.org"))
    page = page_client.get(address)
    assert page.has(".survey-preview .notice")
    assert ("ei vielä lisätty" in page.text("dl.facts")) is not dated
    assert "X-Cache-Scope" not in page.headers
    for link in page.links:
        if "esikatselu" in link:
            page_client.get(link)


def test_nobody_else_sees_a_preview(page_client: PageClient, client: Any) -> None:
    stage = drafted(new_town("kunta"), "kunta")
    other = new_town("toinen")
    address = f"/kunta/kyselyt/{stage.round_id}/esikatselu/"
    for ledger_id, role in ((stage.ledger_id, Role.STAFF), (other, Role.COORDINATOR)):
        page_client.sign_in(member(ledger_id, role, f"{role}@example.org"))
        page_client.get(address, 404)
    page_client.sign_in(member(other, Role.TEAM, "t@example.org"))
    page_client.get(f"/toinen/kyselyt/{stage.round_id}/esikatselu/", 404)


def test_a_preview_of_an_open_round_counts_nothing(
    page_client: PageClient, town: AskedTown
) -> None:
    page_client.sign_in(member(town.stage.ledger_id, Role.TEAM, "t@example.org"))
    page = page_client.get(f"/kunta/kyselyt/{town.stage.round_id}/esikatselu/")
    assert page.h1 == "Digikysely 2026"
    assert not Tally.objects.exclude(respondents=0).exists()
