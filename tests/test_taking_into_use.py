"""Ota käyttöön: from nothing to a public site, and the example's end."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from digitiekartta.accounts.models import Person, User
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Framework, Gate, Municipality, Party
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action, ProgressNote, Roadmap
from digitiekartta.roadmaps.rules import Status
from digitiekartta.roadmaps.services.progress import Report
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, add_action, intent
from tests.settings_desk import filled
from tests.test_settings_permissions import member

pytestmark = pytest.mark.database
NEW = {
    "name_fi": "Ähtäri",
    "genitive_fi": "Ähtärin",
    "languages": ["fi"],
    "small": "on",
    "email": "tietohallinto@example.test",
}


def test_a_link_takes_a_new_municipality_from_nothing_to_a_public_site(
    page_client: PageClient,
) -> None:
    token = municipalities.make_set_up_link(at=NOW)
    at = f"/k/uusi-kunta/{token}/"
    page_client.get(at)
    assert not Municipality.objects.exists(), "opening the link changes nothing"
    sign_in = page_client.redirect(at, NEW)
    assert page_client.client.get(at).status_code == 404, "the link works once"
    page_client.redirect(sign_in, {})
    guide = "/ahtari/kayttoonotto/"
    _steps(page_client, guide)
    anybody = Client()
    assert anybody.get("/ahtari/").status_code == 404
    seen = page_client.get("/ahtari/?suunnitelma=asukas")
    assert "asukkaan silmin" in seen.text("header")
    assert page_client.client.get(seen.all("link[rel=stylesheet]")[0]["href"]).status_code == 200
    page_client.redirect(guide + "julkaise/", filled(page_client.get(guide + "julkaise/")))
    home = anybody.get("/ahtari/")
    assert home.status_code == 200
    assert anybody.get("/ahtari/tasot/").status_code == 404, "it began the small way"


def _steps(client: PageClient, guide: str) -> None:
    page = client.get(guide)
    following = page.all(".steps [data-standing=next] h2 a")[0]
    assert str(following["href"]).endswith("perustiedot/")
    here = "/ahtari/asetukset/"
    basics = filled(client.get(here + "perustiedot/"), contact="kirjaamo@example.test")
    client.redirect(here + "perustiedot/", basics)
    lines = filled(client.get(here + "organisaatio/luettelo/"), lines="Sivistys; 90\nTekninen")
    client.redirect(here + "organisaatio/luettelo/", lines)
    client.redirect(guide, filled(client.get(guide), tavanomaiset="1"))
    assert Gate.objects.count() == 10
    assert Party.objects.filter(task="owns").count() == 1
    framework = here + "nakokulmat/"
    client.redirect(framework, filled(client.get(framework), vakio="1"))
    assert Framework.objects.get().perspectives.count() == 11
    client.redirect(guide + "kausi/", filled(client.get(guide + "kausi/")))
    roadmap = Roadmap.objects.get()
    assert (str(roadmap.first), str(roadmap.last)) == ("2027-H1", "2029-H2")
    texts = filled(client.get(guide + "tekstit/"), vision_fi="Sujuva arki", foreword_fi="Miksi")
    client.redirect(guide + "tekstit/", texts)
    town = Town(roadmap.ledger_id, roadmap.pk, "ahtari")
    add_action(town, "1", first=roadmap.first, last=roadmap.first)
    page = client.get(guide)
    next_step = page.all(".steps [data-standing=next]")
    assert "Julkaise" in next_step[0].get_text()


@pytest.mark.parametrize("at", [NOW - timedelta(days=8), None])
def test_a_set_up_link_that_is_old_or_nobodys_is_no_address(client: Client, at: object) -> None:
    token = municipalities.make_set_up_link(at=at) if at else "arvattu"
    for method in ("get", "post"):
        assert getattr(client, method)(f"/k/uusi-kunta/{token}/").status_code == 404


def test_a_set_up_link_gives_nobody_anothers_account(page_client: PageClient) -> None:
    User.objects.create_user(email="tietohallinto@example.test")
    at = f"/k/uusi-kunta/{municipalities.make_set_up_link(at=NOW)}/"
    page = page_client.post(at, NEW, status=422)
    assert "on jo tunnus" in page.text(".error-summary")
    assert not Municipality.objects.exists()
    assert page_client.client.get(at).status_code == 200, "the link is as it was"


def test_the_first_municipalitys_coordinator_sets_up_another_and_nobody_else(
    page_client: PageClient, lappajarvi: Town
) -> None:
    assert page_client.client.get("/k/uusi-kunta/").status_code == 404
    page_client.sign_in(member(lappajarvi, Role.TEAM, "t@example.test"))
    assert page_client.client.get("/k/uusi-kunta/").status_code == 404
    page_client.sign_in(member(lappajarvi, Role.COORDINATOR, "k@example.test"))
    page = page_client.get("/k/uusi-kunta/")
    assert not page.has("[name=email]")
    taken = page_client.post("/k/uusi-kunta/", NEW | {"slug": "lappajarvi"}, status=422)
    assert taken.has(".error-summary")
    assert page_client.redirect("/k/uusi-kunta/", NEW) == "/ahtari/kayttoonotto/"
    page_client.get("/ahtari/kayttoonotto/")


def test_one_press_takes_the_example_away_with_what_hangs_on_it(
    page_client: PageClient, kauhava: Town
) -> None:
    page_client.sign_in(member(kauhava, Role.COORDINATOR, "k@example.test"))
    action = Action.objects.filter(ledger_id=kauhava.ledger_id, status=Status.ONGOING).order_by(
        "serial"
    )[0]
    services.report_progress(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=action.pk,
        report=Report(text={"fi": "Oma raportti"}, reason={"fi": "Odottaa"}),
    )
    person = Person.objects.filter(ledger_id=kauhava.ledger_id, example=True).first()
    own = add_action(kauhava, "99")
    Action.objects.filter(pk=own).update(
        goal_id=action.goal_id, deputies=[str(person.pk)] if person else []
    )
    at = "/kauhava/kayttoonotto/esimerkki/"
    page_client.redirect(at, filled(page_client.get(at)))
    kept = Action.objects.get(ledger_id=kauhava.ledger_id)
    assert (kept.pk, kept.goal_id, kept.deputies) == (own, None, [])
    assert not ProgressNote.objects.filter(ledger_id=kauhava.ledger_id).exists()
    assert Party.objects.filter(ledger_id=kauhava.ledger_id, slug="perusopetus").exists()
    assert "ei ole esimerkkisisältöä" in page_client.get(at).text()
    page_client.get("/kauhava/kayttoonotto/")


def test_ready_texts_hold_the_municipalitys_own_facts_in_each_language(
    page_client: PageClient, kauhava: Town
) -> None:
    page_client.sign_in(member(kauhava, Role.COORDINATOR, "k@example.test"))
    for code, words in (("fi", "Kauhavan"), ("sv", "Kauhavas"), ("en", "Kauhava's")):
        page = page_client.get(f"/kauhava/kayttoonotto/viestit/?kieli={code}")
        sectors, management = [one.get_text() for one in page.all("textarea")]
        assert words in sectors
        assert f"/{'' if code == 'fi' else code + '/'}kauhava/" in sectors
        assert "%(" not in sectors + management
    assert "Perusopetus" in page_client.get("/kauhava/kayttoonotto/viestit/?kieli=fi").html


def test_a_test_mail_goes_to_the_coordinator_herself_and_a_failure_is_told(
    page_client: PageClient, lappajarvi: Town, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_client.sign_in(member(lappajarvi, Role.COORDINATOR, "k@example.test"))
    at = "/lappajarvi/kayttoonotto/koeviesti/"
    page_client.get(at)
    assert mail.outbox == []
    page = page_client.post(at, {"key": uuid4()})
    assert [one.to for one in mail.outbox] == [["k@example.test"]]
    assert "k@example.test" in page.text("[role=status] .notice")

    def refuse(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("digitiekartta.roadmaps.views.guide_steps.send_mail", refuse)
    assert page_client.post(at, {}, status=502).has(".notice.error")


def test_the_small_way_leaves_out_everything_else_and_it_can_be_taken_back(
    page_client: PageClient, lappajarvi: Town
) -> None:
    page_client.sign_in(member(lappajarvi, Role.COORDINATOR, "k@example.test"))
    guide = "/lappajarvi/kayttoonotto/"
    sent = {"revision": 1, "key": str(uuid4()), "suppea": "1"}
    page_client.redirect(guide, sent)
    assert page_client.client.get("/lappajarvi/tasot/").status_code == 404
    sent = {"revision": 99, "key": str(uuid4()), "suppea": "0"}
    page_client.redirect(guide, sent)
    assert page_client.client.get("/lappajarvi/tasot/").status_code == 200
