"""What kept an answer from counting: a clear page, and nothing of what was answered is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from digitiekartta.surveys.answering import pages
from digitiekartta.surveys.answering.pages import DjangoPages
from digitiekartta.surveys.answering.problems import Problem, Trouble
from digitiekartta.surveys.views import answer
from tests.fixtures import PageClient
from tests.pages import Page, faults

from .respondents import AskedTown, asked_town

pytestmark = pytest.mark.django_db
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE surveys_tally; --",
    "{{ 7*7 }}{% debug %}",
    "javascript:alert(1)",
    "\x00\x1b[31m\u202e\ud7ff",
    "../../../etc/passwd",
    "A" * 100_000,
    "Ä" * 12,
    "%00%0d%0aSet-Cookie:x=1",
)
FIELDS = (("code", "q1", "q11", "q99", "muu"), ("link", "nonce"), ("round",))


@pytest.fixture(autouse=True)
def _nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "guesses", answer.Guesses())


@pytest.fixture(autouse=True)
def _the_test_s_transaction_stays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Making a page closes connections that are in a state of their own, as the tests' one is."""
    monkeypatch.setattr(pages, "close_old_connections", lambda: None)
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def town(db: None) -> AskedTown:
    return asked_town()


def sent(town: AskedTown, **more: str) -> dict[str, str]:
    """An answer to four questions as a browser sends it."""
    answers = {"q1": "4", "q2": "0", "q7": "1", "q11": "5"}
    code = town.codes["hallinto"][0]
    return {"round": str(town.stage.round_id), "code": code, **answers, **more}


def told(
    town: AskedTown, trouble: Trouble, fields: Mapping[str, str] | None = None, language: str = "fi"
) -> Page:
    """The page of a problem, as the endpoint asks Django for it, checked as every page is."""
    fields = sent(town) if fields is None else fields
    problem = Problem(trouble, town.slug, language, "testserver", "http", fields)
    made = DjangoPages()(problem)
    headers = {name.decode().title(): value.decode("latin-1") for name, value in made.headers}
    page = Page(town.path(language=language), made.status, headers, made.content.decode())
    assert faults(page) == []
    return page


def chosen(page: Page) -> dict[str, str]:
    return {str(one["name"]): str(one["value"]) for one in page.all("input[checked]")}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("trouble", [one for one in Trouble if one is not Trouble.NO_MUNICIPALITY])
def test_every_trouble_has_its_page_in_every_language(
    town: AskedTown, trouble: Trouble, language: str
) -> None:
    page = told(town, trouble, language=language)
    assert page.status == trouble.status
    assert page.h1


@pytest.mark.parametrize(
    "trouble", [Trouble.WRONG_CODE, Trouble.NOTHING_ANSWERED, Trouble.NOT_STORED]
)
def test_where_it_can_be_sent_again_everything_is_still_filled_in(
    town: AskedTown, trouble: Trouble
) -> None:
    page = told(town, trouble)
    assert chosen(page) == {"q1": "4", "q2": "0", "q7": "1", "q11": "5"}
    assert page.one("input[name=code]")["value"] == town.codes["hallinto"][0]
    assert page.has("#virheet[role=alert]")


def test_a_wrong_code_is_asked_for_again_in_the_form_itself(town: AskedTown) -> None:
    page = told(town, Trouble.WRONG_CODE, sent(town, code="K7QM-2XPA-9RT"))
    field = page.one("#tunnus")
    assert (field["type"], field["value"]) == ("text", "K7QM-2XPA-9RT")
    assert "Kirjoitit 11 merkkiä" in page.text("#tunnus-virhe")


def test_a_form_of_an_open_link_comes_back_with_the_word_that_tells_it(town: AskedTown) -> None:
    fields = sent(town, code="", link=town.link, nonce="sama-sana-1234")
    page = told(town, Trouble.NOT_STORED, fields)
    assert page.one("input[name=nonce]")["value"] == "sama-sana-1234"
    assert page.one("input[name=link]")["value"] == town.link


def test_an_answer_that_came_too_late_is_told_so(town: AskedTown, settings: Any) -> None:
    settings.FIXED_NOW = "2026-12-24T00:00:01+02:00"
    page = told(town, Trouble.CLOSED)
    assert "Vastaustasi ei tallennettu" in page.text()
    assert (page.status, page.has("form")) == (410, False)


def test_a_round_that_closed_meanwhile_shows_no_form_for_another_trouble(
    town: AskedTown, settings: Any
) -> None:
    settings.FIXED_NOW = "2026-12-24T00:00:01+02:00"
    assert not told(town, Trouble.NOT_STORED).has("form")


def test_too_many_wrong_codes_are_told_without_anything_of_the_form(town: AskedTown) -> None:
    page = told(town, Trouble.TOO_MANY_WRONG_CODES, {})
    assert page.h1 == "Liian monta väärää tunnusta"


def test_no_municipality_stays_not_found(town: AskedTown) -> None:
    problem = Problem(Trouble.NO_MUNICIPALITY, "eiole", "fi", "testserver", "http", {})
    assert DjangoPages()(problem).status == 404


@pytest.mark.parametrize("names", FIELDS, ids=" ".join)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_attack_strings_are_shown_as_text_or_not_at_all(
    town: AskedTown, page_client: PageClient, client: Client, names: tuple[str, ...], attack: str
) -> None:
    fields = sent(town, **dict.fromkeys(names, attack))
    for trouble in (Trouble.WRONG_CODE, Trouble.NOT_STORED, Trouble.MALFORMED):
        told(town, trouble, fields)
    response: Any = client.post(town.path(), fields)
    page = page_client.post(town.path(), fields, response.status_code)
    assert page.status in (200, 404, 422)
    assert "<script>alert" not in page.html
    assert "onerror=alert(1)>" not in page.html
    assert len(page.html) < 60_000


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_attack_strings_in_an_address_are_shown_as_text_or_not_at_all(
    town: AskedTown, client: Client, attack: str
) -> None:
    for path, name in (("", "linkki"), ("suojaus/", "kierros")):
        response: Any = client.get(town.path(path), {name: attack})
        assert response.status_code == 404
        assert b"<script>alert" not in response.content


def test_a_thousand_fields_are_refused(client: Client, town: AskedTown) -> None:
    fields = {f"q{number}": "1" for number in range(2000)}
    assert client.post(town.path(), fields).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, town: AskedTown, method: str) -> None:
    assert getattr(client, method)(town.path()).status_code == 405
    assert client.post(town.path("kiitos/")).status_code == 405
