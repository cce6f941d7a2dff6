"""Sending a mail without making the reader wait: the time of an answer tells nothing then."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """A plain mail."""

    subject: str
    text: str


def send(mail: Mail, *, to: str) -> None:
    """Sends a mail, in the background unless the settings say otherwise.

    What the log tells of a failure is its cause; codes and links stand in no log.
    """
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    if settings.MAIL_IN_BACKGROUND:
        _sender().submit(_send, message)
    else:
        _send(message)


@cache
def _sender() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="mail")


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as problem:
        log.error("a mail could not be sent: %s", problem.__class__.__name__)
