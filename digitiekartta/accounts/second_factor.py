"""The second factor: an app's codes, passkeys and spare codes, kept and checked by allauth.

allauth's own parts are loaded when they are needed: WebAuthn alone takes a fifth of a second.
"""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from .models import User
from .rules import CodeError, Way, typed_code
from .services import use_once

Type = Authenticator.Type
_PERIOD = 90
"""Seconds in which an app's code could be used again, were it not marked: three periods of 30."""


def has_second_factor(account: User) -> bool:
    """Whether an app or a passkey has been set up."""
    return bool(
        Authenticator.objects.filter(user=account, type__in=[Type.TOTP, Type.WEBAUTHN]).exists()
    )


def factors_of(account: User) -> list[Any]:
    """An account's app and passkeys, oldest first."""
    found = Authenticator.objects.filter(user=account, type__in=[Type.TOTP, Type.WEBAUTHN])
    return list(found.order_by("type", "created_at"))


def check_typed(account: User, typed: str) -> Way:
    """Which second factor a typed code belongs to. Works once. Raises CodeError."""
    code = typed_code(typed)
    for one in Authenticator.objects.filter(user=account, type=Type.TOTP):
        if _is_of_app(one, code):
            _mark_used(one)
            return Way.APP
    for one in Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES):
        if code and one.wrap().validate_code(code):
            return Way.RECOVERY
    raise CodeError(again=True)


def _is_of_app(one: Any, code: str) -> bool:
    from allauth.mfa.totp.internal.auth import validate_totp_code  # noqa: PLC0415 -- see above
    from allauth.mfa.utils import decrypt  # noqa: PLC0415

    if not validate_totp_code(decrypt(one.data["secret"]), code):
        return False
    return use_once(f"{one.pk}:{code}", seconds=_PERIOD)


def _mark_used(one: Any) -> None:
    one.record_usage()


def new_secret() -> str:
    """A secret for an app, to be scanned."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret  # noqa: PLC0415 -- see above

    return str(generate_totp_secret())


def app_address(account: User, secret: str, issuer: str) -> str:
    """What the QR code says to an app."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account.email}')}?{query}"


def add_app(account: User, secret: str, typed: str) -> None:
    """Sets an app up, once it gives a right code. Raises CodeError."""
    from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code  # noqa: PLC0415 -- see above

    code = typed_code(typed)
    if not validate_totp_code(secret, code):
        raise CodeError(again=True)
    try:
        with transaction.atomic():
            Authenticator.objects.filter(user=account, type=Type.TOTP).delete()
            app = TOTP.activate(account, secret).instance
    except IntegrityError:
        raise CodeError(again=True) from None
    use_once(f"{app.pk}:{code}", seconds=_PERIOD)


def remove_factor(account: User, factor_id: int) -> None:
    """Removes an app or a passkey; the spare codes go with the last of them."""
    Authenticator.objects.filter(
        user=account, pk=factor_id, type__in=[Type.TOTP, Type.WEBAUTHN]
    ).delete()
    if not has_second_factor(account):
        Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES).delete()


def new_spare_codes(account: User) -> list[str]:
    """New spare codes; older ones no longer work."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415 -- see above

    with transaction.atomic():
        Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES).delete()
        return list(RecoveryCodes.activate(account).generate_codes())


def spare_codes_left(account: User) -> int:
    """How many spare codes have not been used."""
    one = Authenticator.objects.filter(user=account, type=Type.RECOVERY_CODES).first()
    return len(one.wrap().get_unused_codes()) if one is not None else 0


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether browsers let a passkey be made here: for a name, not for a number (WebAuthn)."""
    host = request.get_host()
    try:
        ipaddress.ip_address(host.rpartition(":")[0].strip("[]") or host)
    except ValueError:
        return request.is_secure() or host.split(":")[0] == "localhost"
    return False


def passkey_options(account: User) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge is kept in the session."""
    from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 -- see above

    options: dict[str, Any] = auth.begin_registration(account, passwordless=True)
    return options


def add_passkey(account: User, name: str, credential: Any) -> None:
    """Keeps a passkey that a browser has made. Raises CodeError for one that is not right."""
    from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 -- see above

    try:
        auth.parse_registration_response(credential)
        verified = auth.complete_registration(credential).is_user_verified()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise CodeError(again=True) from None
    if not verified:
        raise CodeError(again=True)
    auth.WebAuthn.add(account, name, credential)


def passkey_question(account: User | None) -> dict[str, Any]:
    """What the browser needs to use a passkey: of an account, or of whoever has one here."""
    from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 -- see above

    question: dict[str, Any] = auth.begin_authentication(account)
    return question


def check_passkey(credential: Any, account: User | None = None) -> User:
    """Whose passkey it is that a browser has used. Raises CodeError."""
    from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 -- see above

    try:
        auth.parse_authentication_response(credential)
        owner = account or auth.extract_user_from_response(credential)
        auth.complete_authentication(owner, credential).record_usage()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise CodeError(again=True) from None
    found = User.objects.filter(pk=owner.pk, is_active=True).first()
    if found is None:
        raise CodeError(again=False)
    return found
