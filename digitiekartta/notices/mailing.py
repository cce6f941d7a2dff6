"""Putting a mail together and handing it over: plain text and the same as simple HTML.

Nothing in it is fetched from anywhere, and nothing tells whether it was opened.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

_log = logging.getLogger(__name__)


class MailServerError(Exception):
    """The mail server takes nothing now; ``str`` is the nature of the fault, without an address."""


class RefusedError(Exception):
    """The mail server does not take this mail; ``str`` is the nature of the fault."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be sent. ``stop_url`` takes the one press of RFC 8058."""

    subject: str
    text: str
    html: str
    stop_url: str = ""
    sender: str = ""


def headers_of(letter: Letter) -> Mapping[str, str]:
    """Headers of mail that a machine sends: RFC 3834, RFC 2369 and RFC 8058."""
    headers = {"Auto-Submitted": "auto-generated"}
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def hand_over(letter: Letter, *, to: str) -> None:
    """Hands a mail to the mail server. Raises RefusedError for this mail and MailServerError when
    no mail goes now. Addresses stand in no log."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = formataddr((letter.sender, address)) if letter.sender else settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        from_email=sender,
        to=[to],
        headers=dict(headers_of(letter)),
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as refused:
        raise RefusedError(type(refused).__name__) from None
    except (OSError, SMTPException) as problem:
        _log.warning("the mail server takes no mail: %s", type(problem).__name__)
        raise MailServerError(type(problem).__name__) from None
