"""Accounts of those who sign in, and the people of a municipality."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
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
    """An account: an e-mail address that can sign in. Disabled rather than deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

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
