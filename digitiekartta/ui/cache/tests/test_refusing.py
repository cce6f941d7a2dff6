"""What must never be kept, and what must never reach another reader's page."""

from __future__ import annotations

import asyncio
import logging

import pytest

from digitiekartta.ui.cache import refusals

from .stage import HTML, LEDGER, Application, Stage, marked

HOST = (b"host", b"kauhava.fi")


@pytest.mark.parametrize(
    "header",
    [
        (b"set-cookie", b"a=1"),
        (b"vary", b"Cookie"),
        (b"vary", b"Accept-Encoding, Accept-Language"),
        (b"content-encoding", b"gzip"),
        (b"content-security-policy", b"script-src 'nonce-abc'"),
        (b"cache-control", b"private"),
        (b"cache-control", b"no-store"),
    ],
)
def test_a_response_that_is_one_readers_is_not_kept(header: tuple[bytes, bytes]) -> None:
    stage = Stage(Application(headers=[HTML, marked(), header]))
    answers = [stage.get(), stage.get()]
    assert stage.application.count == 2
    assert all(answer.headers[header[0].decode()] == header[1].decode() for answer in answers)


@pytest.mark.parametrize(
    "body",
    [b'<input name="csrfmiddlewaretoken" value="x">', b'<script nonce="abc"></script>'],
)
def test_a_page_with_a_token_is_not_kept(body: bytes) -> None:
    stage = Stage(Application(body=body))
    assert stage.get().body == stage.get().body == body
    assert stage.application.count == 2


def test_a_refusal_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    refusals._told.clear()
    stage = Stage(Application(headers=[HTML, marked(), (b"set-cookie", b"a=1")]))
    with caplog.at_level(logging.WARNING):
        stage.get()
        stage.get()
    assert [record.getMessage() for record in caplog.records] == [
        "/kauhava/ is marked as public but not kept: it sets a cookie"
    ]


@pytest.mark.parametrize("status", [301, 302, 404, 410, 500])
def test_only_pages_that_are_there_are_kept(status: int) -> None:
    stage = Stage(Application(status=status))
    assert stage.get().status == stage.get().status == status
    assert stage.application.count == 2


def test_a_ledger_that_nobody_watches_keeps_nothing() -> None:
    stage = Stage(Application(headers=[HTML, marked("0e0e0e0e-0000-4000-8000-00000000000f")]))
    stage.get()
    stage.get()
    assert stage.application.count == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "istunto=abc"},
        {"cookie": "a=1; istunto=abc"},
        {"authorization": "Bearer x"},
        {"range": "bytes=0-10"},
        {"host": "evil.example"},
        {"host": ""},
    ],
)
def test_a_request_for_an_answer_of_its_own_gets_one(headers: dict[str, str]) -> None:
    stage = Stage()
    stage.get()
    stage.get(**headers)
    stage.get(**headers)
    assert stage.application.count == 3
    stage.get()
    assert stage.application.count == 3


def test_other_cookies_do_not_matter() -> None:
    stage = Stage()
    stage.get(cookie="kieli=fi")
    stage.get(cookie="kieli=sv; suostumus=1")
    assert stage.application.count == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_pass(method: str) -> None:
    stage = Stage()
    stage.get()
    stage.get(method=method)
    assert stage.application.scopes[-1]["method"] == method


def test_scheme_and_host_have_pages_of_their_own() -> None:
    stage = Stage(Application(body=lambda scope: f"{scope['scheme']} {scope['headers']}".encode()))
    bodies = {
        asyncio.run(stage.ask_raw([(b"host", host)], scheme=scheme)).body
        for host in (b"kauhava.fi", b"www.kauhava.fi")
        for scheme in ("http", "https")
        for _ in range(2)
    }
    assert len(bodies) == 4


def test_unknown_parameters_share_one_page() -> None:
    stage = Stage(Application(headers=[HTML, marked(LEDGER, "tila,karki")]))
    stage.get(query="tila=kesken&karki=2")
    stage.get(query="karki=2&tila=kesken&utm_source=x")
    stage.get(query="fbclid=y&tila=kesken&karki=2")
    count = stage.application.count
    stage.get(query="fbclid=z&karki=2&tila=kesken")
    assert stage.application.count == count
    stage.get(query="tila=valmis")
    assert stage.application.count == count + 1


def test_one_readers_unknown_parameter_shows_on_nobody_elses_page() -> None:
    echo = Application(
        headers=[HTML, marked(LEDGER, "tila")],
        body=lambda scope: b"query " + scope["query_string"],
    )
    stage = Stage(echo)
    assert stage.get(query="utm_source=<evil>").body == b"query utm_source=<evil>"
    assert stage.get().body == b"query "
    assert stage.get(query="utm_source=<evil>").body == b"query "
    assert stage.get(query="x=1&tila=kesken").body == b"query tila=kesken"


def test_one_readers_odd_header_shows_on_nobody_elses_page() -> None:
    echo = Application(body=lambda scope: str(sorted(scope["headers"])).encode())
    stage = Stage(echo)
    odd = {"x_forwarded_host": "evil.example", "x_original_url": "/evil"}
    assert b"evil" in stage.get(**odd).body
    for headers in ({}, odd, {}):
        assert b"evil" not in stage.get(**headers).body


@pytest.mark.parametrize(
    "doubled",
    [
        [HOST, (b"host", b"evil.example")],
        [HOST, (b"cookie", b"a=1"), (b"cookie", b"istunto=abc")],
        [HOST, (b"accept-encoding", b"br"), (b"accept-encoding", b"gzip")],
        [HOST, (b"if-none-match", b'"a"'), (b"if-none-match", b'"b"')],
    ],
)
def test_doubled_headers_pass_by_the_cache(doubled: list[tuple[bytes, bytes]]) -> None:
    stage = Stage()
    stage.get()
    asyncio.run(stage.ask_raw(doubled))
    asyncio.run(stage.ask_raw(doubled))
    assert stage.application.count == 3
    assert stage.application.scopes[-1]["headers"] == doubled


def test_other_headers_may_be_doubled() -> None:
    stage = Stage()
    stage.get()
    asyncio.run(stage.ask_raw([HOST, (b"via", b"a"), (b"via", b"b")]))
    assert stage.application.count == 1


def test_what_readers_send_is_remembered_within_bounds() -> None:
    stage = Stage()
    for place in range(10_000):
        stage.get(query=f"utm_source={place}")
    assert stage.application.count <= 2
    assert len(stage.cache._ready) <= 8192
    stage.get(query="utm_source=" + "x" * 5000)
    assert all(len(key[3]) < 2000 for key in stage.cache._ready)
