"""Reporting on a phone in under a minute, for others by keyboard alone, and every state for all."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import _RUN_AXE, AXE, DESKTOP, NARROW, PHONE, Visitor
from tests.live_site import Site, running

A_MINUTE = 60
OWN, BEHALF = "/kauhava/oma/", "/kauhava/oma/puolesta/?toimiala=keskushallinto"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site of these tests' own: they write."""
    with running() as started:
        yield started


@pytest.fixture
def enter(site: Site, visit: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Signs somebody of the cast in: ``enter("responsible person", size=PHONE)``."""

    def entered(who: str, **options: object) -> Visitor:
        visitor = visit(site=site, **options)
        port = site.url.rpartition(":")[2]
        chief = ("coordinator", "--kunta", "kauhava", "--email", "koordinaattori@kunta.test")
        command = chief if who == "coordinator" else ("cast",)
        printed = site.run(*command, "--port", port)
        found = re.search(rf"^(?:{who}: )?http\S+?(/k/\S+)$", printed.stdout, re.MULTILINE)
        assert found is not None, printed.stderr
        page = visitor.page
        page.goto(site.url + found[1])
        page.locator("main button").press("Enter")
        page.wait_for_url(re.compile("/kauhava/oma/"))
        return visitor

    return entered


def faults(page: Page) -> list[str]:
    """What axe finds in a page as it stands."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(_RUN_AXE)
    return found


def test_a_responsible_person_reports_on_a_phone_in_under_a_minute(
    enter: Callable[..., Visitor],
) -> None:
    page = enter("responsible person", size=PHONE).page
    began = time.monotonic()
    card = page.locator("[data-card]").first
    card.locator("summary", has_text="Kerro, miten etenee").click()
    card.get_by_label(re.compile("Mitä on tapahtunut")).fill("Kurssit alkoivat lokakuussa.")
    card.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#ilmoitukset")).to_have_text("Tallennettu.")
    assert time.monotonic() - began < A_MINUTE
    assert page.url.endswith(OWN), "she never left the page"
    expect(page.locator("[data-card]").first).to_contain_text("9.12.2026")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_what_was_typed_in_another_row_survives_saving_one(enter: Callable[..., Visitor]) -> None:
    page = enter("responsible person", size=NARROW).page
    cards = page.locator("[data-card]")
    for place in (0, 1):
        cards.nth(place).locator("summary", has_text="Kerro, miten etenee").click()
    cards.nth(1).get_by_label(re.compile("Mitä on tapahtunut")).fill("Kesken kirjoittamisen")
    cards.nth(0).get_by_role("button", name="Ei muutosta").click()
    expect(page.locator("#ilmoitukset")).to_have_text("Tallennettu.")
    kept = page.locator("[data-card] textarea").evaluate_all("all => all.map(one => one.value)")
    assert "Kesken kirjoittamisen" in kept


def test_the_coordinator_records_for_others_by_keyboard_alone(
    enter: Callable[..., Visitor], site: Site
) -> None:
    page = enter("coordinator", size=DESKTOP).page
    page.goto(site.url + BEHALF)
    rows = page.locator("[data-behalf]")
    page.get_by_label("Kuka kertoi").first.focus()
    page.keyboard.type("Toimialan kokous")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name?.endsWith('-text')"):
            break
    page.keyboard.type("Perehdytys uusittiin.")
    page.keyboard.press("Control+Enter")
    expect(rows.nth(0)).to_contain_text("Tallennettu.")
    focused = page.evaluate("document.activeElement.closest('[data-behalf]').id")
    assert focused == rows.nth(1).get_attribute("id"), "on to the next row"
    page.keyboard.press("Tab")
    page.keyboard.type("Edistyy.")
    page.keyboard.press("Control+Enter")
    expect(rows.nth(1)).to_contain_text("Tallennettu.")
    page.goto(f"{site.url}/kauhava/toimenpiteet/6/")
    expect(page.locator("main")).to_contain_text("Perehdytys uusittiin.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_the_desk_is_for_everybody(
    enter: Callable[..., Visitor], site: Site, theme: str
) -> None:
    page = enter("coordinator", size=NARROW, theme=theme, bypass_csp=True).page
    pages = (OWN, BEHALF, "/kauhava/tilanne/", "/kauhava/toimialat/keskushallinto/")
    for path in (*pages, "/kauhava/toimialat/keskushallinto/luovutus/"):
        page.goto(site.url + path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], path


def test_a_row_that_could_not_be_saved_is_for_everybody(enter: Callable[..., Visitor]) -> None:
    visitor = enter("responsible person", size=PHONE, bypass_csp=True)
    page = visitor.page
    card = page.locator("[data-card]").first
    card.locator("summary", has_text="Kerro, miten etenee").click()
    card.get_by_role("button", name="Tallenna").click()
    wrong = page.locator("[data-card]").first.locator("[aria-invalid=true]")
    expect(wrong).to_be_focused()
    assert faults(page) == []
    # The console tells of an answer 422, which is what was asked for.
    assert [one for one in visitor.complaints if "422" not in one] == []
    visitor.complaints.clear()
