"""Editing in place in a real browser: by keyboard alone, with errors and conflicts told to all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from digitiekartta.live.tests.members import Beside, beside, give_session
from tests.browser import AXE, DESKTOP, NARROW, Visitor
from tests.live_site import Site, running

Visit = Callable[..., Visitor]
ACTION = "/kauhava/toimenpiteet/6/"
EXPECTED = re.compile("status of (409|422)")
FAULTS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
    one => `${one.id}: ` + one.nodes.map(node => node.target.join(' ')).join(', '))"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture(scope="module")
def writer(site: Site) -> Iterator[Beside]:
    with beside(site) as one:
        one.ask("join", "coordinator")
        yield one


@pytest.fixture
def enter(visit: Visit, site: Site, writer: Beside) -> Iterator[Callable[..., Page]]:
    """Opens a page as the coordinator. A form that comes back with an error is no complaint."""
    visitors: list[Visitor] = []

    def opened(path: str, **options: object) -> Page:
        visitor = visit(site=site, bypass_csp=True, **options)
        visitors.append(visitor)
        give_session(visitor.context, site, writer.ask("sign_in", "coordinator"))
        return visitor.open(path)

    yield opened
    for one in visitors:
        one.complaints[:] = [said for said in one.complaints if not EXPECTED.search(said)]


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(FAULTS)
    return found


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_form_opens_in_place_is_saved_and_taken_back_by_keyboard_alone(
    enter: Callable[..., Page],
) -> None:
    page = enter(ACTION)
    link = page.get_by_role("link", name="Muuta sanamuotoa")
    link.focus()
    page.keyboard.press("Enter")
    name = page.get_by_label("Toimenpiteen nimi, suomeksi")
    expect(name).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(name).to_be_focused()
    before = name.input_value()
    page.keyboard.press("Control+A")
    page.keyboard.type("Näppäimistöllä nimetty")
    page.keyboard.press("Enter")
    expect(page.locator("#tehty")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Näppäimistöllä nimetty")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(before)


@pytest.mark.parametrize(("theme", "size"), [("light", DESKTOP), ("dark", NARROW)])
def test_axe_finds_nothing_in_errors_conflicts_proposals_and_changes_of_many(
    enter: Callable[..., Page], theme: str, size: tuple[int, int]
) -> None:
    page = enter(f"{ACTION}muokkaa/rahoitus/", theme=theme, size=size)
    page.fill("#id_amount", "viisi")
    page.locator("form.edit button").click()
    expect(page.locator("#virheet")).to_be_visible()
    assert faults(page) == []
    page = enter(f"{ACTION}muokkaa/paikka/", theme=theme, size=size)
    other = enter(f"{ACTION}muokkaa/paikka/")
    other.fill("#id_number", "1.6b" if theme == "light" else "1.6c")
    other.locator("form.edit button").click()
    expect(other.locator("#tehty")).to_be_visible()
    page.fill("#id_number", "1.6d")
    page.locator("form.edit button").click()
    expect(page.locator(".conflict")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
    for path in ("/kauhava/paatokset/", "/kauhava/toimenpiteet/uusi/", ACTION):
        page = enter(path, theme=theme, size=size)
        assert faults(page) == []
        assert fits(page)
    page = enter("/kauhava/toimenpiteet/?nakyma=lista", theme=theme, size=size)
    page.locator("#lista input").first.focus()
    page.keyboard.press("Space")
    assert faults(page) == []
    page.get_by_role("button", name="Muuta valittuja").click()
    page.get_by_text("Pane tauolle").click()
    page.fill("#id_reason", "Yhteinen syy")
    page.get_by_role("button", name="Näytä, mikä muuttuisi").click()
    expect(page.locator(".preview")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
