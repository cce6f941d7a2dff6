"""Two processes serve one site: what one commits, all readers of the other are told of."""

from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.live_site import Site

_RENAME = """
import django
django.setup()
from digitiekartta.history.rules import Intent
from digitiekartta.history.services import commit
from digitiekartta.municipalities.models import Municipality
from digitiekartta.ui.clock import now
one = Municipality.objects.get()
def write(pen):
    row = pen.get(Municipality, one.pk)
    pen.set(row, name={"fi": "Uusi nimi"})
    return row
intent = Intent(None, now())
print(commit(ledger_id=one.ledger_id, kind="rename", intent=intent, write=write).revision)
"""
_MOST_CONNECTIONS = 200
_LONGEST = 1.0


def workers(site: Site) -> list[int]:
    """The processes that serve: those children that hold a listening socket's connections."""
    text = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    return [int(pid) for pid in text.split() if _sockets(int(pid)) > 0]


def _sockets(pid: int) -> int:
    links = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(os.readlink(descriptor))
        except FileNotFoundError:
            continue
    return sum(link.startswith("socket:") for link in links)


Connect = Callable[[Site], http.client.HTTPConnection]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connections that stay with the process that took them, until the test ends."""
    with contextlib.ExitStack() as stack:

        def connected(site: Site) -> http.client.HTTPConnection:
            connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
            stack.callback(connection.close)
            connection.connect()
            return connection

        yield connected


def page(connection: http.client.HTTPConnection, path: str = "/kauhava/") -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read().decode()


def spread(site: Site, connect: Connect) -> list[http.client.HTTPConnection]:
    """Connections to both workers, several to each."""
    before = {pid: _sockets(pid) for pid in workers(site)}
    assert len(before) == 2
    opened: list[http.client.HTTPConnection] = []
    while len(opened) < _MOST_CONNECTIONS:
        opened.append(connect(site))
        page(opened[-1])
        if len(opened) >= 16 and all(_sockets(pid) >= before[pid] + 3 for pid in before):
            return opened
    raise AssertionError("one of the workers takes no connections")


def rename(site: Site) -> int:
    """A commit by a third process; the revision after it."""
    done = subprocess.run(
        [sys.executable, "-c", _RENAME],
        env={**site.environment, "DJANGO_SETTINGS_MODULE": "digitiekartta.config.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return int(done.stdout)


def test_a_change_is_seen_through_every_worker_within_a_second(
    start_site: Callable[..., Site], connect: Connect
) -> None:
    site = start_site(workers=2, first=True)
    assert "Sign in as the coordinator" in site.log.read_text()
    pages = spread(site, connect)
    answers = []
    for _ in pages:
        stream = connect(site)
        stream.request("GET", "/kauhava/live")
        answers.append(stream.getresponse())
        assert answers[-1].status == 200
    assert all("Uusi nimi" not in page(connection) for connection in pages)
    revision = rename(site)
    committed = time.monotonic()
    for answer in answers:
        wanted = f'"revision":{revision},'.encode()
        while wanted not in answer.readline():
            assert time.monotonic() - committed < _LONGEST
    time.sleep(max(0.0, committed + 0.3 - time.monotonic()))
    assert all("Uusi nimi" in page(connection) for connection in pages)
    assert time.monotonic() - committed < _LONGEST + 1
    began = time.monotonic()
    code = site.stop()
    assert (code, time.monotonic() - began < 3) == (0, True)
    for answer in answers:
        answer.close()


def test_workers_end_with_their_parent(start_site: Callable[..., Site]) -> None:
    site = start_site(workers=2, DIGITIEKARTTA_EMPTY="1")
    pids = workers(site)
    site.process.kill()
    site.process.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, "a worker outlives its parent"
        time.sleep(0.05)
