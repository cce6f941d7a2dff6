"""Where mail goes: to the server that ``DIGITIEKARTTA_EMAIL_URL`` names, else into a local outbox.

The outbox is for trying things: a file for each message, its owner's alone, since codes and links
stand in them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from . import environment

SMTP = "django.core.mail.backends.smtp.EmailBackend"
OUTBOX = "digitiekartta.config.mail.Outbox"
_PORTS = {"smtp": 587, "smtps": 465}
_SECONDS = 20
"""How long a mail server is waited for."""


def mail_settings(var: Path) -> dict[str, Any]:
    """Django's settings of mail. Raises SettingError for an address that can't be used."""
    sender = environment.read("EMAIL_FROM", "Digitiekartta <digitiekartta@localhost>")
    both = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    url = environment.read("EMAIL_URL")
    if not url:
        return {**both, "EMAIL_BACKEND": OUTBOX, "EMAIL_FILE_PATH": str(var / "outbox")}
    return {**both, "EMAIL_BACKEND": SMTP, **_server(url)}


def _server(url: str) -> dict[str, Any]:
    """``smtp://user:password@host:587`` begins TLS where the server is not this machine (STARTTLS);
    ``smtps://`` is TLS from the start."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        if not parts.hostname:
            raise ValueError(url)
    except (KeyError, ValueError):
        raise environment.SettingError(
            f"{environment.PREFIX}EMAIL_URL can't be understood; it must be such as "
            "smtp://user:password@mail.example.fi:587 or smtps://mail.example.fi"
        ) from None
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
        "EMAIL_TIMEOUT": _SECONDS,
    }


class Outbox(BaseEmailBackend):
    """Writes each message as a file that mail programs open."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from django.conf import settings  # noqa: PLC0415 -- this module is read by the settings

        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message().as_bytes()
            descriptor, name = tempfile.mkstemp(prefix=".", dir=folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            _put(Path(name), folder)
        return len(email_messages)


def _put(written: Path, folder: Path) -> None:
    """Gives a message the next number, so that they are read in the order of sending."""
    number = len(list(folder.glob("*.eml"))) + 1
    while True:
        try:
            os.link(written, folder / f"{number:06}.eml")
        except FileExistsError:
            number += 1
            continue
        written.unlink()
        return
