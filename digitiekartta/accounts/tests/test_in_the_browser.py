"""Signing in as people do: with a passkey, with the keyboard, and to everybody's screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import NARROW, Visitor
from tests.live_site import Site

INSIDE = re.compile("/kauhava/")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def staff_link(live_site: Site) -> str:
    """A one-time link of the cast's member of staff. Passkeys need a name: localhost."""
    port = live_site.url.rpartition(":")[2]
    printed = live_site.run("cast", "--port", port)
    found = re.search(r"^staff: (\S+)$", printed.stdout, re.MULTILINE)
    assert found is not None, printed.stderr
    return found[1]


def sign_in(page: Page, link: str) -> str:
    """Opens a link and presses its button; the site's address."""
    page.goto(link)
    page.locator("main button").press("Enter")
    page.wait_for_url(INSIDE)
    return link.partition("/k/")[0]


def test_a_passkey_is_added_and_signs_in_alone(
    visit: Callable[..., Visitor], staff_link: str
) -> None:
    page = visit().page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    site = sign_in(page, staff_link)
    page.goto(f"{site}/k/tili/avain/")
    page.get_by_label("Pääsyavaimen nimi").fill("Työkone")
    page.get_by_role("button", name="Lisää pääsyavain").press("Enter")
    page.get_by_role("heading", name="Varakoodit").wait_for()
    page.get_by_role("link", name="Koodit ovat tallessa").press("Enter")
    page.get_by_text("Työkone", exact=True).wait_for()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.goto(f"{site}/k/avain/")
    page.get_by_role("button", name="Käytä pääsyavainta").press("Enter")
    page.wait_for_url(INSIDE)
    page.goto(f"{site}/k/tili/")
    assert "tyontekija@" in page.locator("main").inner_text()
    page.get_by_role("button", name=re.compile("Poista.*Työkone")).click()
    page.get_by_text("Kirjautumistapa poistettiin.").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/k/kirjaudu/", "/k/salasana/", "/sv/k/avain/"])
def test_pages_of_signing_in_are_for_everybody(
    axe: Callable[..., list[str]], path: str, theme: str
) -> None:
    assert axe(path, theme=theme, size=NARROW) == []


@pytest.mark.parametrize("path", ["/k/tili/", "/k/tili/sovellus/", "/k/tili/salasana/"])
def test_ones_own_account_is_for_everybody(
    axe: Callable[..., list[str]], staff_link: str, path: str
) -> None:
    def prepare(page: Page) -> None:
        site = sign_in(page, staff_link)
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"

    assert axe("/k/kirjaudu/", prepare=prepare, size=NARROW) == []
