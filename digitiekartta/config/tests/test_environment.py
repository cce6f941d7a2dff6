"""Settings from the environment: what can't be used is told, and nothing of it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitiekartta.config import environment
from digitiekartta.config.environment import SettingError

KEY = "a" * environment.SHORTEST_KEY


@pytest.mark.parametrize(
    ("given", "origin", "host"),
    [
        ("https://digi.example.fi", "https://digi.example.fi", "digi.example.fi"),
        ("https://Digi.Example.fi/", "https://digi.example.fi", "digi.example.fi"),
        ("https://digi.example.fi:443", "https://digi.example.fi", "digi.example.fi"),
        ("http://digi.example.fi:8080/", "http://digi.example.fi:8080", "digi.example.fi"),
        ("https://äänekoski.fi", "https://xn--nekoski-4waa.fi", "xn--nekoski-4waa.fi"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
    ],
)
def test_the_public_address_is_an_origin_and_its_host_is_answered(
    monkeypatch: pytest.MonkeyPatch, given: str, origin: str, host: str
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_PUBLIC_URL", given)
    monkeypatch.setenv("DIGITIEKARTTA_ALLOWED_HOSTS", "sisainen.example.fi")
    assert environment.public_url() == origin
    assert environment.allowed_hosts(origin) == ["sisainen.example.fi", host]


@pytest.mark.parametrize(
    "given",
    [
        "digi.example.fi",
        "digi.example.fi:8000",
        "//digi.example.fi",
        "ftp://digi.example.fi",
        "https://",
        "https://digi.example.fi/kunta",
        "https://digi.example.fi?x=1",
        "https://digi.example.fi#x",
        "https://me@digi.example.fi",
        "https://digi example.fi",
        "https://.example.fi",
        "https://*",
        "https://digi.example.fi:99999",
        "https://[::1",
    ],
)
def test_a_public_address_that_is_no_origin_is_told(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_PUBLIC_URL", given)
    with pytest.raises(SettingError, match="DIGITIEKARTTA_PUBLIC_URL"):
        environment.public_url()


@pytest.mark.parametrize("host", ["https://digi.fi", "digi.fi:8000", "digi.fi/x", "di gi", "::1"])
def test_a_host_with_more_than_its_name_is_told(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_ALLOWED_HOSTS", f"ok.fi,.fi,*,[::1],{host}")
    with pytest.raises(SettingError, match="DIGITIEKARTTA_ALLOWED_HOSTS"):
        environment.allowed_hosts("")


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITIEKARTTA_SECRET_KEY", raising=False)


@pytest.mark.usefixtures("no_key")
def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    var = tmp_path / "var"
    assert environment.known_key(var) is None
    key = environment.secret_key(var)
    assert len(key) > environment.SHORTEST_KEY
    assert environment.secret_key(var) == environment.known_key(var) == key
    assert environment.keep_key(var, KEY) == key
    assert [one.name for one in var.iterdir()] == ["secret_key"]


@pytest.mark.usefixtures("no_key")
@pytest.mark.parametrize("content", [b"", b"\n", b"short\n", b"\xff\xfe" * 40])
def test_a_kept_key_that_is_empty_or_too_short_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(SettingError, match="secret key"):
        environment.secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_bytes() == content


def test_a_key_that_is_set_is_long_enough_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_SECRET_KEY", KEY[1:])
    with pytest.raises(SettingError, match="DIGITIEKARTTA_SECRET_KEY has only 31"):
        environment.secret_key(tmp_path)
    monkeypatch.setenv("DIGITIEKARTTA_SECRET_KEY", KEY)
    assert environment.secret_key(tmp_path) == KEY
    assert list(tmp_path.iterdir()) == []
