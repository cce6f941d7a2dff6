"""The pages of ideas: who meets which, what they say, and what they never tell."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from digitiekartta.documents.registry import Audience
from digitiekartta.ideas import forms, services
from digitiekartta.ideas.models import Idea, IdeaStep, Received
from digitiekartta.ideas.rules import IdeaState
from digitiekartta.levels.tests.test_pages import filled
from digitiekartta.municipalities.rules import Role
from digitiekartta.municipalities.services import change_settings
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.services import set_visibility
from tests.cast import Cast, account
from tests.fixtures import PageClient
from tests.kauhava import Town, intent
from tests.pages import Page

from .proposals import HERE, idea, open_to_residents, received, sent, step

KAUHAVA = "/kauhava/ideat/"
PROPOSE = f"{HERE}ehdota/"


@pytest.fixture
def team(page_client: PageClient, lappajarvi: Town) -> PageClient:
    page_client.sign_in(account(lappajarvi.ledger_id, Role.COORDINATOR, "k@kunta.test"))
    return page_client


@pytest.fixture
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody takes her time with the form."""
    monkeypatch.setattr(forms, "SHORTEST_SECONDS", 0)


def read(page: Page) -> str:
    """What a page says in its main part."""
    return page.text("main")


MEMBERS = ("coordinator", "team", "head", "management", "secretary", "staff", "responsible")


def test_each_of_the_cast_meets_what_is_hers(client: Client, kauhava: Town, cast: Cast) -> None:
    pages = {
        "ehdota/": {*MEMBERS, "deputy"},
        "7/": {*MEMBERS, "deputy"},
        "jono/": {"coordinator", "team"},
        "5/kasittele/": {"coordinator", "team"},
        "5/toimenpiteeksi/": {"coordinator", "team"},
        "asetukset/": {"coordinator"},
    }
    for path, allowed in pages.items():
        for name in (*MEMBERS, "deputy"):
            client.force_login(cast[name])  # type: ignore[arg-type]
            status = client.get(KAUHAVA + path).status_code
            assert status == (200 if name in allowed else 403), (name, path)
    for path in pages:
        stranger, nobody = Client(), Client()
        stranger.force_login(cast["stranger"])  # type: ignore[arg-type]
        for reader in (stranger, nobody):
            assert reader.get(KAUHAVA + path).status_code == 404, path
            # A page that takes no form refuses one before it looks for what it shows.
            refused = 405 if path == "7/" else 404
            assert reader.post(KAUHAVA + path).status_code == refused, path
        for one in ("5/kannata/", "5/julkaise/"):
            assert stranger.post(KAUHAVA + one).status_code == 404, one
    assert Client().post(f"{KAUHAVA}9999/").status_code == 405
    assert Idea.objects.filter(ledger_id=kauhava.ledger_id).count() == 7


def test_a_municipality_without_ideas_has_none_of_their_pages_nor_links(
    client: Client, lappajarvi: Town
) -> None:
    idea(lappajarvi)
    assert HERE.encode() in client.get("/lappajarvi/").content
    change_settings(ledger_id=lappajarvi.ledger_id, intent=intent(), features={"ideas": False})
    for path in (HERE, f"{HERE}1/", PROPOSE):
        assert client.get(path).status_code == 404
    assert HERE.encode() not in client.get("/lappajarvi/").content


def test_what_is_not_public_stands_nowhere_for_everybody(
    client: Client, lappajarvi: Town, page_client: PageClient
) -> None:
    secret = "SALAISUUS"
    public = idea(lappajarvi)
    idea(lappajarvi, f"{secret} otsikossa", audience=Audience.MEMBERS)
    step(
        lappajarvi,
        public.pk,
        IdeaState.EXPERIMENT,
        internal_note={"fi": f"{secret} muistiinpanossa"},
    )
    received(lappajarvi, f"{secret} laiturilla", f"{secret}@example.test")
    paths = (HERE, f"{HERE}1/", f"{HERE}jono/", f"{HERE}2/", "/lappajarvi/digitiekartta.json")
    more = ("/lappajarvi/muutokset/", "/lappajarvi/haku/?q=salaisuus", "/lappajarvi/avoin-data/")
    for path in (*paths, *more, "/lappajarvi/muutokset/syote.atom"):
        found = client.get(path).content.decode().replace("q=salaisuus", "")
        assert secret not in found, path
    page_client.sign_in(account(lappajarvi.ledger_id, Role.STAFF, "h@kunta.test"))
    assert "otsikossa" in read(page_client.get(HERE))
    assert secret not in read(page_client.get(f"{HERE}1/"))


