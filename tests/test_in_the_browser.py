"""What only a real browser can show, on the pages of the example."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESKTOP, NARROW, Visitor

PAGES = {
    "front": "/kauhava/",
    "levels": "/kauhava/tasot/",
    "timeline": "/kauhava/toimenpiteet/",
    "list": "/kauhava/toimenpiteet/?nakyma=lista",
    "table": "/kauhava/toimenpiteet/?nakyma=taulu",
    "action": "/kauhava/toimenpiteet/1/",
    "goals": "/kauhava/tavoitteet/",
    "changes": "/kauhava/muutokset/",
    "model": "/kauhava/toimintamalli/",
    "search": "/kauhava/haku/?q=palvelu",
    "data": "/kauhava/avoin-data/",
    "accessibility": "/kauhava/saavutettavuus/",
    "privacy": "/kauhava/tietosuoja/",
    "follow": "/kauhava/seuraa/",
    "missing": "/kauhava/toimenpiteet/9999/",
}
# What is said beside the controls, and beside times, which a script may tell as "5 minutes ago".
TEXT = """() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('form, button, time, [hidden]').forEach(one => one.remove());
    return main.textContent.split(/\\s+/).filter(Boolean);
}"""
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@every_page
def test_axe_finds_nothing_on_a_desk(axe: Callable[..., list[str]], path: str) -> None:
    assert axe(path, theme="light", size=DESKTOP) == []


@every_page
def test_axe_finds_nothing_in_the_dark_on_a_screen_of_320_pixels_which_the_page_fits(
    axe: Callable[..., list[str]], path: str
) -> None:
    def fits(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]

    assert axe(path, theme="dark", size=NARROW, prepare=fits) == []


@pytest.mark.parametrize("name", ["front", "levels", "timeline", "action", "changes"])
def test_a_page_says_the_same_without_scripts(visit: Callable[..., Visitor], name: str) -> None:
    with_scripts = visit().open(PAGES[name]).evaluate(TEXT)
    without = visit(java_script_enabled=False).open(PAGES[name]).evaluate(TEXT)
    assert without
    assert set(with_scripts) <= set(without)


def test_the_first_tab_leads_past_the_navigation(visit: Callable[..., Visitor]) -> None:
    page = visit().open(PAGES["front"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#sisalto"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
