"""What a browser fetches for a first view, with nothing kept from before (quality.md, P12)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.first_view import MOST_BYTES, MOST_REQUESTS, PAGES, first_view
from tests.live_site import Site


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_first_view_is_small_and_nothing_in_it_moves(
    browser: Browser, live_site: Site, name: str, path: str
) -> None:
    view = first_view(browser, live_site.url + path)
    addresses = [address.removeprefix(live_site.url) for address, _ in view.fetched]
    assert len(addresses) <= MOST_REQUESTS, addresses
    assert any(address.startswith("/static/ui/fonts/") for address in addresses)
    assert all(size > 100 for _, size in view.fetched), view.fetched
    assert view.bytes <= MOST_BYTES, view.fetched
    assert view.shift == 0
    assert [one.rpartition(".")[2] for one in view.blocking] == ["css"]
