"""The half-year grid as a browser shows it: words that are never cut, keys, filters at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser import DESKTOP, NARROW, PHONE, Visitor

GRID = "/kauhava/toimenpiteet/"
# Words that leave their lane, are cut, or lie on the bar although they stand beside it.
FAULTS = """() => [...document.querySelectorAll('.lane')].flatMap(lane => {
    const word = lane.querySelector('.word'), bar = lane.querySelector('.bar');
    const range = document.createRange();
    range.selectNodeContents(word);
    const text = range.getBoundingClientRect(), room = lane.getBoundingClientRect();
    const on = bar.getBoundingClientRect();
    const inside = text.left >= on.left && text.right <= on.right && text.top < on.bottom;
    const clear = text.right <= on.left || text.left >= on.right || text.top >= on.bottom - 4;
    const faults = [];
    if (text.left < room.left - 1 || text.right > room.right + 1) faults.push('leaves its lane');
    if (text.height > 24) faults.push('is broken');
    if (!inside && !clear) faults.push('is cut by its bar');
    return faults.map(one => `${word.textContent} ${one}`);
})"""
FOCUSED = "document.activeElement.closest('tr, summary').textContent.trim().slice(0, 3)"
OPEN = "document.querySelectorAll('.grid-group[open]').length"


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_the_word_of_a_bar_is_never_cut(visit: Callable[..., Visitor], prefix: str) -> None:
    page = visit().open(prefix + GRID)
    faults = {}
    for width in (320, 360, 430, 560, 767, 768, 900, 1100, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        faults[width] = page.evaluate(FAULTS)
    assert not any(faults.values()), faults


def test_the_scale_and_the_groups_heading_stay_in_sight(visit: Callable[..., Visitor]) -> None:
    page = visit(size=PHONE).open(GRID)
    page.evaluate("document.querySelector('[data-live-key=action-11]').scrollIntoView()")
    tops = page.evaluate(
        """() => ['.scale-bar', '#ryhma-2 > summary'].map(
            one => document.querySelector(one).getBoundingClientRect().top)"""
    )
    assert tops[0] == 0
    assert 0 < tops[1] < 100


def test_arrows_move_from_action_to_action_and_fold_groups(visit: Callable[..., Visitor]) -> None:
    page = visit(size=DESKTOP).open(GRID)
    page.locator("tbody th a").first.focus()
    told = []
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowRight", "End"):
        page.keyboard.press(key)
        told.append(f"{page.evaluate(FOCUSED)} {page.evaluate(OPEN)}")
    assert [one.split()[-1] for one in told] == ["5", "5", "5", "4", "4", "4", "4"]
    assert [one[:3] for one in told][:2] == ["1.2", "1.1"]
    assert told[-1].startswith("5.4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toimenpiteet/32/")


def test_the_focused_action_is_not_under_the_headings(visit: Callable[..., Visitor]) -> None:
    page = visit(size=DESKTOP).open(GRID)
    page.locator("[data-live-key=action-24] a").focus()
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    row, heading = page.evaluate(
        """() => [document.activeElement.closest('tr').getBoundingClientRect().top,
            document.activeElement.closest('details').querySelector('summary')
                .getBoundingClientRect().bottom]"""
    )
    assert row >= heading - 1


def test_a_filter_answers_at_once_and_the_counts_follow(visit: Callable[..., Visitor]) -> None:
    page = visit(size=DESKTOP).open(GRID)
    page.select_option("#rajaa-karki", "2")
    expect(page.locator("tbody th a")).to_have_count(7)
    assert page.url.endswith("?karki=2")
    assert page.text_content("#rajaa-tila option[value=valmis]") == "Valmis (1)"
    assert page.locator(".views a").nth(1).get_attribute("href") == f"{GRID}?karki=2&nakyma=lista"
    page.select_option("#rajaa-tila", "valmis")
    expect(page.locator("tbody th a")).to_have_count(1)
    assert page.text_content("#rajaa-karki option[value='1']") == (
        "1 Henkilökohtainen digitaalinen osaaminen (5)"
    )


def test_without_scripts_the_forms_button_does_the_same(visit: Callable[..., Visitor]) -> None:
    page = visit(size=NARROW, java_script_enabled=False).open(GRID)
    page.locator(".choose > summary").click()
    page.select_option("#rajaa-karki", "2")
    page.locator("[data-filter-submit]").click()
    assert "karki=2" in page.url
    assert page.locator("tbody th a").count() == 7


HEARD = """class {
    constructor() { window.heard = () => this.onmessage({lastEventId: '1000000', data: '{}'}); }
    addEventListener() {} close() {} get readyState() { return 1; }
}"""


def test_the_counts_follow_what_others_do_but_not_in_the_list_that_is_being_chosen_from(
    visit: Callable[..., Visitor],
) -> None:
    page = visit(size=DESKTOP).context.new_page()
    page.add_init_script(f"window.EventSource = {HEARD}")

    def with_one_more(route: Route) -> None:
        html = route.fetch().text()
        fresh = html.replace("valmis&#34;: 11", "valmis&#34;: 12")
        fresh = fresh.replace("&#34;1&#34;: 6", "&#34;1&#34;: 7", 1)
        assert fresh != html
        route.fulfill(body=fresh, content_type="text/html; charset=utf-8")

    page.route("**/*osa=sisalto*", with_one_more)
    page.goto(visit().site.url + GRID)
    done, first = ("#rajaa-tila option[value=valmis]", "#rajaa-karki option[value='1']")
    page.locator("#rajaa-karki").focus()
    page.evaluate("heard()")
    expect(page.locator(done)).to_have_text("Valmis (12)")
    assert str(page.text_content(first)).endswith("(6)")
    page.locator("#rajaa-tila").focus()
    expect(page.locator(first)).to_have_text("1 Henkilökohtainen digitaalinen osaaminen (7)")
