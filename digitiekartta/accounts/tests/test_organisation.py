"""The organisation's own sign-in, against a provider that runs here and the real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import requests

from digitiekartta.accounts.tests.provider import CLIENT, SECRET, Provider, running_provider
from tests.live_site import Site

EMAIL = "koordinaattori@kunta.example"
LEAVE = "/k/oidc/organisaatio/"
KNOWN = {"sub": "1", "oid": "oid-1", "email": EMAIL, "email_verified": True}


@dataclass
class Browser:
    """Somebody's browser, without scripts."""

    site: Site
    session: requests.Session

    def press(self, name: str, path: str = "/k/kirjaudu/", **typed: str) -> requests.Response:
        """Sends the form that leads to the organisation and follows wherever it leads."""
        page = self.session.get(self.site.url + path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None
        data = {"csrfmiddlewaretoken": token[1], **typed}
        return self.session.post(self.site.url + name, data=data)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def site(provider: Provider, start_site: Callable[..., Site]) -> Site:
    """The site with the provider as its organisation's sign-in, and one account."""
    started = start_site(
        DIGITIEKARTTA_OIDC_ISSUER=provider.url,
        DIGITIEKARTTA_OIDC_CLIENT_ID=CLIENT,
        DIGITIEKARTTA_OIDC_CLIENT_SECRET=SECRET,
        DIGITIEKARTTA_OIDC_UID_FIELD="oid",
        DIGITIEKARTTA_OIDC_NAME="Kunnan tunnus",
    )
    made = started.run("coordinator", "--kunta", "kauhava", "--email", EMAIL)
    assert made.returncode == 0, made.stderr
    return started


def test_whoever_the_organisation_knows_and_was_invited_signs_in(
    provider: Provider, site: Site
) -> None:
    """One server for all of it: a start takes seconds."""
    _the_button_may_leave_the_site(provider, site)
    _a_stranger_gets_no_account(provider, site)
    _the_invited_one_lands_where_she_was_going(provider, site)
    _the_lasting_name_counts_from_then_on(provider, site)
    _whoever_is_signed_in_adds_it_herself(provider, site)
    _what_is_cancelled_forged_or_led_elsewhere_signs_nobody_in(provider, site)
    log = site.log.read_text()
    assert SECRET not in log
    assert "Traceback" not in log


def _browser(site: Site) -> Browser:
    return Browser(site, requests.Session())


def _the_button_may_leave_the_site(provider: Provider, site: Site) -> None:
    page = requests.get(f"{site.url}/sv/k/kirjaudu/", timeout=10)
    assert "Kunnan tunnus" in page.text
    assert f"form-action 'self' {provider.url};" in page.headers["Content-Security-Policy"] + ";"
    assert requests.get(site.url + LEAVE, timeout=10).status_code == 405


def _a_stranger_gets_no_account(provider: Provider, site: Site) -> None:
    provider.person = {**KNOWN, "email_verified": False}
    assert _browser(site).press(LEAVE).status_code == 403
    provider.person = {**KNOWN, "oid": "oid-2", "email": "muu@kunta.example"}
    assert _browser(site).press(LEAVE).status_code == 403


def _the_invited_one_lands_where_she_was_going(provider: Provider, site: Site) -> None:
    provider.person, guest = KNOWN, _browser(site)
    landed = guest.press(LEAVE, "/sv/k/kirjaudu/", next="/sv/kauhava/tasot/")
    assert (landed.status_code, urlsplit(landed.url).path) == (200, "/sv/kauhava/tasot/")
    assert EMAIL in guest.session.get(f"{site.url}/k/tili/").text
    asked = provider.asked[-1]
    assert asked["redirect_uri"] == f"{site.url}/k/oidc/organisaatio/paluu/"
    assert asked["code_challenge_method"] == "S256"
    assert "code_verifier" in provider.told[-1]


def _the_lasting_name_counts_from_then_on(provider: Provider, site: Site) -> None:
    provider.person = {**KNOWN, "email": "uusi-nimi@kunta.example", "email_verified": False}
    guest = _browser(site)
    assert guest.press(LEAVE).status_code == 200
    assert EMAIL in guest.session.get(f"{site.url}/k/tili/").text
    provider.person = {**KNOWN, "oid": "oid-3"}
    assert _browser(site).press(LEAVE).status_code == 403


def _whoever_is_signed_in_adds_it_herself(provider: Provider, site: Site) -> None:
    other, guest = "toinen@kunta.example", _browser(site)
    made = site.run("coordinator", "--kunta", "kauhava", "--email", other)
    link = urlsplit(made.stdout.strip()).path
    guest.press(link, link)
    provider.person = {"sub": "9", "oid": "oid-9"}
    added = guest.press(LEAVE, "/k/tili/", process="connect")
    assert added.status_code == 200
    again = _browser(site)
    assert again.press(LEAVE).status_code == 200
    assert other in again.session.get(f"{site.url}/k/tili/").text


def _what_is_cancelled_forged_or_led_elsewhere_signs_nobody_in(
    provider: Provider, site: Site
) -> None:
    provider.person = None
    assert _browser(site).press(LEAVE).status_code == 400
    back = f"{site.url}/k/oidc/organisaatio/paluu/?code=koodi&state=keksitty"
    assert requests.get(back, timeout=10).status_code == 400
    assert requests.get(f"{site.url}/k/oidc/muu/paluu/?code=x", timeout=10).status_code == 404
    provider.person = KNOWN
    away = _browser(site).press(LEAVE, next="https://muualla.example/")
    assert urlsplit(away.url).netloc == urlsplit(site.url).netloc
