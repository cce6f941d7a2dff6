"""Texts in the municipality's languages, days and choices of parties, as fields of forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..words import LANGUAGE_WORDS

DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
Texts = Mapping[str, str]


class TextsForm(forms.Form):
    """A form that asks some texts in each of the municipality's languages."""

    def add_texts(
        self,
        name: str,
        label: Any,
        held: Texts,
        languages: Sequence[str],
        *,
        hint: Any = "",
        needed: Any = "",
        lines: int = 0,
        most: int = 200,
    ) -> None:
        """Fields ``<name>_fi`` and so on. ``needed`` is the error where the first of them is
        missing; ``lines`` makes them as high as so many lines."""
        for place, code in enumerate(languages):
            required = bool(needed) and place == 0
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=format_lazy("{} {}", label, LANGUAGE_WORDS[code])
                if len(languages) > 1
                else label,
                help_text=hint if place == 0 else "",
                required=required,
                max_length=most,
                initial=held.get(code, ""),
                error_messages={"required": needed} if required else None,
                widget=forms.Textarea(attrs={"rows": lines, "lang": code})
                if lines
                else forms.TextInput(attrs={"lang": code}),
            )

    def texts(self, name: str, held: Texts) -> dict[str, str]:
        """What was typed, with the languages that the form did not ask as they were."""
        kept = {code: text for code, text in held.items() if f"{name}_{code}" not in self.fields}
        typed = {
            code: self.cleaned_data[f"{name}_{code}"].replace("\r\n", "\n")
            for code in LANGUAGE_WORDS
            if self.cleaned_data.get(f"{name}_{code}")
        }
        return {**kept, **typed}


def day_field(label: Any, hint: Any = "", *, required: bool = False) -> forms.DateField:
    """A day, typed in Finnish or picked."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": _("Give the day."),
            "invalid": _("Write the day as 9.12.2026."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-m"}),
    )


def choice_field(
    label: Any,
    options: Iterable[tuple[Any, Any]],
    *,
    empty: Any = "",
    hint: Any = "",
    required: bool = False,
) -> forms.ChoiceField:
    """One of the options; ``empty`` is the word for none of them."""
    choices = [(str(value), word) for value, word in options]
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=required,
        choices=choices if required and not empty else [("", empty or "–"), *choices],
        error_messages={
            "required": _("Choose one."),
            "invalid_choice": _("Choose one of the list."),
        },
    )
