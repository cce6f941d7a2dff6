"""Whose word about the reader is taken."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.config.proxies import Proxies

TOLD = [
    (b"host", b"kauhava.fi"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-for", b"203.0.113.9, 198.51.100.7, 10.0.0.2"),
    (b"x-forwarded-host", b"evil.example"),
    (b"x-cache-scope", b"static"),
]


def request(client: str, headers: list[tuple[bytes, bytes]] | None = None) -> dict[str, Any]:
    return {
        "scheme": "http",
        "client": (client, 1234),
        "headers": TOLD if headers is None else headers,
    }


def test_a_stranger_is_not_believed() -> None:
    for trusted in ([], ["10.0.0.0/8"]):
        seen = Proxies(trusted).seen(request("192.0.2.1"))
        assert (seen["scheme"], seen["client"][0]) == ("http", "192.0.2.1")
        assert seen["headers"] == [(b"host", b"kauhava.fi")]


def test_a_trusted_proxy_tells_scheme_and_the_last_address_that_is_not_its_own() -> None:
    seen = Proxies(["10.0.0.0/8"]).seen(request("10.0.0.1"))
    assert (seen["scheme"], seen["client"][0]) == ("https", "198.51.100.7")
    assert seen["headers"] == [(b"host", b"kauhava.fi")]


@pytest.mark.parametrize("proto", [b"javascript", b"", b"https, http"])
def test_an_odd_scheme_is_passed_over(proto: bytes) -> None:
    asked = request("10.0.0.1", [(b"x-forwarded-proto", proto)])
    assert Proxies(["10.0.0.1"]).seen(asked)["scheme"] == "http"


def test_an_address_that_is_none_is_a_wrong_setting() -> None:
    with pytest.raises(ValueError, match="300"):
        Proxies(["10.0.0.300"])
