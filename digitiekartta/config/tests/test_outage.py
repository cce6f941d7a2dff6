"""A database that goes away and comes back: told while it lasts, and over soon after."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.live_site import Site, start

from .cutting import Cable
from .test_protocol import ask
from .test_two_workers import rename

RECOVERY = 5.0
ADDRESS = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not ADDRESS.startswith("postgres"), reason="of PostgreSQL")


@pytest.fixture
def cable() -> Iterator[Cable]:
    parts = urlsplit(ADDRESS)
    made = Cable(parts.hostname or "", parts.port or 5432)
    made.mend()
    yield made
    made.cut()


def through(cable: Cable, site: Site) -> str:
    """The address of a site's database by way of the cable."""
    parts = urlsplit(site.environment["DATABASE_URL"])
    return parts._replace(netloc=f"{parts.username}@127.0.0.1:{cable.port}").geturl()


def status(site: Site, path: str) -> int:
    return ask(site, path=path)[0]


def until(wanted: Callable[[], bool], patience: float) -> float:
    """Seconds until something is so."""
    began = time.monotonic()
    while not wanted():
        assert time.monotonic() - began < patience
        time.sleep(0.05)
    return time.monotonic() - began


def test_an_outage_is_told_and_over_within_five_seconds(
    start_site: Callable[..., Site], cable: Cable
) -> None:
    beside = start_site()
    site = start(beside.var, DATABASE_URL=through(cable, beside))
    try:
        stream = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
        stream.request("GET", "/kauhava/live")
        answer = stream.getresponse()
        assert [status(site, path) for path in ("/kauhava/", "/readyz")] == [200, 200]
        cable.cut()
        until(lambda: status(site, "/readyz") == 503, 10)
        until(lambda: status(site, "/kauhava/") >= 500, 10)
        assert status(site, "/healthz") == 200
        revision = rename(beside)
        time.sleep(3)
        cable.mend()
        until(lambda: status(site, "/readyz") == 200, RECOVERY)
        until(lambda: b"Uusi nimi" in ask(site)[2], RECOVERY)
        until(lambda: "etag" in ask(site)[1], RECOVERY)
        wanted = f'"revision":{revision},'.encode()
        began = time.monotonic()
        while wanted not in answer.readline():
            assert time.monotonic() - began < RECOVERY
        stream.close()
        answer.close()
    finally:
        assert site.stop() == 0
