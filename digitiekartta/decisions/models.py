"""The tables of decisions and approved versions."""

from __future__ import annotations

from django.db import models

from digitiekartta.history.columns import audience_column, text_column
from digitiekartta.history.models import Recorded
from digitiekartta.municipalities.models import Party

from . import fields
from .rules import DecisionKind


class Decision(Recorded):
    """What a body decided, and when.

    A reference (§, case number) is optional; body and date are not.
    """

    entity_type = fields.DECISION

    kind = models.CharField(max_length=20, choices=[(str(one), str(one)) for one in DecisionKind])
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    summary = text_column()
    audience = audience_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_on}"


class Version(Recorded):
    """An approved, frozen document. Its content is never changed."""

    entity_type = fields.VERSION

    number = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    frozen_revision = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    public_sha256 = models.CharField(max_length=64)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.number}"


class Frozen(models.Model):
    """The bytes of a version, apart from its row so that lists stay light.

    ``schema_version`` tells which upcasts the content needs to be read today.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, primary_key=True)
    schema_version = models.PositiveIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.version_id}"