def test_ideas_are_no_part_of_the_roadmap_document(client: Client, lappajarvi: Town) -> None:
    before = client.get("/lappajarvi/digitiekartta.json").json()
    idea(lappajarvi, "Aivan omaa laatuaan")
    after = client.get("/lappajarvi/digitiekartta.json").json()
    assert {**before, "revision": 0} == {**after, "revision": 0}


def test_an_action_that_is_not_public_is_not_named_by_its_idea(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    action = kauhava.action("4.5")
    title = action.title["fi"]
    assert title in read(page_client.get(f"{KAUHAVA}1/"))
    set_visibility(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=action.pk,
        audience=Audience.TEAM,
        restricted={},
    )
    assert title not in read(page_client.get(f"{KAUHAVA}1/"))
    page_client.sign_in(cast["team"])
    assert title in read(page_client.get(f"{KAUHAVA}1/"))


def test_an_action_tells_of_which_idea_it_came_to_those_who_may_read_the_idea(
    page_client: PageClient, kauhava: Town
) -> None:
    address = f"/kauhava/toimenpiteet/{kauhava.action('4.5').serial}/"
    assert "Syntyi ideasta" in read(page_client.get(address))
    assert f"{KAUHAVA}1/" in page_client.get(address).links
    services.publish_idea(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        idea_id=Idea.objects.get(ledger_id=kauhava.ledger_id, number=1).pk,
        published=False,
    )
    assert "Syntyi ideasta" not in read(page_client.get(address))


def test_a_member_proposes_is_shown_similar_ideas_and_sends_all_the_same(
    page_client: PageClient, lappajarvi: Town
) -> None:
    idea(lappajarvi, "Veneiden lainaaminen rannasta")
    page_client.sign_in(account(lappajarvi.ledger_id, Role.STAFF, "h@kunta.test"))
    typed = filled(page_client.get(PROPOSE), title="Vene lainaksi", proposal="Rantaan vene.")
    page = page_client.post(PROPOSE, typed)
    assert "Veneiden lainaaminen rannasta" in read(page)
    assert Idea.objects.count() == 1
    again = filled(page)
    assert (again["title"], again["proposal"]) == ("Vene lainaksi", "Rantaan vene.")
    for _twice in range(2):
        assert page_client.redirect(PROPOSE, again).startswith(f"{HERE}2/")
    mine = Idea.objects.get(number=2)
    assert (mine.audience, mine.origin, mine.title) == (
        "members",
        "member",
        {"fi": "Vene lainaksi"},
    )


def test_an_idea_of_another_matter_is_sent_at_once(
    page_client: PageClient, lappajarvi: Town
) -> None:
    idea(lappajarvi, "Veneiden lainaaminen rannasta")
    page_client.sign_in(account(lappajarvi.ledger_id, Role.STAFF, "h@kunta.test"))
    typed = filled(page_client.get(PROPOSE), title="Sähköinen arkisto", proposal="Paperit pois.")
    page_client.redirect(PROPOSE, typed)
    assert Idea.objects.count() == 2


def test_an_error_keeps_what_was_typed(team: PageClient) -> None:
    typed = filled(team.get(PROPOSE), title="", proposal="Kallisarvoinen teksti.")
    page = team.post(PROPOSE, typed, status=422)
    assert filled(page)["proposal"] == "Kallisarvoinen teksti."
    assert "Anna idealle otsikko." in read(page)


def test_residents_propose_where_they_may_and_see_nothing_published_before_the_team_says_so(
    page_client: PageClient, lappajarvi: Town, at_leisure: None
) -> None:
    assert page_client.client.get(PROPOSE).status_code == 404
    assert page_client.client.post(PROPOSE, sent()).status_code == 404
    open_to_residents(lappajarvi)
    typed = filled(page_client.get(PROPOSE)) | sent(email="asukas@example.test")
    for _twice in range(2):
        assert page_client.redirect(PROPOSE, typed) == f"{HERE}kiitos/"
    page_client.get(f"{HERE}kiitos/")
    assert Received.objects.count() == 1
    assert "Pyörätelineet" not in read(page_client.get(HERE))
    page_client.sign_in(account(lappajarvi.ledger_id, Role.TEAM, "t@kunta.test"))
    queue = page_client.get(f"{HERE}jono/")
    (address,) = [one for one in queue.links if "/jono/" in one and one != f"{HERE}jono/"]
    moderated = filled(page_client.get(address)) | {"julkaise": "1"}
    assert page_client.redirect(address, moderated) == f"{HERE}1/"
    assert "Pyörätelineet" in Client().get(HERE).content.decode()
    assert page_client.client.get(address).status_code == 404


def test_no_page_that_is_kept_holds_a_form_or_sets_a_cookie(
    client: Client, lappajarvi: Town
) -> None:
    open_to_residents(lappajarvi)
    idea(lappajarvi)
    for path in (HERE, f"{HERE}1/", f"{HERE}kiitos/"):
        answer = client.get(path)
        assert answer.headers.get("X-Cache-Scope"), path
        assert not answer.cookies, path
        assert "csrfmiddlewaretoken" not in answer.content.decode()
    form = client.get(PROPOSE)
    assert "X-Cache-Scope" not in form.headers
    assert "no-store" in form.headers["Cache-Control"]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PROPOSE, sent()).status_code == 403


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"website": "https://ostatavaraa.example"}, "Jätä tämä kenttä tyhjäksi"),
        ({"opened": "idea:väärä:väärä"}, "kauan auki"),
        ({"proposal": "a https://a.fi b www.b.fi c http://c.fi"}, "enintään 2 linkkiä"),
        ({"proposal": "x" * 2001}, "2000"),
        ({"email": "ei-osoite"}, "Kirjoita osoite muodossa"),
    ],
)
def test_what_a_program_sends_is_refused_and_a_person_can_mend_it(
    page_client: PageClient,
    lappajarvi: Town,
    at_leisure: None,
    changed: dict[str, str],
    says: str,
) -> None:
    open_to_residents(lappajarvi)
    page = page_client.post(PROPOSE, sent(**changed), status=422)
    assert says in read(page)
    assert filled(page)["title"] == "Pyörätelineet aseman viereen"
    assert not Received.objects.exists()


