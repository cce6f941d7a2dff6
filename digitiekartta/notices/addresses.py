"""Whole addresses of pages, for mails; and tokens that name whoever holds them.

It names addresses of rooms above by their names alone, as links do.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from .rules import CONFIRM_DAYS

_REMINDED = "digitiekartta.notices.reminded"
_FOLLOWS = "digitiekartta.notices.follows"
_CONFIRMS = "digitiekartta.notices.confirms"


class TokenError(ValueError):
    """A token that was not made here, or is too old."""


def site() -> str:
    """The site's own address, without a slash at its end."""
    found: str = settings.PUBLIC_URL or settings.LOCAL_URL
    return found


def address(language: str, name: str, *args: object) -> str:
    """The whole address of a page in a language."""
    with translation.override(language):
        return site() + reverse(name, args=args)


def task_address(language: str, slug: str, serial: int, personal: str = "") -> str:
    """Where somebody tells of an action: on her own page, or by her personal link's token."""
    anchor = f"#toimenpide-{serial}"
    try:
        if personal:
            return address(language, "desk:personal", personal) + anchor
        return address(language, "desk:own", slug) + anchor
    except NoReverseMatch:
        return address(language, "roadmaps:edit_action", slug, serial, "eteneminen")


def reminded_token(ledger_id: UUID, recipient: UUID) -> str:
    """The token by which a recipient chooses her reminders. It does not grow old."""
    return signing.dumps([ledger_id.hex, recipient.hex], salt=_REMINDED)


def read_reminded(token: str) -> tuple[UUID, UUID]:
    """The municipality's ledger and the recipient. Raises TokenError."""
    ledger, recipient = _read(token, _REMINDED)
    return UUID(hex=ledger), UUID(hex=recipient)


def follows_token(follower_id: UUID) -> str:
    """The token by which a resident stops following. It does not grow old."""
    return signing.dumps(follower_id.hex, salt=_FOLLOWS)


def read_follows(token: str) -> UUID:
    """The follower. Raises TokenError."""
    return UUID(hex=_read(token, _FOLLOWS))


def confirming_token(followed_id: int) -> str:
    """The token by which a resident confirms that she wants to follow something."""
    return signing.dumps(followed_id, salt=_CONFIRMS)


def read_confirming(token: str) -> int:
    """What is confirmed. Raises TokenError, after a week too."""
    found: int = _read(token, _CONFIRMS, CONFIRM_DAYS * 86_400)
    return found


def _read(token: str, salt: str, seconds: int | None = None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=seconds)
    except signing.BadSignature:
        raise TokenError from None
