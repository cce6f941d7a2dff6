"""Who is editing right now: forgotten within a minute, and no part of what is recorded."""

from __future__ import annotations

from django.db import models


class Presence(models.Model):
    """A form that somebody has open. Written outside history: no revision, no entry.

    Without a foreign key, so that telling it never waits for the ledger's lock; unlogged where the
    database knows that. ``until`` is seconds since 1970 by the clock on the wall, also where tests
    and demonstrations stand still at another day. Whose it is, is an account's id.
    """

    ledger_id = models.UUIDField()
    actor = models.UUIDField()
    tab = models.UUIDField()
    entity = models.UUIDField()
    part = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    named_to = models.CharField(max_length=10)
    until = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "ledger_id", "tab", "entity", "part"], name="presence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.part}"
