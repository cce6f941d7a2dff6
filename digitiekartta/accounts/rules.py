"""Values of sign-in. No Django, no clock."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

LINK_LIVES = timedelta(hours=24)
"""How long a one-time sign-in link can be used."""


class LinkError(ValueError):
    """A sign-in link that does not work: unknown, used, or too old. Which one is not told."""


def new_token() -> str:
    """A token that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def hashed_token(token: str) -> str:
    """What is kept of a token, 64 hexadecimal digits: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
