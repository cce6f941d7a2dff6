"""The short cut says what the long way says, and is taken only where it may be."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from digitiekartta.config.protocol import QuickProtocol
from tests.live_site import Site

_IGNORED = ("date",)
Answer = tuple[int, dict[str, str], bytes]


def ask(site: Site, method: str = "GET", path: str = "/kauhava/", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    with contextlib.closing(connection):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, {k: v for k, v in found.items() if k not in _IGNORED}, answer.read()


def long_way(site: Site, method: str = "GET", **headers: str) -> Answer:
    """The same answer from the cache, but not by the short cut: the connection is to be closed."""
    status, found, body = ask(site, method, connection="close", **headers)
    assert found.pop("connection") == "close"
    return status, found, body


def kept(answer: Callable[[], Answer]) -> Answer:
    """The answer once the page is kept: while a starved machine lets no watcher run for two seconds
    (``freshness.PATIENCE``), pages pass the cache by."""
    found = answer()
    for _ in range(20):
        if "etag" in found[1]:
            break
        time.sleep(0.25)
        found = answer()
    return found


def test_this_uvicorn_has_what_the_short_cut_builds_on() -> None:
    assert QuickProtocol.fits()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_both_ways_say_the_same(live_site: Site, method: str, encoding: str) -> None:
    asked = {"accept_encoding": encoding}
    short = kept(lambda: ask(live_site, method, **asked))
    assert short[0] == 200
    assert "etag" in short[1]
    assert short == kept(lambda: long_way(live_site, method, **asked))
    asked["if_none_match"] = short[1]["etag"]
    same = kept(lambda: ask(live_site, method, **asked))
    assert same == kept(lambda: long_way(live_site, method, **asked))
    assert (same[0], same[2]) == (304, b"")


def test_requests_on_one_connection_are_answered_in_order(live_site: Site) -> None:
    """Kept and not kept, sent all at once, as a pipelining client does."""
    ask(live_site)
    paths = ["/kauhava/", "/healthz", "/kauhava/", "/readyz", "/kauhava/ei-ole/", "/kauhava/"]
    requests = [f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" for path in paths]
    requests[-1] = requests[-1].replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
    with socket.create_connection(_address(live_site), timeout=10) as connection:
        connection.sendall("".join(requests).encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    heads = [head for head in received.decode("latin-1").split("\r\n\r\n") if head]
    assert [head.split(" ")[1] for head in heads] == ["200", "200", "200", "200", "404", "200"]
    assert ["text/html" in head for head in heads] == [True, False, True, False, True, True]


def test_a_body_that_nobody_asked_for_is_passed_over(live_site: Site) -> None:
    ask(live_site)
    request = b"GET /kauhava/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with socket.create_connection(_address(live_site), timeout=10) as connection:
        connection.sendall(request + b"12345" + last)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert received.endswith(b"ok\n")


def test_what_asks_for_an_answer_of_its_own_gets_one(live_site: Site) -> None:
    kept = ask(live_site)
    for headers in ({"cookie": "istunto=x"}, {"authorization": "Bearer x"}, {"host": "evil.fi"}):
        answer = ask(live_site, **headers)
        assert "etag" not in answer[1]
    assert ask(live_site) == kept


def test_odd_bytes_in_a_query_are_no_server_error(live_site: Site) -> None:
    with socket.create_connection(_address(live_site), timeout=10) as connection:
        connection.sendall(
            b"GET /kauhava/?q=\xe4\xff HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert int(received.split(b" ")[1]) < 500


def _address(site: Site) -> tuple[str, int]:
    parts = urlsplit(site.url)
    return parts.hostname or "", parts.port or 0


def test_forwarded_headers_count_from_trusted_proxies_alone(
    start_site: Callable[..., Site],
) -> None:
    """Each scheme has a page of its own in the cache, found by the short cut too."""
    trusting = start_site(DIGITIEKARTTA_TRUSTED_PROXIES="127.0.0.0/8", DIGITIEKARTTA_EMPTY="1")
    path = "/static/ui/icon.svg"
    for headers in ({}, {"x_forwarded_proto": "https"}, {"x_forwarded_for": "192.0.2.1"}):
        first = ask(trusting, path=path, **headers)
        assert first == ask(trusting, path=path, **headers)
        assert (first[0], "etag" in first[1]) == (200, True)
