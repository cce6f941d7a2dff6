"""What is changed of an action: wording, responsibility, ending, progress."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.models import Party
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Action
from ..rules import Rule, Status
from ..words import RULES, STATUSES
from .texts import TextsForm, languages_of

WORDING = {
    "title": (_("Name of the action"), 0, 200),
    "statement": (_("What is done"), 4, 4000),
    "benefit": (_("What residents notice"), 3, 2000),
    "outside_partners": (_("Partners from outside"), 0, 500),
    "communication": (_("Communication"), 2, 2000),
    "training": (_("Training"), 2, 2000),
}


def reason_field(label: Any, *, required: bool = True) -> forms.CharField:
    """Why; shown to everybody beside the change."""
    return forms.CharField(
        label=label,
        max_length=500,
        required=required,
        help_text=_("The reason is shown to everybody beside the change."),
        error_messages={"required": _("Tell the reason.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WordingForm(TextsForm):
    """The texts of an action in the municipality's languages."""

    reason = reason_field(_("Why does the wording change?"), required=False)

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(
            data,
            languages=languages_of(action.ledger_id),
            texts=WORDING,
            held={name: getattr(action, name) for name in WORDING},
            needed="title",
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["texts"] = self.changed_texts()
        return given


class HandOverForm(forms.Form):
    """To whom an action is handed over, and why."""

    responsible = forms.ChoiceField(label=_("New responsible party"))
    reason = reason_field(_("Why is it handed over?"))

    def __init__(self, data: Any = None, *, action: Action) -> None:
        held = str(action.responsible_id or "")
        super().__init__(data, initial={"responsible": held})
        self.fields["responsible"] = forms.ChoiceField(
            label=self.fields["responsible"].label,
            choices=[("", "–"), *party_choices(action.ledger_id)],
            error_messages={"required": _("Choose to whom it is handed over.")},
        )


def party_choices(ledger_id: Any) -> list[tuple[str, str]]:
    """The parties of a municipality that still work, by name."""
    rows = Party.objects.filter(ledger_id=ledger_id, ended_on=None).values_list("pk", "name")
    language = active_language()
    named = [(str(id), pick(name, language).text) for id, name in rows]
    return sorted(named, key=lambda one: one[1].casefold())


class EndForm(forms.Form):
    """Why an action is cancelled."""

    reason = reason_field(_("Why is the action cancelled?"))

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)


class ProgressForm(forms.Form):
    """How an action goes: a status, a sentence, and a reason where one is needed."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(str(one), words) for one, words in STATUSES.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What has happened, in a sentence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = forms.CharField(
        label=_("Reason, if the action is paused or late"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        why = pick(action.reason, active_language()).text
        super().__init__(data, initial={"status": action.status, "why": why})
        self._held = Status(action.status)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        status = given.get("status")
        if status == self._held and not given.get("text") and "why" not in self.changed_data:
            self.add_error("text", str(RULES[Rule.NOTHING_TO_SAY]))
        return given
