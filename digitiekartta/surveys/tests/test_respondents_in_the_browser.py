"""Answering in a real browser, against a whole server: with scripts and without."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import AXE, NARROW, PHONE, Visitor

from .asked_site import AskedSite, asked_site

pytestmark = pytest.mark.database
Visit = Callable[..., Visitor]
THANKS = re.compile(r"/kysely/kiitos/$")
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('kysely:')).length"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskedSite]:
    with asked_site(tmp_path_factory.mktemp("asked")) as one:
        yield one


def opened(visitor: Visitor, asked: AskedSite, code: str) -> Page:
    """The form of somebody with a code."""
    page = visitor.open(asked.path())
    page.fill("#tunnus", code)
    page.click("[data-way-in] button")
    expect(page.locator("#kysely")).to_be_visible()
    return page


def choose(page: Page, **levels: int) -> None:
    for question, level in levels.items():
        page.locator(f"label[for={question}-{level}]").click()


def chosen(page: Page) -> list[str]:
    found: list[str] = page.locator("#kysely input:checked").evaluate_all(
        "all => all.map((one) => one.id)"
    )
    return found


def answers_sent(page: Page) -> list[Request]:
    """The answers that the page sends from now on."""
    sent: list[Request] = []
    page.on(
        "request",
        lambda one: sent.append(one) if one.url.endswith("/vastaus/") else None,
    )
    return sent


def test_a_code_in_a_link_is_filled_in_and_leaves_the_address_at_once(
    visit: Visit, asked: AskedSite
) -> None:
    code = asked.code()
    page = visit(site=asked.site).open(f"{asked.path()}#{code.lower()}")
    expect(page.locator("#tunnus")).to_have_value(code)
    assert page.url == asked.site.url + asked.path()
    expect(page.locator("[data-way-in] button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#kysely")).to_be_visible()
    assert code not in page.url
    assert code not in asked.site.log.read_text()


def test_a_draft_outlives_a_reload_and_another_language(visit: Visit, asked: AskedSite) -> None:
    page = opened(visit(site=asked.site, size=PHONE), asked, asked.code())
    choose(page, q1=4, q3=0)
    expect(page.locator("[data-progress]")).to_have_text("Vastattu 2/11")
    page.get_by_role("button", name="På svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert chosen(page) == ["q1-4", "q3-0"]
    choose(page, q11=2)
    page.reload()
    assert chosen(page) == ["q1-4", "q3-0", "q11-2"]
    expect(page.locator("[data-note]")).to_be_visible()


def test_a_draft_holds_no_code_and_can_be_cleared(visit: Visit, asked: AskedSite) -> None:
    code = asked.code()
    page = opened(visit(site=asked.site), asked, code)
    choose(page, q1=4)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert asked.town["round"] in kept
    assert code not in kept
    assert code.replace("-", "") not in kept
    page.locator(".survey-send").get_by_role("button", name="Tyhjennä vastaukset").click()
    assert chosen(page) == []
    assert page.evaluate(DRAFTS) == 0


def test_two_clicks_send_one_answer_and_thanks_clear_the_draft(
    visit: Visit, asked: AskedSite
) -> None:
    code, before = asked.code(), asked.counted()
    visitor = visit(site=asked.site)
    page = opened(visitor, asked, code)
    sent = answers_sent(page)
    choose(page, q1=4, q2=5)
    page.locator("[data-send]").dblclick()
    page.wait_for_url(THANKS)
    assert len(sent) == 1
    assert asked.counted() == before + 1
    assert page.evaluate(DRAFTS) == 0
    page.go_back()
    expect(page.locator("[data-way-in]")).to_be_visible()
    page.fill("#tunnus", code)
    page.click("[data-way-in] button")
    expect(page.locator("h1")).to_have_text("Vastauksesi on jo tallennettu")


def test_without_a_connection_the_answer_waits_and_is_sent_by_itself_once(
    visit: Visit, asked: AskedSite
) -> None:
    before = asked.counted()
    visitor = visit(site=asked.site)
    page = opened(visitor, asked, asked.code())
    choose(page, q5=1)
    visitor.context.set_offline(True)
    page.click("[data-send]")
    expect(page.locator("[data-status]")).to_contain_text("Yhteyttä ei ole")
    visitor.context.set_offline(False)
    page.wait_for_url(THANKS)
    assert asked.counted() == before + 1
    visitor.complaints.clear()  # the browser's own of the lost connection


def test_an_answer_whose_thanks_were_lost_is_counted_once(visit: Visit, asked: AskedSite) -> None:
    before = asked.counted()
    visitor = visit(site=asked.site)
    page = opened(visitor, asked, asked.code())
    lost: list[int] = []

    def lose_the_first(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort()

    page.route("**/vastaus/", lose_the_first)
    choose(page, q5=1)
    page.click("[data-send]")
    page.wait_for_url(THANKS)
    assert lost == [303]
    assert asked.counted() == before + 1
    visitor.complaints.clear()


def test_what_keeps_an_answer_from_counting_is_told_in_the_form(
    visit: Visit, asked: AskedSite
) -> None:
    visitor = visit(site=asked.site)
    page = opened(visitor, asked, asked.code())
    page.click("[data-send]")
    expect(page.locator("#virheet")).to_contain_text("Vastaa ainakin yhteen kysymykseen")
    choose(page, q1=3)
    page.click("[data-send]")
    page.wait_for_url(THANKS)
    visitor.complaints.clear()


def test_a_form_left_open_for_half_an_hour_is_emptied_and_left(
    visit: Visit, asked: AskedSite
) -> None:
    visitor = visit(site=asked.site)
    visitor.page.clock.install()
    page = opened(visitor, asked, asked.code())
    choose(page, q1=4)
    page.clock.fast_forward("29:00")
    assert chosen(page) == ["q1-4"]
    page.clock.fast_forward("02:00")
    expect(page.locator("[data-way-in]")).to_be_visible()
    assert page.evaluate(DRAFTS) == 0
    expect(page.locator("#tunnus")).to_have_value("")


def test_enter_on_a_level_sends_nothing(visit: Visit, asked: AskedSite) -> None:
    for scripts in (True, False):
        page = opened(visit(site=asked.site, java_script_enabled=scripts), asked, asked.code())
        sent = answers_sent(page)
        page.locator("#q1-4").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert sent == []


def test_the_keyboard_alone_answers(visit: Visit, asked: AskedSite) -> None:
    page = opened(visit(site=asked.site), asked, asked.code())
    page.locator("#q1-5").focus()
    page.keyboard.press("ArrowDown")
    assert chosen(page) == ["q1-4"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q2"
    page.locator("[data-send]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(THANKS)


def test_everything_works_without_scripts(visit: Visit, asked: AskedSite) -> None:
    before = asked.counted()
    visitor = visit(site=asked.site, size=PHONE, java_script_enabled=False)
    page = opened(visitor, asked, asked.code())
    choose(page, q1=4, q2=0)
    page.get_by_role("button", name="In English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#q1-4")).to_be_checked()
    choose(page, q3=5)
    page.get_by_role("button", name="Send the answer").click()
    page.wait_for_url(THANKS)
    assert asked.counted() == before + 1
    linked = visitor.open(asked.by_link)
    choose(linked, q1=2)
    linked.get_by_role("button", name="Lähetä vastaus").click()
    linked.wait_for_url(THANKS)
    assert asked.counted() == before + 2


def test_a_kept_way_in_is_never_shown_for_a_link(asked: AskedSite) -> None:
    def page(path: str) -> tuple[str, str]:
        with urllib.request.urlopen(asked.site.url + path, timeout=10) as answer:
            return answer.headers["Cache-Control"], answer.read().decode()

    for _ in range(3):
        assert "data-way-in" in page(asked.path())[1]
        assert "data-way-in" in page(asked.path())[1]
        (rule, first), (_rule, second) = page(asked.by_link), page(asked.by_link)
        assert 'name="link"' in first
        assert rule == "no-store"
        assert _nonce(first) != _nonce(second)


def _nonce(html: str) -> str:
    return re.findall(r'name="nonce" value="([^"]+)"', html)[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "end", ["", "kiitos/", "suojaus/", "tietosuojaseloste/", "?linkki=eiole123", "linkki"]
)
def test_axe_finds_nothing_and_the_page_fits_320_pixels(
    axe: Callable[..., list[str]], asked: AskedSite, visit: Visit, end: str, theme: str
) -> None:
    path = asked.by_link if end == "linkki" else asked.path(end)
    widths: list[int] = []

    def measure(page: Page) -> None:
        widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert axe(path, prepare=measure, site=asked.site, theme=theme, size=NARROW) == []
    assert widths == [NARROW[0]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_form_half_filled_in_nor_where_something_is_wrong(
    visit: Visit, asked: AskedSite, theme: str
) -> None:
    visitor = visit(site=asked.site, theme=theme, size=NARROW, bypass_csp=True)
    page = visitor.open(asked.path())
    page.fill("#tunnus", "K7QM-2XPA-9RT")
    page.click("[data-way-in] button")
    expect(page.locator("#virheet")).to_be_visible()
    assert _violations(page) == []
    opened(visitor, asked, asked.code())
    choose(page, q1=4, q2=0)
    assert _violations(page) == []
    page.locator("[data-round]").evaluate("one => one.elements.code.value = 'K7QM2XPA9RTV'")
    page.click("[data-send]")
    expect(page.locator("#tunnus-virhe")).to_be_visible()
    assert chosen(page) == ["q1-4", "q2-0"]
    assert _violations(page) == []
    visitor.complaints.clear()  # of pages with the status of an error


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW[0]
    found: list[str] = page.evaluate(
        "async () => (await axe.run(document)).violations.map((one) => one.id + ': ' + one.help)"
    )
    return found
