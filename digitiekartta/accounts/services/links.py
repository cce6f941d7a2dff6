"""One-time sign-in links."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ..models import SignInLink, User
from ..rules import LINK_LIVES, LinkError, hashed_token, new_token


def make_sign_in_link(*, account: User, at: datetime) -> str:
    """The token of a new one-time link; it is told once and not kept."""
    token = new_token()
    SignInLink.objects.create(
        token_hash=hashed_token(token), account=account, expires_at=at + LINK_LIVES
    )
    return token


def sign_in_link_works(*, token: str, at: datetime) -> bool:
    """Whether a link would sign in. Why it would not (unknown, used, too old) is told to nobody."""
    return _usable(token, at).filter(account__is_active=True).exists()


def _usable(token: str, at: datetime) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(
        token_hash=hashed_token(token), used_at=None, expires_at__gt=at
    )


def use_sign_in_link(*, token: str, at: datetime) -> User:
    """The account that a link signs in. The link works once.

    Raises LinkError when it is unknown, used or too old, or the account is disabled.
    """
    with transaction.atomic():
        link = _usable(token, at).select_for_update(of=("self",)).select_related("account").first()
        if link is None or not link.account.is_active:
            raise LinkError
        link.used_at = at
        link.save(update_fields=["used_at"])
    return link.account
