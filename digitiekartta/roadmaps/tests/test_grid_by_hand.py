"""The grid edited by hand in a real browser: by mouse, touch and keyboard, with others at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from digitiekartta.live.tests.members import Beside, beside, give_session
from tests.browser import AXE, DESKTOP, NARROW, PHONE, Visitor
from tests.live_site import Site, running

Visit = Callable[..., Visitor]
SAID = "#ilmoitukset"
GRID = "/kauhava/toimenpiteet/"


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
    """Opens the grid as the coordinator. The browser notes forms that are refused: it may."""
    visitors: list[Visitor] = []

    def opened(query: str = "", **options: object) -> Page:
        visitor = visit(site=site, **options)
        visitors.append(visitor)
        give_session(visitor.context, site, writer.ask("sign_in", "coordinator"))
        page = visitor.open(GRID + query)
        page.wait_for_load_state("load")
        return page

    yield opened
    for one in visitors:
        one.complaints[:] = [
            each for each in one.complaints if "status of 422" not in each and "409" not in each
        ]


def handle(page: Page, number: str) -> Locator:
    return page.locator(f"a.move[aria-label$=': {number}']")


def row(page: Page, number: str) -> Locator:
    return page.locator("#aikajana tbody tr").filter(has=handle(page, number))


def place(page: Page, number: str) -> tuple[str, str]:
    """Where a bar begins and how wide it is, in half-years."""
    first, width = str(handle(page, number).get_attribute("class")).split()[1:3]
    return first, width


def drag(page: Page, number: str, columns: int, *, at: float = 0.5, drop: bool = True) -> None:
    """Drags a bar by so many half-years, held at a share of its width."""
    handle(page, number).scroll_into_view_if_needed()
    box = handle(page, number).bounding_box()
    lane = row(page, number).locator(".lane").bounding_box()
    assert box is not None
    assert lane is not None
    x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + columns * lane["width"] / 6, y, steps=6)
    if drop:
        page.mouse.up()


def save(page: Page, why: str) -> None:
    page.locator(".row-form textarea").fill(why)
    page.locator(".row-form button[type=submit]").click()
    expect(page.locator("#tehty")).to_contain_text("Tallennettu")


def test_a_dragged_bar_asks_why_tells_the_load_and_is_saved(enter: Callable[..., Page]) -> None:
    page = enter(size=DESKTOP)
    assert place(page, "2.4") == ("f3", "w3")
    drag(page, "2.4", 1)
    assert place(page, "2.4") == ("f4", "w3")
    expect(page.locator(".draft")).to_have_text("heinä–joulu 2026 – heinä–joulu 2027")
    expect(page.locator(".load-halves")).to_contain_text("→")
    assert page.input_value(".row-form [name=first]") == "2026-H2"
    save(page, "Toimittaja myöhästyi.")
    assert place(page, "2.4") == ("f4", "w3")
    expect(row(page, "2.4").locator(".ghost")).to_have_class("ghost f3 w2")
    page.locator("#tehty button").click()
    page.goto(page.url.partition("?")[0].rpartition("toimenpiteet/")[0] + "toimenpiteet/")
    assert place(page, "2.4") == ("f3", "w3")


def test_an_end_that_is_dragged_changes_the_length_within_the_period(
    enter: Callable[..., Page],
) -> None:
    page = enter(size=DESKTOP)
    drag(page, "2.4", 9, at=0.98)
    assert place(page, "2.4") == ("f3", "w4")
    page.keyboard.press("Escape")
    assert place(page, "2.4") == ("f3", "w3")
    drag(page, "2.4", -9, at=0.02)
    assert place(page, "2.4") == ("f1", "w5")
    page.locator(".row-form [data-edit-cancel]").click()
    assert place(page, "2.4") == ("f3", "w3")
    assert row(page, "2.4").locator(".draft, .row-form").count() == 0


def test_a_bar_moves_by_keyboard_alone_and_says_where_it_is(enter: Callable[..., Page]) -> None:
    page = enter(size=DESKTOP)
    handle(page, "3.1").focus()
    before = place(page, "3.1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    moved = place(page, "3.1")
    assert moved != before
    expect(page.locator(SAID)).to_contain_text("3.1: ")
    page.keyboard.press("Escape")
    assert place(page, "3.1") == before
    assert handle(page, "3.1").evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".row-form textarea")).to_be_focused()
    page.keyboard.type("Aikaistuu, koska lisenssi loppuu.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#tehty")).to_be_focused()
    assert place(page, "3.1") == moved


def test_without_a_reason_nothing_is_saved_and_the_row_says_why(enter: Callable[..., Page]) -> None:
    page = enter(size=DESKTOP)
    drag(page, "2.2", 1)
    page.locator(".row-form button[type=submit]").click()
    expect(page.locator(".row-form [aria-invalid=true]")).to_have_count(1)
    assert page.input_value(".row-form [name=last]") == "2027-H1"
    assert place(page, "2.2") == ("f4", "w2")


def test_a_finger_drags_a_bar(enter: Callable[..., Page]) -> None:
    page = enter(size=PHONE, has_touch=True)
    before = place(page, "2.2")
    handle(page, "2.2").evaluate("one => one.scrollIntoView({block: 'center'})")
    box = handle(page, "2.2").bounding_box()
    assert box is not None
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 8):
        send("touchMove", {"x": x + step * 10, "y": y})
    send("touchEnd")
    expect(page.locator(".row-form textarea")).to_be_visible()
    assert place(page, "2.2") != before


def test_what_others_do_does_not_move_the_row_under_the_pointer(
    enter: Callable[..., Page], writer: Beside
) -> None:
    page = enter(size=DESKTOP)
    page.wait_for_timeout(300)
    drag(page, "1.1", 1, drop=False)
    writer.ask("retitle", "Toinen nimi")
    page.wait_for_timeout(1200)
    assert place(page, "1.1") == ("f2", "w2")
    expect(row(page, "1.1")).not_to_contain_text("Toinen nimi")
    page.mouse.up()
    expect(page.locator(".row-form")).to_be_visible()
    page.keyboard.press("Escape")
    writer.ask("retitle", "Kolmas nimi")
    expect(row(page, "1.1")).to_contain_text("Kolmas nimi")


def test_who_is_second_sees_both_schedules_at_the_row(enter: Callable[..., Page]) -> None:
    second = enter(size=DESKTOP)
    drag(second, "5.4", -1)
    second.locator(".row-form textarea").fill("Aiemmin on parempi.")
    first = enter(size=DESKTOP)
    drag(first, "5.4", -2)
    save(first, "Ehdin ensin.")
    second.locator(".row-form button[type=submit]").click()
    conflict = second.locator(".row-form .conflict")
    expect(conflict).to_contain_text("tammi–kesä 2026")
    assert second.input_value(".row-form textarea") == "Aiemmin on parempi."
    second.locator(".row-form button[type=submit]").click()
    expect(second.locator("#tehty")).to_contain_text("Tallennettu")
    assert place(second, "5.4") == ("f4", "w2")


def numbers(page: Page) -> list[str]:
    return page.locator("#aikajana tbody .no").all_inner_texts()[:3]


def test_actions_are_ordered_by_keyboard_and_by_dragging(enter: Callable[..., Page]) -> None:
    page = enter("?jarjesta=1&karki=3", size=DESKTOP)
    one, two, three = numbers(page)
    page.locator("[data-way=down]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(SAID)).to_contain_text(f"{one}: sija 2/")
    assert numbers(page) == [two, one, three]
    grip = page.locator(".grip").nth(1)
    grip.scroll_into_view_if_needed()
    box, top = grip.bounding_box(), page.locator("#aikajana tbody tr").first.bounding_box()
    assert box is not None
    assert top is not None
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, top["y"] + 4, steps=8)
    with page.expect_navigation():
        page.mouse.up()
    assert numbers(page) == [one, two, three]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_row_that_is_being_moved(
    enter: Callable[..., Page], theme: str
) -> None:
    page = enter(size=DESKTOP, theme=theme, bypass_csp=True)
    drag(page, "2.5", 1)
    expect(page.locator("#kuorma")).to_be_visible()
    page.locator(".row-form button[type=submit]").click()
    expect(page.locator(".row-form [role=alert]")).to_be_visible()
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + v.nodes[0].html))")
    assert found == []


def test_on_a_narrow_page_the_row_and_the_load_stay_within_it(enter: Callable[..., Page]) -> None:
    page = enter(size=NARROW, has_touch=True)
    handle(page, "2.7").tap()
    expect(page.locator("#kuorma")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
