"""The real server: what only a running one can show."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.live_site import Site


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/readyz", 200), ("/kauhava/", 200), ("/nowhere/", 404), ("/", 200)],
)
def test_the_server_answers_after_starting_on_an_empty_folder(
    live_site: Site, path: str, status: int
) -> None:
    assert _status(live_site.url + path) == status


def test_a_second_server_on_the_same_port_says_so_in_one_sentence_and_ends(
    live_site: Site,
) -> None:
    port = live_site.url.rpartition(":")[2]
    done = live_site.run("serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr.startswith("digitiekartta: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert _status(live_site.url + "/healthz") == 200
