"""P12: what a browser that has been nowhere fetches and shows for the first view of a page."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .processes import Place
from .report import Goal, Result, at_most

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (("home", "/kauhava/"), ("list", "/kauhava/toimenpiteet/"))
MOST_BYTES, MOST_REQUESTS, MOST_SECONDS = 90 * 1024, 8, 1.0
_SETTLED = 600
"""Milliseconds after the load event until whatever comes late has come."""
_SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
_SLOWER = 4
"""A phone: a round trip takes 150 ms, 1.6 Mbit/s, a processor four times slower than this one."""
_PAINTED = """() => new Promise(done => {
    const seen = {shift: 0, paint: 0};
    const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
        .observe({type, buffered: true});
    watch('layout-shift', one => { seen.shift += one.value; });
    watch('largest-contentful-paint', one => { seen.paint = one.startTime; });
    setTimeout(() => done(seen), 100);
})"""
_BLOCKING = """() => performance.getEntriesByType('resource')
    .filter(one => one.renderBlockingStatus === 'blocking').map(one => one.name)"""


@dataclass(frozen=True, slots=True)
class FirstView:
    """Bytes over the wire by address (heads included), and what the reader met.

    ``shift`` is the cumulative layout shift, ``paint`` the largest paint in seconds, ``blocking``
    the addresses of what nothing was painted before.
    """

    fetched: tuple[tuple[str, int], ...]
    shift: float
    paint: float
    blocking: tuple[str, ...]

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.fetched)


class _Wire:
    """Every request of a page and its bytes, as the browser counts them."""

    def __init__(self, session: Any) -> None:
        self.addresses: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.dataReceived", self._more)
        session.on("Network.loadingFinished", self._finished)

    def fetched(self) -> tuple[tuple[str, int], ...]:
        return tuple((url, self._sizes.get(id, 0)) for id, url in self.addresses.items())

    def _asked(self, event: Any) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            self.addresses[event["requestId"]] = url

    def _answered(self, event: Any) -> None:
        self._sizes[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def _more(self, event: Any) -> None:
        id = event["requestId"]
        self._sizes[id] = self._sizes.get(id, 0) + int(event["encodedDataLength"])

    def _finished(self, event: Any) -> None:
        self._sizes[event["requestId"]] = int(event["encodedDataLength"])


def first_view(browser: Browser, url: str, *, throttled: bool = False) -> FirstView:
    """Opens a page on a phone's screen in a browser that keeps nothing from before."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fi-FI")
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        wire = _Wire(session)
        if throttled:
            session.send("Network.emulateNetworkConditions", _SLOW)
            session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.goto(url, wait_until="load")
        page.wait_for_timeout(_SETTLED)
        painted = page.evaluate(_PAINTED)
        blocking = tuple(page.evaluate(_BLOCKING))
        return FirstView(wire.fetched(), painted["shift"], painted["paint"] / 1000, blocking)
    finally:
        context.close()


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Nothing where there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        sys.stderr.write("P12 left out: no Chromium here\n")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for this measure

    with here.serving(path="/kauhava/") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in PAGES:
            view = first_view(browser, server.url + path)
            again = 1 if quick else 3
            slow = [first_view(browser, server.url + path, throttled=True) for _ in range(again)]
            paint = min(one.paint for one in slow)
            yield from _results(f"P12 {name}", view, paint, here.database)
        browser.close()


def _results(name: str, view: FirstView, paint: float, database: str) -> Iterator[Result]:
    none = Goal("0", lambda one: one.value == 0)
    sheet = Goal("1 (the stylesheet)", lambda one: one.value == 1)
    size, most = view.bytes / 1024, MOST_BYTES / 1024
    requests = len(view.fetched)
    figures = (
        ("first view over the wire", size, "KB", at_most(most, "KB")),
        ("requests of it", requests, "requests", at_most(MOST_REQUESTS, "requests")),
        ("layout shift", view.shift, "", none),
        ("what blocks rendering", len(view.blocking), "files", sheet),
        ("largest paint, throttled phone", paint, "s", at_most(MOST_SECONDS, "s")),
    )
    for what, value, unit, goal in figures:
        yield Result(f"{name}, {what}", value, unit, goal, database=database)
