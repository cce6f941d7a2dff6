"""A resident proposes by keyboard without scripts, and the team publishes it on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser import NARROW, Visitor
from tests.live_site import Site

HERE = "/kauhava/ideat/"


def _signed_in(visitor: Visitor) -> Page:
    told = visitor.site.run("coordinator", "--kunta", "kauhava", "--email", "k@kunta.test").stdout
    link = re.search(r"/k/\S+", told)
    assert link is not None, told
    page = visitor.open(link[0])
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kauhava/**")
    return page


def _proposes_by_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Ehdota ideaa").press("Enter")
    page.get_by_label("Idea yhdellä lauseella").focus()
    page.keyboard.type("Uimahallin ruuhkat verkkoon")
    page.keyboard.press("Tab")
    page.keyboard.type("Hallin kävijämäärä näkyisi verkossa.")
    page.wait_for_timeout(4500)
    page.get_by_label("Idea yhdellä lauseella").press("Enter")
    page.wait_for_url(f"**{HERE}kiitos/")


def test_an_idea_from_a_resident_to_everybody(
    start_site: Callable[..., Site],
    visit: Callable[..., Visitor],
    axe: Callable[..., list[str]],
) -> None:
    site = start_site()
    team = visit(site=site, size=NARROW)
    desk = _signed_in(team)
    team.open(f"{HERE}asetukset/")
    desk.get_by_text("Myös asukkaat ilman kirjautumista").click()
    desk.get_by_role("button", name="Tallenna").click()
    desk.wait_for_url(f"**{HERE}jono/")

    resident = visit(site=site, java_script_enabled=False)
    _proposes_by_keyboard(resident.open(HERE))
    team.open(f"{HERE}jono/")
    desk.get_by_role("link", name="Uimahallin ruuhkat verkkoon").click()
    assert desk.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    desk.get_by_role("button", name="Julkaise", exact=True).click()
    desk.wait_for_url(re.compile(rf"{HERE}\d+/$"))
    assert "Uimahallin ruuhkat verkkoon" in resident.open(HERE).inner_text("main")
    cookies = desk.context.storage_state()
    for path in ("", "1/", "jono/", "5/kasittele/", "5/toimenpiteeksi/", "asetukset/"):
        assert axe(HERE + path, site=site, storage_state=cookies) == [], path

    def like_another(page: Page) -> None:
        page.get_by_label("Idea yhdellä lauseella").fill("Uimahallin ruuhkat")
        page.get_by_label("Mitä ehdotat?").fill("Näkyisivät verkossa.")
        page.wait_for_timeout(4500)
        page.get_by_role("button", name="Lähetä idea").click()
        assert page.locator("#samanlaiset a").count() == 1

    assert axe(f"{HERE}ehdota/", site=site, prepare=like_another, theme="dark", size=NARROW) == []
