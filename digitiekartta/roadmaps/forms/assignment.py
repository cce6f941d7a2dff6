"""Who does an action: the person and the deputies, and what the responsible party says of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.accounts.models import Person
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Action


class PersonForm(forms.Form):
    """The responsible person and who stands in for her."""

    person = forms.ChoiceField(label=_("Responsible person"), required=False)
    deputies = forms.MultipleChoiceField(
        label=_("Deputies"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        held = {"person": str(action.person_id or ""), "deputies": list(action.deputies)}
        super().__init__(data, initial=held)
        people = _people(action, {str(action.person_id), *action.deputies})
        self.fields["person"] = forms.ChoiceField(
            label=_("Responsible person"), choices=[("", _("Nobody yet")), *people], required=False
        )
        self.fields["deputies"] = forms.MultipleChoiceField(
            label=_("Deputies"),
            choices=people,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        person = given.get("person")
        given["person_id"] = UUID(person) if person else None
        given["deputy_ids"] = [UUID(one) for one in given.get("deputies", ()) if one != person]
        return given


def _people(action: Action, named: set[str]) -> list[tuple[str, str]]:
    """Those who are here, and those who are named although they have left."""
    rows = Person.objects.filter(ledger_id=action.ledger_id).order_by("name")
    return [
        (str(id), name)
        for id, name, left_on in rows.values_list("pk", "name", "left_on")
        if left_on is None or str(id) in named
    ]


class ObjectionForm(forms.Form):
    """Why the responsible party can't answer for the action."""

    objection = forms.CharField(
        label=_("Why can the action not be yours?"),
        max_length=1000,
        help_text=_("The digital team reads this and answers or hands the action over."),
        error_messages={"required": _("Tell the reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        held = pick(action.objection, active_language()).text
        super().__init__(data, initial={"objection": held})


class NothingForm(forms.Form):
    """An edit that asks nothing: pressing the button does it."""

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)
