"""Where mail goes, and what the settings of signing in refuse."""

from __future__ import annotations

import email
import email.policy
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from digitiekartta.accounts import services
from digitiekartta.config.environment import SettingError
from digitiekartta.config.mail import OUTBOX, SMTP, Outbox, mail_settings
from digitiekartta.config.sign_in import organisation, provider_apps


def test_without_a_server_mail_goes_into_a_folder_of_the_owner(
    tmp_path: Path, settings: Any
) -> None:
    found = mail_settings(tmp_path)
    assert found["EMAIL_BACKEND"] == OUTBOX
    settings.EMAIL_FILE_PATH = found["EMAIL_FILE_PATH"]
    for number in ("1", "2"):
        message = EmailMessage(f"Äly {number}", "Koodi", "a@example.org", ["b@example.org"])
        assert Outbox().send_messages([message]) == 1
    files = sorted((tmp_path / "outbox").iterdir())
    assert [one.name for one in files] == ["000001.eml", "000002.eml"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    read = email.message_from_bytes(files[1].read_bytes(), policy=email.policy.default)
    assert (read["Subject"], read["To"]) == ("Äly 2", "b@example.org")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://k:s%40la@mail.example.fi", ("mail.example.fi", 587, "k", "s@la", False, True)),
        ("smtps://mail.example.fi", ("mail.example.fi", 465, "", "", True, False)),
        ("smtp://localhost:25", ("localhost", 25, "", "", False, False)),
    ],
)
def test_a_mail_server_is_told_by_one_address(
    url: str, expected: tuple[Any, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_EMAIL_URL", url)
    found = mail_settings(tmp_path)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert found["EMAIL_BACKEND"] == SMTP
    assert tuple(found[f"EMAIL_{one}"] for one in names) == expected


@pytest.mark.parametrize(
    "url", ["k:salaista", "http://k:salaista@x", "smtp://", "smtp://a:salaista"]
)
def test_an_address_that_is_no_mail_servers_is_told_without_its_password(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_EMAIL_URL", url)
    with pytest.raises(SettingError, match="EMAIL_URL can't be understood") as told:
        mail_settings(tmp_path)
    assert "salaista" not in str(told.value)


def test_without_an_issuer_nothing_of_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert provider_apps() == []
    assert organisation()["SOCIALACCOUNT_PROVIDERS"] == {}


@pytest.mark.parametrize(
    ("issuer", "secret"),
    [
        ("http://login.example.fi", "s"),
        ("login.example.fi", "s"),
        ("https://login.example.fi", ""),
    ],
)
def test_an_issuer_needs_https_and_a_secret(
    issuer: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIEKARTTA_OIDC_ISSUER", issuer)
    monkeypatch.setenv("DIGITIEKARTTA_OIDC_CLIENT_ID", "c")
    monkeypatch.setenv("DIGITIEKARTTA_OIDC_CLIENT_SECRET", secret)
    with pytest.raises(SettingError, match="OIDC"):
        organisation()


SLOW = 1.5


class SlowServer(BaseEmailBackend):
    """A mail server that thinks."""

    def send_messages(self, email_messages: Any) -> int:
        time.sleep(SLOW)
        return len(email_messages)


@pytest.mark.database
def test_the_time_of_an_answer_does_not_tell_whether_an_account_is_there(
    db: None, settings: Any
) -> None:
    settings.MAIL_IN_BACKGROUND = True
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    services.ensure_account(email="on@example.org")
    for address in ("on@example.org", "ei@example.org"):
        began = time.perf_counter()
        assert Client().post("/k/kirjaudu/", {"email": address}).status_code == 302
        assert time.perf_counter() - began < SLOW


@pytest.mark.database
def test_a_mail_that_can_not_be_sent_is_logged_without_what_it_said(
    db: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    services.ensure_account(email="on@example.org")
    assert Client().post("/k/kirjaudu/", {"email": "on@example.org"}).status_code == 302
    assert "ConnectionRefusedError" in caplog.text
    assert "on@example.org" not in caplog.text


class Refusing(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("to on@example.org: 1234 5678")
