"""The tables of rounds. What is answered is kept as tallies: counts per group, never as answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import StrEnum

from django.db import models

from digitiekartta.documents.registry import Audience
from digitiekartta.history.columns import audience_column, list_column, text_column
from digitiekartta.history.models import Recorded
from digitiekartta.municipalities.models import Framework, Party

from . import fields
from .rules import K_DISTRIBUTION, K_MEAN, RoundState, Way


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]


def _salt() -> bytes:
    return secrets.token_bytes(32)


class Round(Recorded):
    """One survey of the staff. Its wording, groups and rules freeze when it opens.

    A draft is for the team; ``open_round`` makes the round known to everybody.
    """

    entity_type = fields.ROUND

    name = text_column()
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=10, choices=_choices(RoundState), default=RoundState.DRAFT)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    k_mean = models.PositiveIntegerField(default=K_MEAN)
    k_distribution = models.PositiveIntegerField(default=K_DISTRIBUTION)
    wording = models.JSONField(default=dict, blank=True)
    public_link = models.BooleanField(default=False)
    salt = models.BinaryField(default=_salt, editable=False)
    audience = audience_column(Audience.TEAM)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(k_mean__gte=K_MEAN, k_distribution__gte=K_DISTRIBUTION),
                name="round_groups_never_smaller",
                violation_error_message="Pienintä näytettävää ryhmää ei voi pienentää.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name.get('fi', '')} ({self.state})"


class RoundUnit(Recorded):
    """A group of a round: a sector or a unit with its headcount and its way of answering.

    ``headcount`` is the staff that answers in this very group: those of its subgroups are not in
    it, and a group that only holds others together has none. ``code_count`` tells how many codes
    were made; ``link`` is what the address of an open link holds (``rules.new_link``).

    Groups that answer as one are one row under a ``name`` of its own, with the party of the first
    of them; ``merged`` holds each of them as it was (``rules.Member``), so that it can be taken
    apart.
    """

    entity_type = fields.ROUND_UNIT

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="units")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    headcount = models.PositiveIntegerField(default=0)
    way = models.CharField(max_length=10, choices=_choices(Way), default=Way.EMAIL)
    code_count = models.PositiveIntegerField(default=0)
    link = models.CharField(max_length=32, blank=True)
    rank = models.IntegerField(default=0)
    name = text_column()
    merged = list_column()
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="round_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.party_id}"

    @property
    def called(self) -> Mapping[str, str]:
        """What the group is called, by language: its own name, or its party's."""
        named: Mapping[str, str] = self.name or self.party.name
        return named


class Result(Recorded):
    """What a closed round found, frozen. Everything that is shown of a round is read from here.

    For the team until ``publish_results`` gives it to everybody.
    """

    entity_type = fields.RESULT

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="result")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published = models.BooleanField(default=False)
    audience = audience_column(Audience.TEAM)
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.round_id}"


class Codes(models.Model):
    """The codes of a group, as one sealed set: their hashes in order, joined (``rules.sealed``).

    Which of them are used stands in the tally. Deleted with it.
    """

    unit = models.OneToOneField(RoundUnit, on_delete=models.CASCADE, primary_key=True)
    given = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"{self.unit_id}"


class Tally(models.Model):
    """What a group has answered so far, in one row that is there while the round takes answers.

    How many people answered; for each question how many could not say and how many answered each
    level 1–5 (``counts``); and which of its ``codes`` codes are used (``used``, a bit for each in
    the order of their hashes). Both values are written over at their old length, so that neither
    rows, nor their order, nor their place in a file tell what was added when. Nothing of any one
    person is kept. Deleted when the round's results are frozen. See ``tallies.py``.
    """

    unit = models.OneToOneField(RoundUnit, on_delete=models.CASCADE, primary_key=True)
    respondents = models.PositiveIntegerField(default=0)
    counts = models.BinaryField(default=bytes)
    codes = models.PositiveIntegerField(default=0)
    used = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.respondents}"


class DailyCount(models.Model):
    """How many had answered by the end of a day. The only thing shown while a round is open."""

    unit = models.ForeignKey(RoundUnit, on_delete=models.CASCADE, related_name="daily_counts")
    day = models.DateField()
    respondents = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.respondents}"
