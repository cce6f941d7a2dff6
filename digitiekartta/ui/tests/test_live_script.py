"""A page that is looked at follows the changes, and never disturbs who is writing."""

from collections.abc import Iterator
from pathlib import Path

import jinja2
import markupsafe
import pytest
from django.utils import translation
from playwright.sync_api import Page, Route, expect, sync_playwright

from digitiekartta.ui.environment import environment
from digitiekartta.ui.frame import Frame, LanguageLink

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[1] / "static"
SITE = "http://sivu.test"
SOURCE = """{% extends frame.layout %}{% block title %}T{% endblock %}{% block main %}<h1>T</h1>
<ul id="lista">{% for key, text in rows %}<li data-live-key="r-{{ key }}"><a href="#{{ key }}">{{
 text }}</a></li>{% endfor %}</ul>
<form data-live-key="lomake"><input id="kentta" value="{{ value }}"></form>{% endblock %}"""
ENV = environment(
    loader=jinja2.ChoiceLoader(
        [
            jinja2.DictLoader({"page.html": SOURCE}),
            jinja2.PackageLoader("digitiekartta.ui", "jinja2"),
        ]
    )
)


class Site:
    """A site of one page, answered without a server."""

    def __init__(self, page: Page) -> None:
        self.page, self.revision, self.is_up = page, 1, True
        self.rows = [("a", "Yksi"), ("b", "Kaksi"), ("c", "Kolme")]
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/live"):
            event = f'retry: 150\nid: {self.revision}\ndata: {{"revision": {self.revision}}}\n\n'
            if self.is_up:
                route.fulfill(body=event, content_type="text/event-stream")
            else:
                route.fulfill(status=503)
        elif path.startswith("/ui/js"):
            route.fulfill(path=STATIC / path[1:], content_type="text/javascript")
        elif path.startswith("/?osa") or path == "/":
            html = self.html(is_fragment="osa=sisalto" in path)
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    def html(self, *, is_fragment: bool) -> str:
        frame = Frame(
            stylesheet_url="/a.css",
            font_url="/a.woff2",
            languages=(LanguageLink("fi", "Suomeksi", "/", True),),
            scripts=("/ui/js/page.js", "/ui/js/live.js"),
            live_url="/live",
            revision=self.revision,
            is_fragment=is_fragment,
        )
        value = f"tarkistus {self.revision}"
        with translation.override("fi"):
            return ENV.get_template("page.html").render(frame=frame, rows=self.rows, value=value)


@pytest.fixture
def site() -> Iterator[Site]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        site = Site(browser.new_page())
        site.page.goto(SITE)
        yield site
        browser.close()


def test_rows_are_added_moved_changed_and_removed(site: Site) -> None:
    site.page.evaluate("window.kept = document.querySelector('[data-live-key=r-c]')")
    site.rows = [("c", "Kolme"), ("d", "Neljä"), ("a", "Yksi!")]
    site.revision = 2
    rows = site.page.locator("#lista li")
    expect(rows).to_have_text(["Kolme", "Neljä", "Yksi!"])
    assert site.page.evaluate("window.kept === document.querySelector('[data-live-key=r-c]')")
    # Added, changed, removed, and the form; what only moved is not told as a change.
    expect(site.page.locator("#ilmoitukset")).to_have_text("4 kohtaa tällä sivulla päivittyi")
    expect(site.page.locator(".changed")).to_have_count(3)


def test_a_field_that_is_being_written_in_is_left_alone(site: Site) -> None:
    site.page.fill("#kentta", "kesken")
    site.rows = [("a", "Muuttui")]
    site.revision = 2
    expect(site.page.locator("#lista li")).to_have_text(["Muuttui"])
    assert site.page.input_value("#kentta") == "kesken"
    expect(site.page.locator("#kentta")).to_be_focused()


def test_what_was_typed_stays_when_the_field_is_left(site: Site) -> None:
    site.page.evaluate("document.querySelector('form').method = 'post'")
    site.page.fill("#kentta", "kesken")
    site.page.evaluate("document.activeElement.blur()")
    site.rows = [("a", "Muuttui")]
    site.revision = 2
    expect(site.page.locator("#lista li")).to_have_text(["Muuttui"])
    assert site.page.input_value("#kentta") == "kesken"


def test_what_holds_an_open_form_is_left_alone_until_it_closes(site: Site) -> None:
    row = site.page.locator("[data-live-key=r-b]")
    row.evaluate("one => { one.innerHTML = '<form data-editing=x><input value=auki></form>'; }")
    site.rows = [("a", "Muuttui"), ("b", "Muuttui"), ("c", "Muuttui")]
    site.revision = 2
    expect(site.page.locator("#lista li")).to_have_text(["Muuttui", "", "Muuttui"])
    expect(row.locator("input")).to_have_value("auki")
    row.locator("form").evaluate("one => one.remove()")
    site.revision = 3
    expect(site.page.locator("#lista li")).to_have_text(["Muuttui", "Muuttui", "Muuttui"])


def test_a_form_s_new_stamp_is_no_change(site: Site) -> None:
    row = site.page.locator("[data-live-key=r-b]")
    row.evaluate("one => one.innerHTML += '<input type=hidden value=1>'")
    fresh = markupsafe.Markup("Kaksi</a><input type=hidden value=2>")
    site.rows = [("a", "Muuttui"), ("b", fresh), ("c", "Kolme")]
    site.revision = 2
    expect(site.page.locator("[data-live-key=r-a]")).to_have_text("Muuttui")
    expect(row.locator("input")).to_have_attribute("value", "1")


def test_focus_stays_on_a_link_that_was_replaced(site: Site) -> None:
    site.page.focus("a[href='#b']")
    site.rows[1] = ("b", "Kaksi, uusi")
    site.revision = 2
    expect(site.page.locator("a[href='#b']")).to_have_text("Kaksi, uusi")
    expect(site.page.locator("a[href='#b']")).to_be_focused()


def test_a_lost_connection_is_told_and_caught_up_with(site: Site) -> None:
    site.is_up = False
    expect(site.page.locator("#yhteys")).to_have_text("Yhteys katkesi, yritetään uudelleen")
    site.rows = [("a", "Sillä välin")]
    site.revision, site.is_up = 5, True
    expect(site.page.locator("#lista li")).to_have_text(["Sillä välin"], timeout=9000)
