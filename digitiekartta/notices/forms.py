"""The forms of following and of choosing reminders."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rules import Kind
from .words import KINDS

_OPENED = "digitiekartta.notices.opened"
SHORTEST_SECONDS = 2
LONGEST_SECONDS = 43_200


def opened_now() -> str:
    """When a form was opened, signed."""
    return signing.dumps(int(time.time()), salt=_OPENED)


class FollowForm(forms.Form):
    """What a resident wants to follow, and her address. Kept from programs by a field that people
    leave empty and by the time that writing takes."""

    what = forms.ChoiceField(label=_("What do you want to follow?"))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Give your e-mail address."),
            "invalid": _("Write the address as name@example.fi."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, subjects: Sequence[tuple[str, str]], chosen: str
    ) -> None:
        super().__init__(data, initial={"what": chosen})
        self.fields["what"].choices = subjects  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("website"):
            self.add_error(None, gettext("Leave the hidden field empty: people don't fill it in."))
        try:
            opened = signing.loads(given.get("opened") or "", salt=_OPENED)
        except signing.BadSignature:
            opened = 0
        ago = time.time() - opened
        if ago > LONGEST_SECONDS:
            self.add_error(None, gettext("The form had been open for long. Send it again."))
        elif ago < SHORTEST_SECONDS:
            self.add_error(
                None, gettext("The form was sent at once. Wait a few seconds and send it again.")
            )
        return given


class RemindersForm(forms.Form):
    """Which kinds of reminders a recipient wants."""

    kinds = forms.MultipleChoiceField(
        label=_("I want to be reminded of these"),
        required=False,
        choices=[(str(one), KINDS[one]) for one in Kind],
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> list[Kind]:
        return [Kind(one) for one in self.cleaned_data["kinds"]]