def test_a_form_that_is_sent_at_once_is_asked_to_wait(
    page_client: PageClient, lappajarvi: Town
) -> None:
    open_to_residents(lappajarvi)
    page = page_client.post(PROPOSE, sent(), status=422)
    assert "Odota muutama sekunti" in read(page)
    assert not Received.objects.exists()


def test_one_network_sends_ten_ideas_in_an_hour_and_then_waits(
    page_client: PageClient, lappajarvi: Town, at_leisure: None
) -> None:
    open_to_residents(lappajarvi)
    for _one in range(10):
        page_client.redirect(PROPOSE, sent())
    page = page_client.post(PROPOSE, sent(), status=429)
    assert "Yritä uudelleen tunnin kuluttua." in read(page)
    assert Received.objects.count() == 10


def test_a_step_is_told_to_everybody_with_its_day_and_two_at_once_see_each_other(
    team: PageClient, lappajarvi: Town
) -> None:
    one = idea(lappajarvi)
    here = f"{HERE}1/kasittele/"
    first = filled(team.get(here)) | {"state": "experiment", "note_fi": "Kokeillaan kesällä."}
    second = filled(team.get(here)) | {"state": "answered", "note_fi": "Ei onnistu."}
    assert "Valitse, kuka ideaa käsittelee." in read(
        team.post(here, second | {"state": "handling"}, status=422)
    )
    team.redirect(here, first)
    page = team.post(here, second, status=409)
    assert "Kokeillaan kesällä." in read(page)
    assert filled(page)["note_fi"] == "Ei onnistu."
    team.redirect(here, filled(page) | {"state": "answered"})
    told = Client().get(f"{HERE}1/").content.decode()
    assert told.index("Kokeillaan kesällä.") < told.index("Ei onnistu.")
    assert "9.12.2026" in told
    one.refresh_from_db()
    assert one.state == IdeaState.ANSWERED
    assert not mail.outbox


