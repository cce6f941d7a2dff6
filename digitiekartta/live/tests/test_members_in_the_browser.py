"""Members at work on a running site: who edits is seen, and nothing that is typed is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import AXE, PHONE, Visitor
from tests.live_site import Site, running, start

from .members import Beside, beside, give_session

Visit = Callable[..., Visitor]
PLACE = """id => document.querySelector('h1').insertAdjacentHTML('afterend',
    `<p data-presence="${id}" data-presence-part="schedule"></p>`)"""
FORM = """id => document.querySelector('h1').insertAdjacentHTML('afterend',
    `<form method="post" action="/" data-editing="${id}" data-editing-part="schedule">
    <label>Kenttä <input name="kentta"></label><button>Tallenna</button></form>`)
    || document.dispatchEvent(new Event('sisalto'))"""
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
    document.dispatchEvent(new Event('visibilitychange')); }"""
SAID = "#ilmoitukset"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture(scope="module")
def writer(site: Site) -> Iterator[Beside]:
    with beside(site) as one:
        for role in ("coordinator", "management"):
            one.ask("join", role)
        yield one


@pytest.fixture
def enter(visit: Visit, site: Site, writer: Beside) -> Callable[..., Page]:
    """Opens the page of all actions as a member with a role or as anybody, with its stream."""

    def opened(
        role: str = "", prefix: str = "", *, own_clock: bool = False, **options: object
    ) -> Page:
        visitor = visit(site=site, **options)
        if own_clock:
            visitor.page.clock.install()
        if role:
            give_session(visitor.context, site, writer.ask("sign_in", role))
        with visitor.page.expect_request("**/live?**"):
            page = visitor.open(f"{prefix}/kauhava/toimenpiteet/")
        page.wait_for_timeout(150)
        return page

    return opened


def row(page: Page, writer: Beside) -> Locator:
    """The row of the action that the other process changes."""
    return page.locator(f"tr[data-live-key=action-{writer.serial}]")


def test_members_see_who_edits_at_once_and_the_public_never(
    enter: Callable[..., Page], writer: Beside
) -> None:
    editor, member, public = enter("management"), enter("coordinator"), enter()
    herself = enter("management")
    for page in (member, public, herself):
        page.evaluate(PLACE, writer.action)
    asked: list[str] = []
    public.on("request", lambda request: asked.append(request.url))
    began = time.monotonic()
    editor.evaluate(FORM, writer.action)
    expect(member.locator(".presence")).to_have_text("Johtoryhmän jäsen muokkaa tätä")
    assert time.monotonic() - began < 1.5
    assert public.locator(".presence").count() == 0
    assert herself.locator(".presence").count() == 0
    assert asked == []
    member.evaluate("document.dispatchEvent(new Event('sisalto'))")
    expect(member.locator(".presence")).to_have_count(1)
    editor.locator("form[data-editing]").evaluate(
        "one => one.remove() || document.dispatchEvent(new Event('sisalto'))"
    )
    expect(member.locator(".presence")).to_have_count(0)


def test_who_would_collide_is_told_aloud_and_a_page_that_is_left_edits_no_more(
    enter: Callable[..., Page], writer: Beside
) -> None:
    first, second = enter("coordinator", "/sv"), enter("management")
    first.evaluate(FORM, writer.action)
    detail = {"entity": writer.action, "part": "schedule", "open": True}
    second.evaluate("d => document.dispatchEvent(new CustomEvent('muokkaus', {detail: d}))", detail)
    told = "En medlem av ledningsgruppen redigerar det här"
    expect(first.locator("form .presence")).to_have_text(told)
    expect(first.locator(SAID)).to_have_text(told)
    second.goto("about:blank")
    expect(first.locator(".presence")).to_have_count(0)


def test_an_open_form_stays_when_others_change_what_it_is_about(
    enter: Callable[..., Page], writer: Beside
) -> None:
    page = enter("coordinator")
    page.evaluate(FORM, writer.action)
    page.fill("[name=kentta]", "kesken")
    page.evaluate("document.activeElement.blur()")
    writer.ask("retitle", "Toinen nimi")
    line = page.locator("form .elsewhere")
    expect(line).to_contain_text("Joku muu muutti tätä sillä välin. Kirjoittamasi on tallella.")
    assert page.input_value("[name=kentta]") == "kesken"
    link = line.get_by_role("link")
    assert link.get_attribute("href") == urlsplit(page.url).path
    writer.ask("retitle", "Kolmas nimi")
    expect(row(page, writer)).to_contain_text("Kolmas nimi")
    expect(line).to_have_count(1)


