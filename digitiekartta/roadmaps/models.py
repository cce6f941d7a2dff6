"""The tables of the roadmap: goals, indicators, actions and what belongs to them."""

from __future__ import annotations

from enum import StrEnum

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from digitiekartta.accounts.models import Person
from digitiekartta.decisions.models import Decision, Version
from digitiekartta.history.columns import audience_column, list_column, text_column
from digitiekartta.history.models import Recorded
from digitiekartta.levels.models import Priority
from digitiekartta.municipalities.columns import HalfYearField
from digitiekartta.municipalities.models import Framework, Party

from . import fields
from .rules import Direction, EffectClass, EffectPhase, FundingKind, FundingState, Status


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]


class Roadmap(Recorded):
    """A municipality's digital roadmap of one period."""

    entity_type = fields.ROADMAP

    title = text_column()
    first = HalfYearField()
    last = HalfYearField()
    foreword = text_column()
    vision = text_column()
    vision_lead = text_column()
    operating_model = text_column()
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)
    valid_version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Goal(Recorded):
    """What makes the vision come true; most goals come from a development priority."""

    entity_type = fields.GOAL

    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="goals")
    title = text_column()
    description = text_column()
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    rank = models.IntegerField(default=0)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="goal_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Indicator(Recorded):
    """How a goal is followed: a number with a unit, a direction and a target."""

    entity_type = fields.INDICATOR

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="indicators")
    name = text_column()
    unit = text_column()
    direction = models.CharField(max_length=10, choices=_choices(Direction))
    target = models.FloatField(null=True, blank=True)
    source = text_column()
    rank = models.IntegerField(default=0)
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pk}"


class IndicatorValue(Recorded):
    """The value of an indicator on a day."""

    entity_type = fields.INDICATOR_VALUE

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    measured_on = models.DateField()
    value = models.FloatField()
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "measured_on"], name="value_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.value}"


class Action(Recorded):
    """A concrete action, scheduled by half-year, with one responsible party.

    ``serial`` stands in the address: it never changes and is never used again in the ledger.
    ``number`` is what people see ("3.4") and may be edited. Who was assigned and neither accepted
    nor objected has accepted by silence.
    """

    entity_type = fields.ACTION

    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="actions")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = text_column()
    statement = text_column()
    benefit = text_column()
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    responsible = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputies = list_column()
    assigned_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    objection = text_column()
    partners = list_column()
    all_sectors = models.BooleanField(default=False)
    outside_partners = text_column()
    original_first = HalfYearField()
    original_last = HalfYearField()
    first = HalfYearField()
    last = HalfYearField()
    recurring = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=_choices(Status), default=Status.NOT_STARTED)
    cancelled = models.BooleanField(default=False)
    percentage = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    reason = text_column()
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    communication = text_column()
    training = text_column()
    internal_note = text_column()
    rank = models.IntegerField(default=0)
    audience = audience_column()
    restricted = models.JSONField(default=dict, blank=True)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "serial"], name="action_serial_once"),
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")),
                name="action_ends_after_it_begins",
                violation_error_message="Toimenpide ei voi päättyä ennen kuin se alkaa.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.serial}"


class Funding(Recorded):
    """A funding line of an action: whole euros of one year and kind, and where the line stands."""

    entity_type = fields.FUNDING

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="funding")
    year = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=_choices(FundingKind))
    state = models.CharField(max_length=16, choices=_choices(FundingState))
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    actual = models.PositiveBigIntegerField(null=True, blank=True)
    account = models.CharField(max_length=100, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = text_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.year}: {self.state}"


class Effect(Recorded):
    """What an action is expected to change, or was seen to."""

    entity_type = fields.EFFECT

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="effects")
    effect_class = models.CharField(max_length=20, choices=_choices(EffectClass))
    phase = models.CharField(max_length=10, choices=_choices(EffectPhase))
    text = text_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.effect_class} {self.phase}"


class WorkEstimate(Recorded):
    """Person-days that an action is estimated to take in a half-year."""

    entity_type = fields.WORK_ESTIMATE

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="work")
    half_year = HalfYearField()
    person_days = models.PositiveIntegerField()
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "half_year"], name="estimated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.half_year}: {self.person_days}"


class Dependency(Recorded):
    """An action that another one needs first."""

    entity_type = fields.DEPENDENCY

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needs")
    depends_on = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needed_by")
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "depends_on"], name="depends_once"),
            models.CheckConstraint(
                condition=~models.Q(action=models.F("depends_on")),
                name="depends_on_another",
                violation_error_message="Toimenpide ei voi edellyttää itseään.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.depends_on_id}"


class Link(Recorded):
    """A web address that belongs to an action."""

    entity_type = fields.LINK

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="links")
    url = models.URLField(max_length=500)
    title = text_column()
    audience = audience_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.url


class ProgressNote(Recorded):
    """What somebody reported of an action on a day."""

    entity_type = fields.PROGRESS_NOTE

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    noted_on = models.DateField()
    text = text_column()
    status = models.CharField(max_length=12, blank=True, choices=_choices(Status))
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT)
    on_behalf = models.BooleanField(default=False)
    told_by = models.CharField(max_length=200, blank=True)
    audience = audience_column()
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.noted_on}"
