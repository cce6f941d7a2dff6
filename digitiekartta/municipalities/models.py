"""The tables of municipalities and of how they are organised."""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.db import models

from digitiekartta.accounts.models import Person
from digitiekartta.documents.registry import Audience
from digitiekartta.history.columns import audience_column, list_column, text_column
from digitiekartta.history.models import Ledger, Recorded

from . import fields
from .rules import BodyTask, PartyKind, PerspectiveGroup, Role


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def published(self) -> MunicipalityQuerySet:
        """Those whose public site anyone may open."""
        return self.filter(published=True)


class Municipality(Recorded):
    """A municipality and its settings; its ledger is the history of everything that is its."""

    entity_type = fields.MUNICIPALITY

    name = text_column()
    genitive = text_column()
    slug = models.SlugField(max_length=60, unique=True)
    languages = list_column()
    colour = models.CharField(max_length=7, default="#0f4c5c")
    website = models.URLField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    shows_names = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    accessibility_reviewed_on = models.DateField(null=True, blank=True)
    accessibility_reviewer = text_column()
    accessibility_faults = text_column()
    logo = models.CharField(max_length=80, blank=True)
    feedback_email = models.EmailField(blank=True)
    wordings = models.JSONField(default=dict, blank=True)
    features = models.JSONField(default=dict, blank=True)
    ideas_from = models.CharField(max_length=10, blank=True)
    """``everybody`` where residents may propose ideas too; else the municipality's own alone."""
    reminders = models.JSONField(default=dict, blank=True)
    sign_in_rules = models.JSONField(default=dict, blank=True)
    authorities = models.JSONField(default=dict, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger"], name="municipality_ledger_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class PartyQuerySet(models.QuerySet["Party"]):
    def going(self) -> PartyQuerySet:
        """Those that have not ended: what may be chosen for something new."""
        return self.filter(ended_on__isnull=True)


class Party(Recorded):
    """Whoever can be responsible: a sector or a unit (a tree), a body, or a role."""

    entity_type = fields.PARTY

    kind = models.CharField(max_length=10, choices=_choices(PartyKind))
    name = text_column()
    genitive = text_column()
    slug = models.SlugField(max_length=80)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    headcount = models.PositiveIntegerField(null=True, blank=True)
    task = models.CharField(max_length=20, blank=True, choices=_choices(BodyTask))
    duties = text_column()
    ended_on = models.DateField(null=True, blank=True)
    rank = models.IntegerField(default=0)
    example = models.BooleanField(default=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "slug"], name="party_slug_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class Seat(Recorded):
    """A seat in a body, held for a party; the person changes, the seat stays."""

    entity_type = fields.SEAT

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="seats")
    represents = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    convener = models.BooleanField(default=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    rank = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.body_id}: {self.represents_id}"


class Framework(Recorded):
    """A version of the perspectives and the scale by which levels are measured."""

    entity_type = fields.FRAMEWORK

    name = text_column()
    version = models.PositiveIntegerField(default=1)
    scale = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.name.get('fi', '')} {self.version}"


class Perspective(Recorded):
    """One of the points of view from which digital maturity is assessed, in three wordings."""

    entity_type = fields.PERSPECTIVE

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="perspectives")
    number = models.PositiveIntegerField()
    question = text_column()
    name = text_column()
    short_name = text_column()
    group = models.CharField(max_length=10, choices=_choices(PerspectiveGroup))
    note = text_column()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="perspective_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Gate(Recorded):
    """A date of the annual clock, between ``first`` and ``last`` (``MM-DD``).

    Every year, or in the last year of the roadmap's period alone.
    """

    entity_type = fields.GATE

    name = text_column()
    first = models.CharField(max_length=5)
    last = models.CharField(max_length=5)
    last_year_only = models.BooleanField(default=False)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT)
    description = text_column()
    rank = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Membership(Recorded):
    """The role of an account in a municipality. The account is an id, so that it can be erased."""

    entity_type = fields.MEMBERSHIP

    role = models.CharField(max_length=12, choices=_choices(Role))
    account = models.UUIDField()
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT)
    audience = audience_column(Audience.TEAM)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "account", "role"], name="role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class SetUpLink(models.Model):
    """A one-time link by which a new municipality is set up. Only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"until {self.expires_at}"


class Invitation(models.Model):
    """An invitation into a role, by e-mail; its link works once. Only the token's hash is kept.

    It stands outside the log, since an address of somebody who never came is nobody's business; the
    role is logged once it is given. ``person`` is the Person that the account will be.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="fi")
    role = models.CharField(max_length=12, blank=True, choices=_choices(Role))
    party = models.ForeignKey(Party, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at}"