def test_a_ready_answer_begins_the_note_in_every_language(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    values = filled(page_client.get(f"{KAUHAVA}6/kasittele/?pohja=kokeillaan"))
    for language, begins in (("fi", "Kiitos"), ("sv", "Tack"), ("en", "Thank")):
        assert values[f"note_{language}"].startswith(begins)


def test_an_action_is_made_of_an_idea_with_its_words_and_each_leads_to_the_other(
    team: PageClient, lappajarvi: Town
) -> None:
    idea(lappajarvi, "Vene lainaan")
    here = f"{HERE}1/toimenpiteeksi/"
    values = filled(team.get(here))
    assert (values["title_fi"], values["first"]) == ("Vene lainaan", "2027-H1")
    address = team.redirect(here, values)
    action = Action.objects.get(title__fi="Vene lainaan")
    assert address == f"/lappajarvi/toimenpiteet/{action.serial}/"
    assert f"{HERE}1/" in team.get(address).links
    assert address in team.get(f"{HERE}1/").links
    assert IdeaStep.objects.get().note["fi"].startswith("Idea etenee")
    assert team.client.get(here).status_code == 404


def test_the_coordinator_says_who_may_propose(team: PageClient, lappajarvi: Town) -> None:
    here = f"{HERE}asetukset/"
    team.redirect(here, filled(team.get(here)) | {"ideas_from": "everybody"})
    assert Client().get(PROPOSE).status_code == 200


def test_support_is_pressed_and_withdrawn(team: PageClient, lappajarvi: Town) -> None:
    idea(lappajarvi)
    page = team.get(f"{HERE}1/")
    stamp = {one["name"]: one["value"] for one in page.all("#kannatus input[name]")}
    team.redirect(f"{HERE}1/kannata/", stamp)
    page = team.get(f"{HERE}1/")
    assert "1 henkilöstöstä kannattaa tätä." in read(page)
    stamp = {one["name"]: one["value"] for one in page.all("#kannatus input[name]")}
    team.redirect(f"{HERE}1/kannata/", stamp | {"peru": "1"})
    assert "Kukaan henkilöstöstä ei ole vielä" in read(team.get(f"{HERE}1/"))


def test_publishing_and_withdrawing(team: PageClient, lappajarvi: Town) -> None:
    idea(lappajarvi, audience=Audience.MEMBERS)
    for sends, status in (({}, 200), ({"peru": "1"}, 404)):
        page = team.get(f"{HERE}1/")
        stamp = {one["name"]: one["value"] for one in page.all("#kannatus input[name]")}
        team.redirect(f"{HERE}1/julkaise/", stamp | sends)
        assert Client().get(f"{HERE}1/").status_code == status


def test_pages_open_in_every_language(page_client: PageClient, kauhava: Town, cast: Cast) -> None:
    page_client.sign_in(cast["coordinator"])
    for prefix in ("", "/sv", "/en"):
        for path in ("", "1/", "ehdota/", "jono/", "5/kasittele/", "5/toimenpiteeksi/"):
            page_client.get(f"{prefix}{KAUHAVA}{path}")
        page_client.get(f"{prefix}{KAUHAVA}asetukset/")
