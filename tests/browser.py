"""A real Chromium that looks at the real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.live_site import Site

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (320, 700)
SIZES = {"desktop": DESKTOP, "phone": PHONE, "narrow": NARROW}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--force-color-profile=srgb",
]
_RUN_AXE = """
async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
    one => `${one.id}: ${one.help}: ` + one.nodes.map(node => node.target.join(' ')).join(', '))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what drives the browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window.

    For one module at a time: while it is there, its event loop occupies the thread of the tests,
    and tests that run a loop of their own can't.
    """
    program = shutil.which("chromium")
    assert program is not None, "chromium is missing: sh tools/system.sh"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody at the site: opens pages by path and notes whatever the browser complained of."""

    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str]
    opened: set[str] = field(default_factory=set)

    def open(self, path: str) -> Page:
        """The page at a path of the site, loaded."""
        self.opened.add(self.site.url + path)
        answer = self.page.goto(self.site.url + path)
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"
        return self.page

    def hear(self, said: ConsoleMessage) -> None:
        """Notes an error of the console; that a page opened on purpose is missing is none."""
        missing = "status of 404" in said.text and said.location["url"] in self.opened
        if said.type == "error" and not missing:
            self.complaints.append(f"console: {said.text}")


def _visitor(site: Site, context: BrowserContext) -> Visitor:
    page = context.new_page()
    page.set_default_timeout(10_000)
    visitor = Visitor(site, context, page, [])
    page.on("pageerror", lambda error: visitor.complaints.append(f"script: {error}"))
    page.on("console", visitor.hear)
    return visitor


@pytest.fixture
def visit(browser: Browser, live_site: Site) -> Iterator[Callable[..., Visitor]]:
    """Visitors of the shared site: ``visit(size=PHONE, theme="dark")``.

    Options beyond are those of a browser context, such as ``java_script_enabled=False``. When the
    test ends, no visitor's browser may have complained of anything.
    """
    visitors: list[Visitor] = []

    def new_visitor(
        *,
        site: Site | None = None,
        size: tuple[int, int] = DESKTOP,
        theme: str = "light",
        **options: Any,
    ) -> Visitor:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,  # type: ignore[arg-type]
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            reduced_motion="reduce",
            **options,
        )
        visitors.append(_visitor(site or live_site, context))
        return visitors[-1]

    yield new_visitor
    for one in visitors:
        one.context.close()
    complaints = [complaint for one in visitors for complaint in one.complaints]
    assert not complaints, "\n  ".join(["the browser complained:", *complaints])


@pytest.fixture
def axe(visit: Callable[..., Visitor]) -> Callable[..., list[str]]:
    """Accessibility violations of a page: ``assert axe("/kauhava/", theme="dark") == []``.

    axe itself is let past the page's content security policy; the page is not changed by that.
    """

    def violations(
        path: str, *, prepare: Callable[[Page], object] | None = None, **options: Any
    ) -> list[str]:
        page = visit(bypass_csp=True, **options).open(path)
        if prepare is not None:
            prepare(page)
        page.evaluate(AXE.read_text())
        found: list[str] = page.evaluate(_RUN_AXE)
        return found

    return violations
