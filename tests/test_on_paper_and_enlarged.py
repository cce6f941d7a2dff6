"""What only a browser can show: pages on paper, and with letters twice as large."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import NARROW, Visitor
from tests.test_in_the_browser import PAGES

PAPER = (680, 960)
"""A sheet of A4 between its margins, in pixels of CSS."""
UNSEEN = """selector => [...document.querySelectorAll(selector)]
    .filter(one => !one.checkVisibility({contentVisibilityAuto: true}) || one.offsetHeight === 0)
    .map(one => one.textContent.trim().slice(0, 40))"""
BROKEN = """() => [...document.querySelectorAll('.action-facts dt')].filter(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return !/\\s/.test(one.textContent.trim()) && range.getClientRects().length > 1;
}).map(one => one.textContent)"""
DIFFERENCE = "/kauhava/muutokset/?alku=2026-06-12&loppu=2026-12-09"


@pytest.mark.parametrize("prefix", ["", "/sv"])
def test_every_page_of_320_pixels_fits_when_its_letters_are_twice_as_large(
    visit: Callable[..., Visitor], prefix: str
) -> None:
    visitor = visit(size=NARROW, bypass_csp=True)
    widths = {}
    for path in PAGES.values():
        page = visitor.open(prefix + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > NARROW[0]} == {}


def test_a_paper_about_a_difference_tells_every_change_under_its_heading(
    visit: Callable[..., Visitor],
) -> None:
    page = visit(size=PAPER).open(DIFFERENCE)
    page.emulate_media(media="print")
    assert page.locator(".change-items > li").count() > 20
    assert page.evaluate(UNSEEN, ".change-items > li, .change-group > summary, .change-kind") == []
    assert page.evaluate(UNSEEN, ".dates") != []


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_no_word_of_an_actions_facts_is_broken_on_paper(
    visit: Callable[..., Visitor], prefix: str
) -> None:
    page = visit(size=PAPER).open(f"{prefix}/kauhava/toimenpiteet/7/")
    page.emulate_media(media="print")
    assert page.evaluate(BROKEN) == []


def test_the_name_in_the_header_keeps_clear_of_the_menu(visit: Callable[..., Visitor]) -> None:
    page = visit(size=NARROW).open("/kauhava/")
    name = page.locator(".brand span").bounding_box()
    menu = page.locator(".top > .wrap > .menu-button").bounding_box()
    assert name is not None
    assert menu is not None
    assert name["x"] + name["width"] + 8 <= menu["x"]
