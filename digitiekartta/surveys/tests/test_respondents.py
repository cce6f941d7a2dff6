"""What a respondent meets on her way to the form, and after it."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys.rules import Way
from digitiekartta.surveys.views import answer
from digitiekartta.ui.clock import HELSINKI
from tests.fixtures import PageClient
from tests.kauhava import NOW, intent

from .desk import member
from .respondent_server import FIRST_DAY, LAST_DAY
from .respondents import AskedTown, asked_town, drafted, new_town

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv", "en")
JUST_BEFORE = "2026-12-23T23:59:59+02:00"
MIDNIGHT = "2026-12-24T00:00:00+02:00"


@pytest.fixture(autouse=True)
def _nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "guesses", answer.Guesses())


@pytest.fixture
def town(db: None) -> AskedTown:
    return asked_town()


def code_of(town: AskedTown, place: int = 0) -> str:
    return town.codes["hallinto"][place]


def use_up(town: AskedTown, code: str) -> None:
    """Somebody answers with a code."""
    town.stage.answer("hallinto", code.replace("-", ""), 4)


def raw(client: Client, town: AskedTown, **fields: str) -> HttpResponse:
    response: Any = client.post(town.path(), fields)
    return response


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_tells_what_how_long_until_when_and_the_promise(
    page_client: PageClient, town: AskedTown, language: str
) -> None:
    page = page_client.get(town.path(language=language))
    assert page.has("form[data-way-in] input[name=code]")
    assert len(page.all(".survey-sentences > li")) == 4
    numbers = page.texts(".survey-numbers b")
    assert numbers[:2] == ["11", "3"]
    assert numbers[2] in ("23.12.", "23 Dec")
    assert page.link("Näin vastauksesi suojataan") if language == "fi" else True


def test_the_promise_names_the_smallest_groups_of_this_very_round(page_client: PageClient) -> None:
    town = asked_town(k_mean=7, k_distribution=12)
    promise = page_client.get(town.path()).text(".survey-sentences")
    assert "vähintään 7 on vastannut" in promise
    assert "vähintään 12" in promise


def test_a_code_opens_the_form_and_stands_in_no_address(
    page_client: PageClient, town: AskedTown
) -> None:
    page = page_client.post(town.path(), {"code": code_of(town).lower().replace("-", " ")})
    assert len(page.all("fieldset")) == 11
    assert page.one("form#kysely")["action"] == town.path("vastaus/")
    code = page.one("input[name=code]")
    assert (code["type"], code["value"]) == ("hidden", code_of(town).lower().replace("-", " "))
    assert page.one("input[name=round]")["value"] == str(town.stage.round_id)
    assert not any(code_of(town)[:4] in link for link in page.links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_is_a_group_of_radios_named_by_its_frozen_words(
    page_client: PageClient, town: AskedTown, language: str
) -> None:
    page = page_client.post(town.path(language=language), {"code": code_of(town)})
    wording = town.stage.round.wording
    asked = [one["question"][language] for one in wording["questions"]]
    legends = page.texts("fieldset > legend")
    assert all(words in legend for words, legend in zip(asked, legends, strict=True))
    values = [one["value"] for one in page.all("#q1 input")]
    assert values == ["5", "4", "3", "2", "1", "0"]
    levels = page.texts("#q1 label")
    scale = sorted(wording["scale"], key=lambda one: -one["level"])
    assert levels[:5] == [f"{one['level']} {one['name'][language]}" for one in scale]
    assert not page.has("input[required]")
    assert [len(one.select("fieldset")) for one in page.all(".survey-group")] == [4, 7]


def test_there_is_nowhere_to_write_anything(page_client: PageClient, town: AskedTown) -> None:
    """Words tell who wrote them: docs/decisions/0012-no-free-text.md."""
    page = page_client.post(town.path(), {"code": code_of(town)})
    assert {str(one["type"]) for one in page.all("#kysely input")} == {"radio", "hidden"}
    assert not page.has("main textarea, main [contenteditable]")
    facts = page_client.get(town.path("suojaus/")).text("dl.facts")
    assert "Vapaa tekstiEi kysytä" in facts


def test_enter_in_a_form_without_scripts_presses_a_disabled_button(
    page_client: PageClient, town: AskedTown
) -> None:
    page = page_client.post(town.path(), {"code": code_of(town)})
    first = page.all("#kysely button, #kysely input[type=submit]")[0]
    assert first.has_attr("disabled")
    assert first["type"] == "submit"


def test_other_languages_take_code_and_answers_along(
    page_client: PageClient, town: AskedTown
) -> None:
    page = page_client.post(town.path(), {"code": code_of(town), "q1": "3", "q2": "0"})
    switches = {str(one["formaction"]) for one in page.all("button[formaction]")}
    assert switches == {town.path(language="sv"), town.path(language="en")}
    swedish = page_client.post(
        town.path(language="sv"), {"code": code_of(town), "q1": "3", "q2": "0", "q3": "9"}
    )
    chosen = [(one["name"], one["value"]) for one in swedish.all("input[checked]")]
    assert chosen == [("q1", "3"), ("q2", "0")]


def test_a_question_that_is_not_written_in_a_language_is_marked_as_what_it_is(
    page_client: PageClient, town: AskedTown
) -> None:
    one = town.stage.round
    one.wording["questions"][0]["question"] = {"fi": "Vain suomeksi"}
    type(one).objects.filter(pk=one.pk).update(wording=one.wording)
    page = page_client.post(town.path(language="sv"), {"code": code_of(town)})
    assert page.text("#q1 legend span[lang=fi]") == "Vain suomeksi"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Kirjoita tunnuksesi."),
        ("K7QM-2XPA-9RT", "Kirjoitit 11 merkkiä."),
        ("K7QM-2XPA-9RTO", "ei koskaan ole merkkejä 0, 1, I, L tai O"),
        ("K7QM-2XPA-9RTV", "Tunnus ei kuulu avoinna olevaan kyselyyn."),
    ],
)
def test_a_wrong_code_is_kept_as_it_was_typed_and_told_what_is_wrong_with_it(
    page_client: PageClient, town: AskedTown, typed: str, told: str
) -> None:
    page = page_client.post(town.path(), {"code": typed}, status=422)
    field = page.one("#tunnus")
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    assert told in page.text("#tunnus-virhe")
    assert told in page.text("#virheet")


def test_a_code_of_another_municipality_does_not_open_the_form(
    page_client: PageClient, town: AskedTown
) -> None:
    other = asked_town("toinen")
    assert "ei kuulu" in page_client.post(town.path(), {"code": code_of(other)}, 422).text()


def test_a_used_code_is_told_that_the_answer_is_saved_already(
    page_client: PageClient, town: AskedTown
) -> None:
    use_up(town, code_of(town))
    page = page_client.post(town.path(), {"code": code_of(town)})
    assert page.h1 == "Vastauksesi on jo tallennettu"
    assert code_of(town) not in page.html
    assert page_client.post(town.path(), {"code": code_of(town, 1)}).has("#kysely")


def test_spare_codes_work_as_soon_as_they_are_made(
    page_client: PageClient, town: AskedTown
) -> None:
    use_up(town, code_of(town))
    page_client.post(town.path(), {"code": code_of(town, 1)})
    spare = town.stage.codes("hallinto", 3)[0]
    assert page_client.post(town.path(), {"code": spare}).has("#kysely")
    page = page_client.post(town.path(), {"code": code_of(town)})
    assert page.h1 == "Vastauksesi on jo tallennettu"


def test_whoever_guesses_is_held_up_and_a_right_code_never(
    client: Client, page_client: PageClient, town: AskedTown
) -> None:
    for _ in range(60):
        assert raw(client, town, code="K7QM2XPA9RTV").status_code == 422
    page = page_client.post(town.path(), {"code": "K7QM2XPA9RTV"}, 429)
    assert page.h1 == "Liian monta väärää tunnusta"
    assert page_client.post(town.path(), {"code": code_of(town)}).has("#kysely")
    elsewhere: Any = client.post(town.path(), {"code": "K7QM2XPA9RTV"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 422


def test_an_open_link_leads_to_the_form_and_says_that_one_could_answer_twice(
    page_client: PageClient, town: AskedTown
) -> None:
    address = f"{town.path()}?linkki={town.link}"
    page = page_client.get(address)
    assert "Sama henkilö voi vastata useita kertoja" in page.text(".survey-by-link .notice")
    assert page.one("input[name=link]")["value"] == town.link
    assert not page.has("input[name=code]")
    again = page_client.get(address)
    assert page.one("input[name=nonce]")["value"] != again.one("input[name=nonce]")["value"]


def test_a_link_that_leads_nowhere_says_what_to_do(
    page_client: PageClient, town: AskedTown
) -> None:
    page = page_client.get(f"{town.path()}?linkki=eiole123", status=404)
    assert page.h1 == "Linkki ei kelpaa"


def test_only_pages_without_code_or_link_may_be_kept(client: Client, town: AskedTown) -> None:
    kept = [client.get(town.path(end)) for end in ("", "kiitos/", "suojaus/", "tietosuojaseloste/")]
    use_up(town, code_of(town, 1))
    private = [
        raw(client, town, code=code_of(town)),
        raw(client, town, code=code_of(town, 1)),
        raw(client, town, code="väärä"),
        client.get(f"{town.path()}?linkki={town.link}"),
        client.get(f"{town.path()}?linkki=eiole123"),
        client.post(town.path("vastaus/"), {"code": code_of(town)}),
    ]
    assert all("X-Cache-Scope" in one.headers for one in kept)
    assert all("X-Cache-Scope" not in one.headers for one in private)
    assert {one.headers["Cache-Control"] for one in private} == {"no-store"}
    assert not any(one.cookies or "Vary" in one.headers for one in [*kept, *private])


def test_whoever_is_signed_in_is_met_as_anybody(client: Client, town: AskedTown) -> None:
    client.force_login(member(town.stage.ledger_id, Role.COORDINATOR, "k@example.org"))
    with CaptureQueriesContext(connection) as queries:
        answers = [
            client.get(town.path()),
            client.get(town.path("kiitos/")),
            client.get(f"{town.path()}?linkki={town.link}"),
            raw(client, town, code=code_of(town)),
            raw(client, town, code="väärä"),
        ]
    assert not any(one.cookies or "Vary" in one.headers for one in answers)
    assert not any("session" in one["sql"] for one in queries.captured_queries)


def test_opening_the_form_takes_few_queries(client: Client, town: AskedTown) -> None:
    raw(client, town, code=code_of(town))
    with CaptureQueriesContext(connection) as queries:
        assert raw(client, town, code=code_of(town)).status_code == 200
    # One of them asks whether the municipality has surveys in use at all.
    assert len(queries.captured_queries) <= 6


def test_before_the_first_day_the_page_says_when_it_opens(
    page_client: PageClient, town: AskedTown, settings: Any
) -> None:
    settings.FIXED_NOW = "2026-11-30T23:59:59+02:00"
    page = page_client.get(town.path())
    assert page.h1 == "Kysely ei ole auki"
    assert "avautuu 1.12.2026" in page.text()
    early = page_client.post(town.path(), {"code": code_of(town)}, 409)
    assert early.h1 == "Kysely ei ole vielä auki"
    settings.FIXED_NOW = "2026-12-01T00:00:00+02:00"
    assert page_client.post(town.path(), {"code": code_of(town)}).has("#kysely")


def test_answering_ends_at_the_midnight_that_ends_the_last_day(
    page_client: PageClient, town: AskedTown, settings: Any
) -> None:
    settings.FIXED_NOW = JUST_BEFORE
    assert "Tänään on viimeinen päivä" in page_client.post(
        town.path(), {"code": code_of(town)}
    ).text(".survey-about")
    settings.FIXED_NOW = MIDNIGHT
    assert page_client.get(town.path()).h1 == "Kysely ei ole auki"
    late = page_client.post(town.path(), {"code": code_of(town)}, 410)
    assert late.h1 == "Kysely ei ole enää auki"
    assert "1.12.2026–23.12.2026" in late.text()
    assert page_client.get(f"{town.path()}?linkki={town.link}", 410).h1 == late.h1


def test_a_closed_round_leads_to_its_results_once_they_are_published(
    page_client: PageClient, town: AskedTown, settings: Any
) -> None:
    from digitiekartta.surveys import services  # noqa: PLC0415

    settings.FIXED_NOW = "2026-12-28T09:00:00+02:00"
    town.stage.close(at=datetime.datetime(2026, 12, 28, 9, tzinfo=HELSINKI))
    assert "Tulokset julkaistaan, kun ne on laskettu." in page_client.get(town.path()).text()
    services.publish_results(
        ledger_id=town.stage.ledger_id, intent=intent(), round_id=town.stage.round_id
    )
    page = page_client.get(town.path())
    assert str(town.stage.round_id) in page.link("kyselyn tulokset")
    assert page_client.post(town.path(), {"code": code_of(town)}, 410).has("h1")


def test_of_two_open_rounds_a_code_opens_its_own(page_client: PageClient, town: AskedTown) -> None:
    ways = {"vesilaitos": Way.EMAIL}
    name = {"fi": "Vesilaitoksen kysely"}
    second = drafted(town.stage.ledger_id, town.slug, ways, name=name, opens_on=FIRST_DAY)
    code = second.codes("vesilaitos")[0]
    second.open()
    page = page_client.get(town.path())
    assert page.h1 == "Henkilöstökyselyt"
    assert len(page.all(".survey-rounds > li")) == 2
    assert page_client.post(town.path(), {"code": code}).h1 == "Vesilaitoksen kysely"
    assert page_client.post(town.path(), {"code": code_of(town)}).h1 == "Digikysely 2026"


def test_a_municipality_may_ask_before_it_publishes_its_roadmap(page_client: PageClient) -> None:
    ledger_id = new_town("hiljainen", published=False)
    page_client.get("/hiljainen/kysely/", 404)
    stage = drafted(ledger_id, "hiljainen")
    codes = stage.codes("hallinto")
    page_client.get("/hiljainen/kysely/", 404)
    stage.open()
    page = page_client.get("/hiljainen/kysely/")
    assert not page.has("header nav a")
    assert page_client.post("/hiljainen/kysely/", {"code": codes[0]}).has("#kysely")
    page_client.get("/hiljainen/kysely/kiitos/")


def test_a_draft_is_told_to_nobody(page_client: PageClient) -> None:
    ledger_id = new_town("kunta")
    drafted(ledger_id, "kunta", name={"fi": "Salainen"})
    page = page_client.get("/kunta/kysely/")
    assert page.h1 == "Kysely ei ole auki"
    assert "Salainen" not in page.html
    page_client.get("/kunta/kysely/suojaus/", 404)


def test_an_unknown_municipality_and_a_language_it_does_not_offer_are_not_found(
    page_client: PageClient, lappajarvi: Any
) -> None:
    page_client.get("/eiole/kysely/", 404)
    page_client.get("/sv/lappajarvi/kysely/", 404)
    assert page_client.get("/lappajarvi/kysely/").h1 == "Kysely ei ole auki"


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_tell_what_follows_and_nothing_of_anybody(
    page_client: PageClient, town: AskedTown, language: str
) -> None:
    page = page_client.get(town.path("kiitos/", language))
    assert page.has("[data-thanked]")
    assert page.one(".survey-next time")["datetime"] == LAST_DAY.isoformat()
    assert not page.has("main input")


def test_an_answer_that_reaches_django_is_not_thanked_for(
    page_client: PageClient, town: AskedTown
) -> None:
    fields = {"round": str(town.stage.round_id), "code": code_of(town), "q1": "4"}
    page = page_client.post(town.path("vastaus/"), fields, 503)
    assert page.text("#virheet h2") == "Vastausta ei voitu tallentaa juuri nyt"
    assert page.one("input[checked]")["value"] == "4"
    assert page_client.redirect(town.path("vastaus/"), status=303) == town.path()
    assert town.stage.tally("hallinto").respondents == 0


def test_a_round_that_is_not_the_municipality_s_is_passed_over(
    page_client: PageClient, town: AskedTown
) -> None:
    fields = {"round": str(uuid4()), "code": "K7QM-2XPA-9RTV", "q1": "4"}
    assert page_client.post(town.path(), fields, 422).has("form[data-way-in]")


def test_now_is_within_the_round() -> None:
    assert FIRST_DAY < NOW.date() < LAST_DAY