def test_a_hidden_tab_catches_up_when_it_is_looked_at(
    enter: Callable[..., Page], writer: Beside
) -> None:
    page = enter()
    page.evaluate(HIDE, True)
    writer.ask("retitle", "Piilossa")
    page.wait_for_timeout(600)
    expect(row(page, writer)).not_to_contain_text("Piilossa")
    page.evaluate(HIDE, False)
    expect(row(page, writer)).to_contain_text("Piilossa")
    expect(page.locator(SAID)).to_contain_text("päivittyi")


def test_a_frozen_page_catches_up_when_it_wakes(enter: Callable[..., Page], writer: Beside) -> None:
    page = enter()
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    writer.ask("retitle", "Unessa")
    time.sleep(0.5)
    browser.send("Page.setWebLifecycleState", {"state": "active"})
    expect(row(page, writer)).to_contain_text("Unessa")
    expect(page.locator(SAID)).to_contain_text("päivittyi")


def test_a_page_that_slept_doubts_its_connection_and_opens_another(
    enter: Callable[..., Page],
) -> None:
    page = enter(own_clock=True)
    with page.expect_request("**/live?**"):
        page.clock.fast_forward(60_000)
    expect(page.locator("#yhteys")).to_have_text("Taas ajan tasalla")


def test_a_lost_network_is_told_and_caught_up_with(
    enter: Callable[..., Page], writer: Beside
) -> None:
    page = enter()
    page.context.set_offline(True)
    expect(page.locator("#yhteys")).to_have_text("Yhteys katkesi, yritetään uudelleen")
    writer.ask("retitle", "Sillä välin")
    page.context.set_offline(False)
    expect(page.locator("#yhteys")).to_have_text("Taas ajan tasalla")
    expect(row(page, writer)).to_contain_text("Sillä välin")


def test_whose_session_has_ended_is_told_so_and_goes_on_with_what_she_typed(
    enter: Callable[..., Page], writer: Beside, site: Site
) -> None:
    page = enter("coordinator", size=PHONE)
    page.evaluate(FORM, writer.action)
    page.fill("[name=kentta]", "kesken")
    writer.ask("sign_out")
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    ended = page.locator("#istunto")
    expect(ended).to_contain_text("Istuntosi on päättynyt. Kirjoittamasi on tallella")
    writer.ask("retitle", "Ulkona")
    page.click("form[data-editing] button")
    page.wait_for_timeout(600)
    assert page.input_value("[name=kentta]") == "kesken"
    assert page.locator("#istunto").is_visible()
    give_session(page.context, site, writer.ask("sign_in", "coordinator"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(ended).to_be_hidden()
    assert page.input_value("[name=kentta]") == "kesken"
    expect(row(page, writer)).to_contain_text("Ulkona")


def test_axe_finds_nothing_where_others_edit_and_the_session_has_ended(
    enter: Callable[..., Page], writer: Beside
) -> None:
    page = enter("coordinator", bypass_csp=True, theme="dark")
    other = enter("management")
    page.evaluate(FORM, writer.action)
    other.evaluate(FORM, writer.action)
    expect(page.locator("form .presence")).to_have_count(1)
    page.evaluate("document.dispatchEvent(new Event('istunto'))")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + v.nodes[0].html))")
    assert found == []


def test_a_restarted_server_is_caught_up_with(
    enter: Callable[..., Page], writer: Beside, site: Site
) -> None:
    page = enter("coordinator")
    site.stop()
    writer.ask("retitle", "Uudelleen")
    database = {k: v for k, v in site.environment.items() if k == "DATABASE_URL"}
    again = start(site.var, port=urlsplit(site.url).port or 0, **database)
    try:
        expect(row(page, writer)).to_contain_text("Uudelleen", timeout=9000)
        expect(page.locator(SAID)).to_contain_text("päivittyi")
    finally:
        page.goto("about:blank")
        again.stop()
