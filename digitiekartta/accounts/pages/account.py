"""What stands on "My account"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from ..models import Session, User
from ..services import session_name


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner knows it. ``name`` is what ending it is asked by."""

    name: str
    label: str
    signed_in_at: datetime | None
    used_at: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class Factor:
    """An app or a passkey."""

    id: int
    label: str
    is_passkey: bool
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The page."""

    email: str
    has_password: bool
    factors: tuple[Factor, ...]
    spare_codes: int
    devices: tuple[Device, ...]
    organisation: str
    tied: bool
    fresh: bool

    @property
    def has_others(self) -> bool:
        """Whether other devices are signed in too."""
        return len(self.devices) > 1

    @property
    def has_app(self) -> bool:
        return any(not one.is_passkey for one in self.factors)


def devices_of(sessions: Iterable[Session], current: str | None) -> tuple[Device, ...]:
    """Sessions as devices: this one first, then those used last."""
    devices = [
        Device(
            name=session_name(one.session_key),
            label=one.device or gettext("Unknown device"),
            signed_in_at=one.signed_in_at,
            used_at=one.used_at,
            current=one.session_key == current,
        )
        for one in sessions
    ]
    return tuple(sorted(devices, key=lambda one: (not one.current, _age(one))))


def _age(device: Device) -> float:
    return -device.used_at.timestamp() if device.used_at else 0.0


def factors_shown(factors: Sequence[Any]) -> tuple[Factor, ...]:
    """allauth's authenticators as what their owner knows."""
    return tuple(
        Factor(
            id=one.pk,
            label=one.data.get("name") or gettext("Authenticator app"),
            is_passkey=one.type == one.Type.WEBAUTHN,
            added_at=one.created_at,
            used_at=one.last_used_at,
        )
        for one in factors
    )


def account_page(
    account: User,
    *,
    devices: tuple[Device, ...],
    factors: tuple[Factor, ...],
    spare_codes: int,
    organisation: str,
    tied: bool,
    fresh: bool,
) -> AccountPage:
    """The page of an account."""
    return AccountPage(
        email=account.email,
        has_password=account.has_usable_password(),
        factors=factors,
        spare_codes=spare_codes,
        devices=devices,
        organisation=organisation,
        tied=tied,
        fresh=fresh,
    )
