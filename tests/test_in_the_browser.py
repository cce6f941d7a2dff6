"""What only a real browser can show, on the pages of the example."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import DESKTOP, NARROW, PHONE, Visitor

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
@pytest.mark.parametrize(
    ("theme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light-desktop", "dark-phone"]
)
def test_axe_finds_nothing_to_complain_of(
    axe: Callable[..., list[str]], path: str, theme: str, size: tuple[int, int]
) -> None:
    assert axe(path, theme=theme, size=size) == []


@every_page
def test_a_page_fits_a_screen_of_320_pixels(visit: Callable[..., Visitor], path: str) -> None:
    page = visit(size=NARROW).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


@every_page
def test_a_page_says_the_same_without_scripts(visit: Callable[..., Visitor], path: str) -> None:
    with_scripts = visit().open(path).evaluate(TEXT)
    without = visit(java_script_enabled=False).open(path).evaluate(TEXT)
    assert without
    assert set(with_scripts) <= set(without)


def test_the_first_tab_leads_past_the_navigation(visit: Callable[..., Visitor]) -> None:
    page = visit().open(PAGES["front"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#sisalto"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
