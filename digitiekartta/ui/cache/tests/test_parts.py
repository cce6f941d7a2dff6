"""Marks, encodings and static files."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from digitiekartta.ui.cache import encodings
from digitiekartta.ui.cache.marks import HEADER, Mark, parse, public_page
from digitiekartta.ui.cache.requests import canonical_query

from .stage import Application, Stage


def test_a_mark_says_what_the_page_depends_on() -> None:
    response = public_page(HttpResponse(), "site", ("tila", "karki"))
    assert parse(response[HEADER].encode()) == Mark("site", ("tila", "karki"))
    assert parse(public_page(HttpResponse(), "static")[HEADER].encode()) == Mark("static", ())


@pytest.mark.parametrize("scope", ["", "a;b", "ä", "a b"])
def test_a_mark_that_a_header_cannot_carry_is_an_error(scope: str) -> None:
    with pytest.raises(ValueError, match="not a scope"):
        public_page(HttpResponse(), scope)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, ""),
        (b"", ""),
        (b"gzip, deflate, br", "br"),
        (b"gzip", "gzip"),
        (b"GZIP;q=1.0, br;q=0", "gzip"),
        (b"br;q=0.5, gzip;q=0.8", "gzip"),
        (b"identity", ""),
        (b"*", "br"),
        (b"*;q=0", ""),
        (b"br;q=ei", ""),
        (b"gzip;q=0, *", "br"),
        (b",,;;", ""),
    ],
)
def test_the_encoding_is_one_that_the_reader_takes(accept: bytes | None, expected: str) -> None:
    assert encodings.chosen(accept) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"", b""),
        (b"utm_source=a", b""),
        (b"b=2&a=1", b"a=1&b=2"),
        (b"a=2&b=x&a=1", b"a=2&a=1&b=x"),
        (b"a=%C3%A4&c=1", b"a=%C3%A4"),
        (b"a=", b"a="),
    ],
)
def test_a_query_has_one_form(query: bytes, expected: bytes) -> None:
    assert canonical_query(query, ("a", "b")) == expected


def script() -> Stage:
    headers = [(b"content-type", b"text/javascript"), (b"cache-control", b"max-age=300, public")]
    return Stage(Application(headers=headers, body=b"let a = 1;" * 100))


def test_a_static_file_with_its_digest_never_changes() -> None:
    stage = script()
    for _ in range(2):
        answer = stage.get("/static/ui/page.js", "v=1a2b3c4d", accept_encoding="br")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "br"
    stage.commit()
    stage.get("/static/ui/page.js", "v=1a2b3c4d")
    assert stage.application.count == 1


@pytest.mark.parametrize("query", ["", "v=00000000", "v=1a2b3c4d&x=1"])
def test_a_static_file_under_another_address_is_asked_for_again(query: str) -> None:
    stage = script()
    answer = stage.get("/static/ui/page.js", query)
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    stage.get("/static/ui/page.js", query + "&y=2")
    assert stage.application.count == 1


def test_a_static_file_that_is_not_there_is_not_kept() -> None:
    stage = script()
    stage.application.status = 404
    stage.get("/static/ui/none.js")
    stage.get("/static/ui/none.js")
    assert stage.application.count == 2
