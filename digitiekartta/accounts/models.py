"""Accounts of those who sign in, and the people of a municipality."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from digitiekartta.documents.registry import Audience
from digitiekartta.history.columns import audience_column
from digitiekartta.history.models import Recorded

from . import fields


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no default password anywhere."""

    def create_user(self, *, email: str) -> User:
        """An account that has no usable password until its owner sets one."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: an e-mail address that can sign in. Disabled rather than deleted.

    ``language`` is that of its mails. ``example`` is one of the cast of the example content.
    ``ways`` are how the session of a request was signed in; the middleware tells.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="fi")
    example = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()
    ways: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.email


class Person(Recorded):
    """Somebody who is responsible for something; may have an account or none.

    The account is an id, so that it can be erased and the record stays.
    """

    entity_type = fields.PERSON

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    account = models.UUIDField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    audience = audience_column(Audience.MEMBERS)
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A one-time link by which an account signs in. Only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} until {self.expires_at}"


class PersonalLink(models.Model):
    """A link by which a person without an account sees and reports what is hers, until it expires
    or is revoked. Only the token's hash is kept.

    It stands outside the log: that somebody holds a link is nobody else's business. ``asked_at`` is
    when its holder asked for a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="personal_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at}"


class SignInCode(models.Model):
    """A code that was asked for by e-mail, for whichever address: an unknown one has no account.

    The code is kept as a keyed hash. Tries are counted in the row, so that no two can overlap.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="sign_in_codes"
    )
    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.id} until {self.expires_at}"


class Attempt(models.Model):
    """How often something was tried since when: counted by the database in one statement, so that
    workers share it. ``key`` is a keyed hash; ``until`` is in seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"


class Session(AbstractBaseSession):
    """A session, with what its owner is told of it: which device, and when it was last used.

    ``used_at`` is exact to the hour, so that reading pages does not write.
    """

    account = models.UUIDField(null=True, db_index=True)
    device = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} until {self.expire_date}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .sessions import SessionStore  # noqa: PLC0415 -- it asks for this table

        return SessionStore
