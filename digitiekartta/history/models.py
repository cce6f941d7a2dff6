"""The tables of the log, and what every logged row has in common."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from digitiekartta.documents.registry import Audience, EntityType


class Ledger(models.Model):
    """One line of history: its row is the lock, its revision the count of entries, without gaps."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.id} @ {self.revision}"


class Entry(models.Model):
    """One committed write. Never changed, never deleted.

    ``changes`` are ``[entity, id, field, old, new]`` (see :class:`documents.changes.Change`).
    ``actor`` and ``cause`` are ids without foreign keys, so that everything above can be recorded.
    """

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="entries")
    revision = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    entity = models.CharField(max_length=40)
    entity_id = models.UUIDField(null=True)
    changes = models.JSONField()
    reason = models.TextField(blank=True)
    audience = models.CharField(
        max_length=10, choices=[(str(one), str(one)) for one in Audience], default=Audience.PUBLIC
    )
    actor = models.UUIDField(null=True)
    cause = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("revision",)
        constraints = [
            models.UniqueConstraint(fields=["ledger", "revision"], name="entry_revision_once")
        ]
        indexes = [
            models.Index(fields=["ledger", "entity_id", "revision"], name="entry_by_entity"),
            models.Index(fields=["ledger", "at"], name="entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id} @ {self.revision}: {self.kind}"


class Snapshot(models.Model):
    """The whole document of a ledger at a revision, so that the past is near."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="snapshots")
    revision = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "revision"], name="snapshot_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id} @ {self.revision}"


class Receipt(models.Model):
    """The first result under an idempotency key, kept so that a repeat can be answered."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField()
    entity_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ledger", "key"], name="receipt_key_once")]

    def __str__(self) -> str:
        return f"{self.ledger_id} {self.key}"


class Recorded(models.Model):
    """A row that is an entity of the ledger's document. Written through ``history.commit`` alone.

    ``entity_type`` tells which columns are fields of the document: those of the same names.
    ``revision`` is the ledger's revision at the row's last change.
    """

    entity_type: ClassVar[EntityType]

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="+", editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
