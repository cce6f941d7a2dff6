"""The tables of ideas, of how they were handled, and of what residents have sent."""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.db import models

from digitiekartta.documents.registry import Audience
from digitiekartta.history.columns import audience_column, text_column
from digitiekartta.history.models import Ledger, Recorded
from digitiekartta.municipalities.models import Party, Perspective
from digitiekartta.roadmaps.models import Action

from . import fields
from .rules import TITLE_LONGEST, IdeaState, Origin


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]


class Idea(Recorded):
    """What somebody proposed, in her own language, and where its handling is.

    ``number`` stands in the address and is never given again. An idea of a member is for members
    until the digital team publishes it; a resident's comes here only when it is published.
    """

    entity_type = fields.IDEA

    number = models.PositiveIntegerField()
    title = text_column()
    proposal = text_column()
    reason = text_column()
    benefit = text_column()
    perspective = models.ForeignKey(
        Perspective, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=_choices(Origin))
    received_on = models.DateField()
    state = models.CharField(max_length=12, choices=_choices(IdeaState))
    handler = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    internal_note = text_column()
    audience = audience_column(Audience.MEMBERS)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="idea_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class IdeaStep(Recorded):
    """One step of handling, with what was told of it to everybody who sees the idea."""

    entity_type = fields.STEP

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="steps")
    taken_on = models.DateField()
    state = models.CharField(max_length=12, choices=_choices(IdeaState))
    handler = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = text_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.state}"


class IdeaSupport(Recorded):
    """That a member supports an idea: once. Who she is, the team alone may read."""

    entity_type = fields.SUPPORT

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="supports")
    account = models.UUIDField()
    audience = audience_column(Audience.TEAM)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "account"], name="supported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.idea_id}"


class Received(models.Model):
    """What a resident sent, until it has been moderated and answered.

    It stands outside the log, which forgets nothing: spam, other people's data and an e-mail
    address never come there. Once published, the texts are the idea's and only the address is left
    here, until the answer has been sent to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="+")
    idea = models.OneToOneField(Idea, null=True, on_delete=models.CASCADE, related_name="received")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=TITLE_LONGEST, blank=True)
    proposal = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    benefit = models.TextField(blank=True)
    perspective = models.UUIDField(null=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.received_at}"
