"""What the desk remembers: when somebody was last here."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from digitiekartta.history.models import Ledger


class Visit(models.Model):
    """Up to which revision of a municipality's log an account has been told on its desk.

    ``since`` is what this visit began from, ``seen`` what the next one will. Written at most once
    an hour, so that looking does not write.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="+")
    since = models.PositiveBigIntegerField()
    seen = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "ledger"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.account_id} @ {self.since}"
