"""The front page and the error pages: clear, with a way on, and telling nothing that is inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from digitiekartta.config import urls
from digitiekartta.municipalities import services as municipalities
from digitiekartta.roadmaps.views import errors
from tests.fixtures import PageClient
from tests.kauhava import Town, intent, small_town


def _raise(problem: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise problem

    return view


urlpatterns = [
    path("kielletty/", _raise(PermissionDenied("salainen syy"))),
    path("outo/", _raise(SuspiciousOperation("salainen syy"))),
    path("rikki/", _raise(RuntimeError("salainen syy"))),
    path("sv/rikki/", _raise(RuntimeError("salainen syy"))),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def faulty(client: Client) -> Iterator[Client]:
    """A client of a site some of whose pages fail."""
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield client


# The front page.


def test_the_only_municipality_is_opened_at_once(page_client: PageClient, kauhava: Town) -> None:
    assert page_client.redirect("/") == "/kauhava/"
    assert page_client.redirect("/sv/") == "/sv/kauhava/"


def test_several_municipalities_are_listed_by_name(
    page_client: PageClient, kauhava: Town, lappajarvi: Town
) -> None:
    small_town("alavus", "Ähtäri", published=False)
    page = page_client.get("/")
    assert page.h1 == "Kuntien digitiekartat"
    assert page.texts(".places a") == ["Kauhava", "Lappajärvi"]
    english = page_client.get("/en/")
    assert english.has('.places a[href="/en/kauhava/"]')
    assert english.has('.places a[href="/lappajarvi/"]')  # which has Finnish alone


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/", "Täällä ei ole vielä yhtään julkaistua digitiekarttaa"),
        ("/sv/", "Ingen digital färdplan har publicerats här än"),
        ("/en/", "No digital roadmap has been published here yet"),
    ],
)
def test_with_none_the_first_page_tells_what_to_do(
    page_client: PageClient, address: str, told: str
) -> None:
    page = page_client.get(address)
    assert page.h1 == told
    assert "digitiekartta demo" in page.text()


def test_a_municipality_without_a_published_roadmap_is_not_listed(
    page_client: PageClient, kauhava: Town
) -> None:
    ledger_id, _ = municipalities.create_municipality(
        intent=intent(), slug="soini", name={"fi": "Soini"}, genitive={}, languages=["fi"]
    )
    municipalities.publish_municipality(ledger_id=ledger_id, intent=intent())
    assert page_client.redirect("/") == "/kauhava/"
    page = page_client.get("/soini/", status=404)
    assert "ei ole vielä julkaissut" in page.text()


# What is not there.


def test_a_language_that_is_not_offered_leads_to_one_that_is(
    page_client: PageClient, lappajarvi: Town
) -> None:
    page = page_client.get("/sv/lappajarvi/muutokset/", status=404)
    assert page.has('.actions a[href="/lappajarvi/"]')
    page_client.answer("/sv/lappajarvi/muutokset/syote.atom", status=404)
    assert page_client.redirect("/sv/") == "/lappajarvi/"


def test_a_way_on_keeps_the_language(page_client: PageClient, kauhava: Town) -> None:
    assert page_client.get("/sv/a/b/", status=404).has('.actions a[href="/sv/"]')
    assert page_client.get("/sv/kauhava/a/", status=404).has('.actions a[href="/sv/kauhava/"]')


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/kauhava/ei-ole/", "Sivua ei löytynyt"),
        ("/sv/kauhava/ei-ole/", None),
        ("/en/kauhava/ei-ole/", "The page was not found"),
        ("/kauhava/toimenpiteet/9999/", "Sivua ei löytynyt"),
        ("/kauhava/versiot/99.json", "Sivua ei löytynyt"),
    ],
)
def test_a_missing_page_of_a_municipality_keeps_its_frame(
    page_client: PageClient, kauhava: Town, address: str, heading: str | None
) -> None:
    page = page_client.get(address, status=404)
    assert heading in (None, page.h1)
    assert page.has(".nav a")
    assert page.text(".brand").startswith("Kauhava")


@pytest.mark.parametrize(
    "address",
    [
        "/ei/ole/mitaan/",
        "/%00/",
        "/%ff%fe/",
        "/sv/../../etc/passwd",
        "/<script>/",
        f"/{'a' * 900}/",
    ],
)
def test_an_odd_address_is_a_clear_page(
    page_client: PageClient, kauhava: Town, address: str
) -> None:
    page = page_client.get(address, status=404)
    assert page.has(".actions a")
    assert "<script>/" not in page.html


@pytest.mark.parametrize("rest", ["", "tasot/", "muutokset/", "haku/?q=a", "ei-ole/", "x/y/z/"])
def test_an_unpublished_municipality_is_as_one_that_does_not_exist(
    client: Client, kauhava: Town, rest: str
) -> None:
    small_town("salakunta", "Salakunta", published=False)
    hidden = client.get(f"/salakunta/{rest}")
    absent = client.get(f"/olematon1/{rest}")
    assert hidden.status_code == absent.status_code == 404
    told = [one.content.decode().replace(one.request["PATH_INFO"], "") for one in (hidden, absent)]
    assert told[0].replace("salakunta", "olematon1") == told[1]
    assert {name: hidden.headers[name] for name in hidden.headers} == {
        name: absent.headers[name] for name in absent.headers
    } or hidden.headers.keys() == absent.headers.keys()


def test_the_sentence_of_a_view_is_told_and_djangos_own_is_not(
    page_client: PageClient, kauhava: Town
) -> None:
    assert "Tällaista kuntaa ei ole täällä." in page_client.get("/nowhere/", status=404).text()
    html = page_client.get("/a/b/c/", status=404).html
    assert not re.search("tried|resolver|urlconf", html, re.IGNORECASE)


# Faults.


@pytest.mark.parametrize(("address", "status"), [("/kielletty/", 403), ("/outo/", 400)])
def test_a_refusal_tells_nothing_of_its_inside(
    faulty: Client, kauhava: Town, address: str, status: int
) -> None:
    response = faulty.get(address)
    assert response.status_code == status
    assert "salainen syy" not in response.content.decode()
    assert f"Virhe {status}" in response.content.decode()


@pytest.mark.parametrize(("address", "language"), [("/rikki/", "fi"), ("/sv/rikki/", "sv")])
def test_a_fault_of_ours_has_a_page_in_the_addresss_language(
    faulty: Client, address: str, language: str
) -> None:
    response = faulty.get(address)
    assert response.status_code == 500
    assert f'<html lang="{language}"' in response.content.decode()
    assert "salainen syy" not in response.content.decode()


def test_the_page_of_a_fault_asks_nothing_of_the_database(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(errors, "published_site", refuse)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    assert errors.server_error(rf.get("/kauhava/")).status_code == 500


def test_a_missing_page_is_told_even_without_the_database(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(errors, "published_site", refuse)
    response = errors.page_not_found(rf.get("/kauhava/x/"), Exception({"tried": ["salainen"]}))
    assert response.status_code == 404
    assert "salainen" not in response.content.decode()
