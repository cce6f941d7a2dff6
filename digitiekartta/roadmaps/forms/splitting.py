"""An action in two parts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.rules import HalfYear, Span

from ..models import Action
from .schedule import half_year_choices


class SplitForm(forms.Form):
    """The last half-year of the first part, the number of the second, and why."""

    last = forms.ChoiceField(label=_("The first part ends"))
    number = forms.CharField(
        label=_("Number of the part that goes on"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    reason = forms.CharField(
        label=_("Why is it split?"),
        max_length=500,
        help_text=_("The reason is shown to everybody beside the change."),
        error_messages={"required": _("Tell why the action is split.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        numbers = set(
            Action.objects.filter(roadmap=action.roadmap_id).values_list("number", flat=True)
        )
        super().__init__(data, initial={"number": next_number(action.number, numbers)})
        if action.first < action.last:
            ends = Span(action.first, action.last.plus(-1))
            self.fields["last"] = forms.ChoiceField(
                label=self.fields["last"].label, choices=half_year_choices(ends)
            )

    def clean_last(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["last"])


def next_number(number: str, taken: set[str]) -> str:
    """A number for what carries on: ``3.4`` gives ``3.4b``, then ``3.4c``; empty for none."""
    stem = re.sub(r"(?<=\d)[b-z]$", "", number)
    if not stem:
        return ""
    free = (f"{stem}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    return next((one for one in free if one not in taken), "")
