"""Setting targets as the coordinator does it: by keyboard, on a phone, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser import NARROW, Visitor
from tests.live_site import Site

TARGETS = "/kauhava/tasot/tavoitteet/"


def _signed_in(visitor: Visitor, email: str) -> Page:
    told = visitor.site.run("coordinator", "--kunta", "kauhava", "--email", email).stdout
    link = re.search(r"/k/\S+", told)
    assert link is not None, told
    page = visitor.open(link[0])
    page.locator("main button[type=submit]").press("Enter")
    page.wait_for_url("**/kauhava/**")
    return page


def test_targets_are_set_by_keyboard_and_everybody_sees_them(
    start_site: Callable[..., Site], visit: Callable[..., Visitor]
) -> None:
    site = start_site()
    coordinator = visit(site=site)
    page = _signed_in(coordinator, "k@example.test")
    coordinator.open("/kauhava/tasot/")
    page.locator(f'main a[href="{TARGETS}"]').press("Enter")
    page.wait_for_url(f"**{TARGETS}")
    page.get_by_label("4 Datan suunnitelmallinen kerääminen", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("3,5")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Tieto tarvitaan päätöksiin.")
    page.get_by_label("Viite").fill("§ 12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kauhava/tasot/#luvut")
    _a_phone_without_scripts_meets_an_error_and_keeps_what_was_typed(site, visit)
    seen = visit(site=site).open("/kauhava/tasot/").locator("#nakokulma-4")
    assert "tavoite 3,5" in " ".join(seen.inner_text().split())
    assert "Tieto tarvitaan päätöksiin." in seen.inner_text()


def _a_phone_without_scripts_meets_an_error_and_keeps_what_was_typed(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(site=site, size=NARROW, java_script_enabled=False)
    page = _signed_in(visitor, "p@example.test")
    visitor.opened.add(site.url + TARGETS)
    visitor.open(TARGETS)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.locator("#id_level-7").fill("7")
    page.locator("#id_reason-8").fill("Asukkaat pyytävät.")
    page.get_by_role("button", name="Kirjaa tavoitetasot").click()
    assert page.locator(".error-summary a").count() == 1
    assert page.locator("#id_reason-8").input_value() == "Asukkaat pyytävät."
    visitor.complaints.clear()  # the browser calls the answer 422 a fault
