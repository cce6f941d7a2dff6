"""What is told of an action in its own row: progress, an objection, a person, an effect."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.rules import EffectClass, Rule, Status
from digitiekartta.roadmaps.words import EFFECT_CLASSES, RULES
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

SENTENCE, REASON, NAME = 1000, 500, 200
Words = Mapping[Status, str]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RowForm(forms.Form):
    """A form of one action's row; its ids are the row's own, since a page has many."""

    def __init__(self, data: Any = None, *, action: Action, **options: Any) -> None:
        super().__init__(data, auto_id=f"t{action.serial}-%s", **options)


class ReportForm(RowForm):
    """How an action goes: a status, a sentence, and a reason where one is needed."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What has happened, in a sentence"),
        max_length=SENTENCE,
        required=False,
        widget=_area(2),
    )
    why = forms.CharField(
        label=_("Why is it late or paused?"),
        help_text=_("The reason is public."),
        max_length=REASON,
        required=False,
        widget=_area(2),
    )

    def __init__(self, data: Any = None, *, action: Action, words: Words) -> None:
        held = Status(action.status)
        why = pick(action.reason, active_language()).text
        super().__init__(data, action=action, initial={"status": str(held), "why": why})
        self.fields["status"] = forms.ChoiceField(
            label=self.fields["status"].label,
            choices=[(str(one), word) for one, word in words.items()],
            widget=forms.RadioSelect,
        )
        self._held = held

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        same = given.get("status") == self._held
        if same and not given.get("text") and "why" not in self.changed_data:
            self.add_error("text", str(RULES[Rule.NOTHING_TO_SAY]))
        return given


class ObjectionForm(RowForm):
    """Why somebody objects to an assignment."""

    objection = forms.CharField(
        label=_("Why does this not belong to you?"),
        help_text=_("The digital team reads this. It is not public."),
        max_length=REASON,
        widget=_area(2),
        error_messages={"required": _("Tell the reason.")},
    )


class PersonForm(RowForm):
    """Who the responsible person is."""

    person = forms.ChoiceField(
        label=_("Responsible person"),
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(
        self, data: Any = None, *, action: Action, people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data, action=action)
        self.fields["person"] = forms.ChoiceField(
            label=self.fields["person"].label,
            choices=[("", "–"), *people],
            error_messages={"required": _("Choose a person.")},
        )


class EffectForm(RowForm):
    """What the action is expected to change."""

    effect_class = forms.ChoiceField(
        label=_("What does it change?"),
        choices=[(str(one), words) for one, words in EFFECT_CLASSES.items()],
    )
    effect = forms.CharField(
        label=_("In a sentence"),
        max_length=REASON,
        widget=_area(2),
        error_messages={"required": _("Tell it in a sentence.")},
    )

    def chosen(self) -> EffectClass:
        return EffectClass(self.cleaned_data["effect_class"])


class BehalfForm(forms.Form):
    """One row of the page on which progress is recorded for others. Nothing in it is required:
    what is not filled in is left alone."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    text = forms.CharField(label=_("What has happened"), max_length=SENTENCE, required=False)
    why = forms.CharField(label=_("Reason"), max_length=REASON, required=False)
    told_by = forms.CharField(label=_("Who told"), max_length=NAME, required=False)

    def __init__(self, data: Any = None, *, action: Action, words: Words) -> None:
        serial = action.serial
        super().__init__(data, prefix=str(serial), auto_id=f"p{serial}-%s")
        kept = words[Status(action.status)]
        choices = [(str(one), word) for one, word in words.items() if one != action.status]
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"), required=False, choices=[("", kept), *choices]
        )

    @property
    def is_filled(self) -> bool:
        """Whether something was told: who told it says nothing alone."""
        return bool({"status", "text", "why"}.intersection(self.changed_data))


class TellerForm(forms.Form):
    """Who told and when, for all rows of the page that say nothing else."""

    told_by = forms.CharField(
        label=_("Who told"),
        help_text=_("Shown to members only. A row can name somebody else."),
        max_length=NAME,
        required=False,
    )
    told_on = forms.DateField(
        label=_("When"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Tell the day."), "invalid": _("Tell the day.")},
    )

    def __init__(self, data: Any = None, *, today: datetime.date) -> None:
        super().__init__(data, prefix="kertoja", initial={"told_on": today})
        self._today = today

    def clean_told_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["told_on"]
        if on > self._today:
            raise forms.ValidationError(str(RULES[Rule.IN_THE_FUTURE]))
        return on
