"""Addresses of residents at rest: sealed by the installation's secret key, found by a keyed hash.

Whoever has a copy of the database alone can't read them; whoever has the key too, can. More would
not be true: the platform itself must be able to write to them.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

_SEAL = "digitiekartta.notices.address"
_FIND = "digitiekartta.notices.find"


class SealError(ValueError):
    """An address that another secret key sealed."""


def normal(address: str) -> str:
    """An address as it is compared."""
    return address.strip().lower()


def sealed(address: str) -> str:
    """The address as it is kept."""
    return _fernet().encrypt(normal(address).encode()).decode()


def opened(kept: str) -> str:
    """The address that was sealed. Raises SealError."""
    try:
        return _fernet().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise SealError from None


def findable(address: str) -> str:
    """By what an address is found again."""
    return salted_hmac(_FIND, normal(address), algorithm="sha256").hexdigest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac(_SEAL, "", algorithm="sha256").digest()))
