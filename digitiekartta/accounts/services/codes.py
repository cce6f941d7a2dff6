"""Codes that are e-mailed and typed."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from ..models import SignInCode, User
from ..rules import CODE_LIVES, CODE_TRIES, CodeError, new_code, typed_code


def make_sign_in_code(*, email: str, at: datetime) -> tuple[SignInCode, str]:
    """What was asked for, and its code. The same is done for an address that nobody has, so that
    neither the answer nor its time tells; only the mail is not sent.
    """
    email = email.strip().lower()
    account = User.objects.filter(email=email, is_active=True).first()
    code = new_code()
    SignInCode.objects.filter(expires_at__lte=at).delete()
    asked = SignInCode(account=account, email=email, expires_at=at + CODE_LIVES)
    asked.code_hash = _hashed(asked.pk, code)
    asked.save(force_insert=True)
    return asked, code


def use_sign_in_code(*, asked_id: UUID, typed: str, at: datetime) -> User:
    """The account that a code signs in. A code works once. Raises CodeError."""
    with transaction.atomic():
        counted = SignInCode.objects.filter(
            pk=asked_id, tries__lt=CODE_TRIES, expires_at__gt=at
        ).update(tries=F("tries") + 1)
    if not counted:
        raise CodeError(again=False)
    with transaction.atomic():
        asked = (
            SignInCode.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(pk=asked_id)
            .first()
        )
        if asked is None:
            raise CodeError(again=False)
        right = hmac.compare_digest(asked.code_hash, _hashed(asked.pk, typed_code(typed)))
        if not right or asked.account is None or not asked.account.is_active:
            raise CodeError(again=asked.tries < CODE_TRIES)
        asked.delete()
    return asked.account


def _hashed(asked_id: UUID, code: str) -> str:
    return salted_hmac(
        f"digitiekartta.sign_in_code.{asked_id}", code, algorithm="sha256"
    ).hexdigest()
