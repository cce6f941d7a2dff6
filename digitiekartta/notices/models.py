"""What is remembered of mail. It stands outside the log, since it is about people and is forgotten:
reminders after 400 days, residents' addresses as soon as they stop following."""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.db import models

from digitiekartta.history.models import Ledger

from .rules import Kind, Level, Scope


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]


class Digest(models.Model):
    """A mail of reminders to one recipient, on its way or sent. No address stands in it.

    ``recipient`` is an account's id, or a Person's where she has none. At most one a day.
    ``next_try_at`` is also what a sender claims it by; None when it is sent or given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="+")
    recipient = models.UUIDField()
    day = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "recipient", "day"], name="digest_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.day}"


class Reminder(models.Model):
    """That a level was told of an action for a reason, once in a period. ``digest`` is None for the
    list, which is a page."""

    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="+")
    action = models.UUIDField()
    kind = models.CharField(max_length=12, choices=_choices(Kind))
    period = models.CharField(max_length=50)
    level = models.CharField(max_length=14, choices=_choices(Level))
    day = models.DateField(db_index=True)
    digest = models.ForeignKey(
        Digest, null=True, on_delete=models.CASCADE, related_name="reminders"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "action", "kind", "period", "level"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.period} {self.level}"


class Refusal(models.Model):
    """That a recipient does not want reminders of a kind."""

    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="+")
    recipient = models.UUIDField()
    kind = models.CharField(max_length=12, choices=_choices(Kind))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "recipient", "kind"], name="refused_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.kind}"


class Follower(models.Model):
    """A resident's address, encrypted by the installation's secret key, and how far she was told.

    ``told_on`` is the last day whose changes she has been told or had none; ``next_try_at`` is when
    it is looked at again, and what a sender claims it by.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=600)
    language = models.CharField(max_length=2, default="fi")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "address_hash"], name="follower_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Followed(models.Model):
    """What a resident follows; ``subject`` is an action's or a priority's id, nothing for the whole
    roadmap. It counts once she has confirmed it from her mail."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    scope = models.CharField(max_length=10, choices=_choices(Scope))
    subject = models.CharField(max_length=36, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "scope", "subject"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject}"
