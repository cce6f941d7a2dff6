"""Pages that tell what kept an answer from being counted, made by Django's view of the form."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from django.test import override_settings

from digitiekartta.surveys.answering.pages import DjangoPages
from digitiekartta.surveys.answering.problems import Page, Problem, Trouble
from digitiekartta.surveys.answering.telling import Teller

pytestmark = pytest.mark.django_db
FIELDS = {"code": "K7QM2XPA9RTV", "q1": "3"}


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    urls = "digitiekartta.surveys.tests.form_urls"
    with override_settings(ROOT_URLCONF=urls, ALLOWED_HOSTS=["kartta.example.org"]):
        yield


def problem(trouble: Trouble = Trouble.WRONG_CODE, **more: str) -> Problem:
    place = {"slug": "lappajarvi", "language": "sv", "host": "kartta.example.org", **more}
    return Problem(trouble=trouble, scheme="https", fields=FIELDS, **place)


def told(teller: Teller, *problems: Problem) -> list[Page]:
    async def tell() -> list[Page]:
        return [await teller.page(one) for one in problems]

    return asyncio.run(tell())


def test_the_form_s_view_tells_it_in_the_language_and_at_the_address_of_the_form() -> None:
    page = DjangoPages()(problem())
    assert page.status == 422
    said = page.content.decode()
    assert said.startswith("https://kartta.example.org/sv/lappajarvi/kysely/ wrong_code")
    assert "K7QM2XPA9RTV" in said


def test_the_page_is_guarded_as_every_page_and_sets_no_cookie() -> None:
    headers = {name: value.decode() for name, value in DjangoPages()(problem()).headers}
    assert b"set-cookie" not in headers
    assert headers[b"content-language"] == "sv"
    assert "default-src 'none'" in headers[b"content-security-policy"]
    assert headers[b"x-frame-options"] == "DENY"


def test_an_address_that_the_site_does_not_have_stays_not_found() -> None:
    assert DjangoPages()(problem(slug="ei!ole")).status == 404


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_status_of_an_error(trouble: Trouble) -> None:
    assert 400 <= DjangoPages()(problem(trouble)).status < 600


def test_where_the_page_can_not_be_made_a_few_plain_words_are_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(one: Problem) -> Page:
        raise RuntimeError(one.fields["code"])

    teller = Teller(failing, lambda: 0.0)
    page = told(teller, problem())[0]
    teller.stop()
    assert page.status == 422
    assert "Vastausta ei tallennettu." in page.content.decode()
    assert "K7QM2XPA9RTV" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_whoever_guesses_gets_a_page_made_once_a_minute_without_anything_of_the_form() -> None:
    made: list[Problem] = []
    clock = [0.0]

    def pages(one: Problem) -> Page:
        made.append(one)
        return Page(429, (), b"")

    teller = Teller(pages, lambda: clock[0])
    guess = problem(Trouble.TOO_MANY_WRONG_CODES)
    told(teller, guess, guess, guess)
    clock[0] = 61.0
    told(teller, guess)
    teller.stop()
    assert [one.fields for one in made] == [{}, {}]
