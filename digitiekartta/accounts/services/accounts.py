"""Accounts: made, disabled, erased, with their sessions and ways of signing in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import password_validation
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from ..models import Session, SignInCode, SignInLink, User
from ..rules import hashed_token


def ensure_account(*, email: str, example: bool = False) -> User:
    """The account of an address, made when there is none. It has no usable password."""
    found = User.objects.filter(email=email.lower()).first()
    if found is not None:
        return found
    account = User.objects.create_user(email=email)
    if example:
        account.example = True
        account.save(update_fields=["example"])
    return account


def set_language(*, account: User, language: str) -> None:
    """The language of an account's mails: fi, sv or en."""
    account.language = language
    account.save(update_fields=["language"])


def set_password(*, account: User, password: str) -> None:
    """Sets a password. Every session but the one that is told of it ends by itself.

    Raises Django's ValidationError for a password that is easily guessed.
    """
    password_validation.validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])


def remove_password(*, account: User) -> None:
    """From now on no password signs in."""
    account.set_unusable_password()
    account.save(update_fields=["password"])


def sessions_of(account: User) -> QuerySet[Session]:
    """Where an account is signed in. A session ends by the clock of the machine."""
    return Session.objects.filter(account=account.pk, expire_date__gt=Now())


def forget_expired(*, at: datetime) -> None:
    """Removes sessions that have ended, and links and codes that nobody can use any more."""
    Session.objects.filter(expire_date__lte=Now()).delete()
    SignInLink.objects.filter(expires_at__lte=at).delete()
    SignInCode.objects.filter(expires_at__lte=at).delete()


def end_session(*, account: User, name: str) -> bool:
    """Ends one of an account's sessions, told by the name that its list gives; whether it was."""
    for session in Session.objects.filter(account=account.pk):
        if session_name(session.session_key) == name:
            session.delete()
            return True
    return False


def end_sessions(*, account_id: UUID, but: str | None = None) -> int:
    """Ends all of an account's sessions, but the one with this key; how many."""
    ended, _ = Session.objects.filter(account=account_id).exclude(session_key=but or "").delete()
    return ended


def session_name(key: str) -> str:
    """What a page calls a session: nobody can use it as one."""
    return hashed_token(key)[:24]


def disable_account(*, account_id: UUID) -> None:
    """The account signs in no more; its sessions end and its links and codes are void."""
    with transaction.atomic():
        User.objects.filter(pk=account_id).update(is_active=False)
        _void(account_id)


def enable_account(*, account_id: UUID) -> None:
    """The account may sign in again. One that was erased may not."""
    User.objects.filter(pk=account_id).exclude(email=erased_address(account_id)).update(
        is_active=True
    )


def erase_account(*, account_id: UUID) -> None:
    """Takes everything personal from an account and leaves its id, which the log goes on telling.

    Whoever had it can't sign in; her address may be invited anew, to another account.
    """
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=account_id)
        account.email = erased_address(account_id)
        account.is_active = False
        account.last_login = None
        account.set_unusable_password()
        account.save()
        _void(account_id)
        _forget_ways(account)


def erased_address(account_id: UUID) -> str:
    """What stands in place of an erased address: nobody's (RFC 2606)."""
    return f"{account_id}@poistettu.invalid"


def forget_second_factor(*, account: User) -> None:
    """Removes an account's app, passkeys and spare codes: for whoever lost them all."""
    Authenticator.objects.filter(user=account).delete()


def remove_example_accounts() -> int:
    """Removes the cast of the example content; how many there were."""
    accounts = list(User.objects.filter(example=True))
    for account in accounts:
        end_sessions(account_id=account.pk)
        account.delete()
    return len(accounts)


def _void(account_id: UUID) -> None:
    end_sessions(account_id=account_id)
    SignInLink.objects.filter(account=account_id).delete()
    SignInCode.objects.filter(account=account_id).delete()


def _forget_ways(account: User) -> None:
    """What allauth keeps of an account."""
    for table in (Authenticator, SocialAccount, EmailAddress):
        table.objects.filter(user=account).delete()
