"""A new schedule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui import formats
from digitiekartta.ui.environment import active_language

from ..models import Action
from ..rules import Rule
from ..words import RULES


class ScheduleForm(forms.Form):
    """The first and the last half-year, and why they change."""

    first = forms.ChoiceField(label=_("Begins"))
    last = forms.ChoiceField(label=_("Ends"))
    reason = forms.CharField(
        label=_("Why does the schedule change?"),
        max_length=500,
        help_text=_("The reason is shown to everybody beside the change."),
        error_messages={"required": _("Tell why the schedule changes.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data, initial={"first": str(action.first), "last": str(action.last)})
        self.action = action
        choices = half_year_choices(Span(action.roadmap.first, action.roadmap.last))
        for name in ("first", "last"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=choices,
                error_messages={"invalid_choice": RULES[Rule.OUTSIDE_THE_PERIOD]},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"first", "last"} <= set(given):
            first, last = HalfYear.parse(given["first"]), HalfYear.parse(given["last"])
            if last < first:
                self.add_error("last", str(RULES[Rule.ENDS_BEFORE_IT_BEGINS]))
            else:
                given["span"] = Span(first, last)
        return given


def half_year_choices(period: Span) -> list[tuple[str, str]]:
    """The half-years of a period as a choice, each in words."""
    language = active_language()
    return [(str(one), formats.half_year(one.year, one.half, language)) for one in period]
