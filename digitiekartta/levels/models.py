"""The tables of measured levels, targets and priorities."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from digitiekartta.decisions.models import Decision
from digitiekartta.history.columns import text_column
from digitiekartta.history.models import Recorded
from digitiekartta.municipalities.models import Perspective
from digitiekartta.surveys.models import Round

from . import fields
from .rules import HIGHEST, LOWEST, SeriesKind


def _level_column(*, optional: bool = False) -> models.DecimalField[Any, Any]:
    """A level of the scale, 1–5, to two decimals."""
    return models.DecimalField(
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        null=optional,
        blank=optional,
    )


class Series(Recorded):
    """One dated measurement of all perspectives, with its source.

    ``decision`` is the one by which it became the baseline or ceased to be it.
    """

    entity_type = fields.SERIES

    name = text_column()
    kind = models.CharField(max_length=20, choices=[(str(one), str(one)) for one in SeriesKind])
    measured_on = models.DateField()
    round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="series"
    )
    source = text_column()
    respondents = models.PositiveIntegerField(null=True, blank=True)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    is_baseline = models.BooleanField(default=False)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.measured_on}"


class Measurement(Recorded):
    """The level of one perspective in one series, with its 95 % interval where there is one."""

    entity_type = fields.MEASUREMENT

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="measurements")
    perspective = models.ForeignKey(Perspective, on_delete=models.PROTECT, related_name="+")
    value = _level_column()
    lower = _level_column(optional=True)
    upper = _level_column(optional=True)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "perspective"], name="measured_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=LOWEST, value__lte=HIGHEST),
                name="level_on_scale",
                violation_error_message="Taso on asteikolla 1–5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value}"


class Target(Recorded):
    """The level that the management team wants a perspective to reach, and why.

    ``importance`` is its place, 1 for the most important, where the perspectives were ranked.
    """

    entity_type = fields.TARGET

    perspective = models.OneToOneField(Perspective, on_delete=models.PROTECT, related_name="+")
    level = _level_column()
    reason = text_column()
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT)
    importance = models.PositiveIntegerField(null=True, blank=True)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=LOWEST, level__lte=HIGHEST),
                name="target_on_scale",
                violation_error_message="Tavoitetaso on asteikolla 1–5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}"


class Priority(Recorded):
    """A perspective chosen, by people and with a reason, as a development priority.

    One that was removed stays with its number and the reason, because goals were set by it.
    """

    entity_type = fields.PRIORITY

    perspective = models.OneToOneField(Perspective, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reason = text_column()
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT)
    removed = models.BooleanField(default=False)
    removal_reason = text_column()
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="priority_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
