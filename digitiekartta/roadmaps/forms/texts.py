"""Texts in the municipality's languages, one field for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


def text_fields(
    name: str,
    label: Any,
    languages: Iterable[str],
    *,
    rows: int = 0,
    longest: int = 4000,
    required: bool = False,
) -> dict[str, forms.CharField]:
    """Fields ``<name>_<language>``, the first language's required where any is."""
    fields: dict[str, forms.CharField] = {}
    for place, language in enumerate(languages):
        widget = forms.Textarea(attrs={"rows": rows, "lang": language}) if rows else None
        fields[f"{name}_{language}"] = forms.CharField(
            label=f"{label}, {LANGUAGE_NAMES[language]}",
            max_length=longest,
            required=required and place == 0,
            error_messages={"required": gettext("This may not be empty.")},
            widget=widget or forms.TextInput(attrs={"lang": language}),
        )
    return fields


def text_of(given: Mapping[str, Any], name: str, languages: Iterable[str]) -> dict[str, str]:
    """The text in the languages in which something was written."""
    written = {one: (given.get(f"{name}_{one}") or "").strip() for one in languages}
    return {one: text for one, text in written.items() if text}


def initial_texts(
    texts: Mapping[str, Mapping[str, str]], languages: Iterable[str]
) -> dict[str, str]:
    """What the fields of texts begin with."""
    return {f"{name}_{one}": text.get(one, "") for name, text in texts.items() for one in languages}
