"""The organisation's own sign-in, against a provider that runs here and the real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from digitiekartta.accounts.tests.provider import CLIENT, SECRET, Provider, running_provider
from tests.live_site import Site

EMAIL = "koordinaattori@kunta.example"
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


def test_whoever_the_organisation_knows_and_was_invited_signs_in(
    provider: Provider, start_site: Callable[..., Site]
) -> None:
    site = start_site(
        DIGITIEKARTTA_OIDC_ISSUER=provider.url,
        DIGITIEKARTTA_OIDC_CLIENT_ID=CLIENT,
        DIGITIEKARTTA_OIDC_CLIENT_SECRET=SECRET,
        DIGITIEKARTTA_OIDC_UID_FIELD="oid",
        DIGITIEKARTTA_OIDC_NAME="Kunnan tunnus",
    )
    made = site.run("coordinator", "--kunta", "kauhava", "--email", EMAIL)
    assert made.returncode == 0, made.stderr
    leave = "/k/oidc/organisaatio/"

    def browser() -> Browser:
        return Browser(site, requests.Session())

    # The button leads off the site: the page's policy lets a form go there, and nowhere else.
    page = requests.get(f"{site.url}/sv/k/kirjaudu/", timeout=10)
    assert "Kunnan tunnus" in page.text
    assert f"form-action 'self' {provider.url};" in page.headers["Content-Security-Policy"] + ";"

    # An address that the provider has not verified is nobody's.
    provider.person = {**KNOWN, "email_verified": False}
    assert browser().press(leave).status_code == 403

    # A stranger whom nobody invited gets no account.
    provider.person = {**KNOWN, "oid": "oid-2", "email": "muu@kunta.example"}
    assert browser().press(leave).status_code == 403

    provider.person = KNOWN
    guest = browser()
    landed = guest.press(leave, "/sv/k/kirjaudu/", next="/sv/kauhava/tasot/")
    assert (landed.status_code, urlsplit(landed.url).path) == (200, "/sv/kauhava/tasot/")
    assert EMAIL in guest.session.get(f"{site.url}/k/tili/").text
    asked = provider.asked[-1]
    assert asked["redirect_uri"] == f"{site.url}/k/oidc/organisaatio/paluu/"
    assert asked["code_challenge_method"] == "S256"
    assert "code_verifier" in provider.told[-1]

    # From then on the lasting name counts: a new address is hers, her old one is not another's.
    provider.person = {**KNOWN, "email": "uusi-nimi@kunta.example", "email_verified": False}
    assert EMAIL in _account(browser(), leave)
    provider.person = {**KNOWN, "oid": "oid-3"}
    assert browser().press(leave).status_code == 403

    # Cancelled, forged, and led elsewhere.
    provider.person = None
    assert browser().press(leave).status_code == 400
    forged = f"{site.url}/k/oidc/organisaatio/paluu/?code=koodi&state=keksitty"
    assert requests.get(forged, timeout=10).status_code == 400
    assert requests.get(f"{site.url}/k/oidc/muu/paluu/?code=x", timeout=10).status_code == 404
    provider.person = KNOWN
    away = browser().press(leave, next="https://muualla.example/")
    assert urlsplit(away.url).netloc == urlsplit(site.url).netloc
    assert requests.get(site.url + leave, timeout=10).status_code == 405
    log = site.log.read_text()
    assert SECRET not in log
    assert "Traceback" not in log


def _account(browser: Browser, leave: str) -> str:
    assert browser.press(leave).status_code == 200
    text: Any = browser.session.get(f"{browser.site.url}/k/tili/").text
    return str(text)
