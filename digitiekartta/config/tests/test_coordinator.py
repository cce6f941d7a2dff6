"""The first coordinator: the command, the first start's link, and what who is signed in sees."""

from __future__ import annotations

import socket

import pytest
from django.test import Client

from digitiekartta.config.people import coordinator_link, first_link
from digitiekartta.config.problems import ProblemError
from digitiekartta.config.serving import _first_link
from tests.fixtures import PageClient
from tests.kauhava import NOW, small_town

pytestmark = pytest.mark.django_db
SITE = "https://digi.example.test"


def test_a_link_signs_the_coordinator_in_once(page_client: PageClient) -> None:
    small_town("lappajarvi", "Lappajärvi")
    link = coordinator_link(slug="lappajarvi", email="k@example.test", site=SITE, at=NOW)
    assert link.startswith(f"{SITE}/k/")
    path = link.removeprefix(SITE)
    page_client.get(path)
    page_client.redirect(path, {})
    page = page_client.get("/lappajarvi/")
    assert page.link("Kyselyt") == "/lappajarvi/kyselyt/"
    page_client.get("/lappajarvi/kyselyt/")
    assert Client().post(path).status_code == 404


def test_who_signs_out_sees_what_everybody_sees(page_client: PageClient) -> None:
    small_town("lappajarvi", "Lappajärvi")
    link = coordinator_link(slug="lappajarvi", email="k@example.test", site="", at=NOW)
    page_client.redirect(link, {})
    assert page_client.client.get("/k/ulos/").status_code == 405
    page_client.redirect("/k/ulos/", {})
    page_client.get("/lappajarvi/kyselyt/", 404)
    cookies = page_client.client.cookies
    assert cookies.pop("istunto")["max-age"] == 0  # a browser forgets it at once
    page = page_client.get("/lappajarvi/")
    assert "Cookie" not in page.headers.get("Vary", "")
    assert not page.has("header form")


@pytest.mark.parametrize(("slug", "email"), [("ei-ole", "k@example.test"), ("lappajarvi", "k")])
def test_an_unknown_municipality_or_a_wrong_address_is_told(slug: str, email: str) -> None:
    small_town("lappajarvi", "Lappajärvi")
    with pytest.raises(ProblemError, match=r"there is no municipality|not an e-mail address"):
        coordinator_link(slug=slug, email=email, site=SITE, at=NOW)


def test_the_first_start_gives_a_link_where_the_only_municipality_has_no_coordinator() -> None:
    assert first_link(site=SITE, at=NOW) is None
    small_town("lappajarvi", "Lappajärvi")
    assert str(first_link(site=SITE, at=NOW)).startswith(f"{SITE}/k/")
    assert first_link(site=SITE, at=NOW) is None


def test_no_link_is_told_where_others_can_reach_the_site() -> None:
    small_town("lappajarvi", "Lappajärvi")
    with socket.socket() as everywhere:
        everywhere.bind(("0.0.0.0", 0))  # noqa: S104 -- never listened on
        assert _first_link(everywhere, SITE) is None
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        assert _first_link(here, SITE) is not None
