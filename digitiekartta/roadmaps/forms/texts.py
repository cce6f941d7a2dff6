"""Texts in the municipality's languages, one field for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.models import Municipality

LANGUAGE_NAMES = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


def languages_of(ledger_id: UUID) -> list[str]:
    """The languages in which the municipality writes."""
    found = Municipality.objects.filter(ledger_id=ledger_id)
    return list(found.values_list("languages", flat=True).get())


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


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The fields of one language. ``opened``: something in it has to be mended."""

    language: str
    name: Any
    fields: tuple[forms.BoundField, ...]
    opened: bool


class TextsForm(forms.Form):
    """A form with texts in several languages. ``texts`` gives for each name its label, the rows of
    its box (0: one line) and the most signs; ``needed`` is the text that may not be empty."""

    def __init__(
        self,
        data: Any,
        *,
        languages: list[str],
        texts: Mapping[str, tuple[Any, int, int]],
        held: Mapping[str, Mapping[str, str]],
        initial: Mapping[str, Any] | None = None,
        needed: str = "",
    ) -> None:
        self.languages, self.texts = languages, texts
        start = {**initial_texts(held, languages), **(initial or {})}
        super().__init__(data, initial=start)
        own = self.fields
        self.fields = {}
        for name, (label, rows, longest) in texts.items():
            self.fields.update(
                text_fields(
                    name, label, languages, rows=rows, longest=longest, required=name == needed
                )
            )
        self.fields.update(own)

    def by_language(self) -> list[InLanguage]:
        """The fields of the texts, language by language, the main one first."""
        found = []
        for place, language in enumerate(self.languages):
            fields = tuple(self[f"{name}_{language}"] for name in self.texts)
            opened = place == 0 or any(one.errors for one in fields)
            found.append(InLanguage(language, LANGUAGE_NAMES[language], fields, opened))
        return found

    def rest(self) -> list[forms.BoundField]:
        """The fields that are no texts of a language."""
        in_languages = {f"{name}_{one}" for name in self.texts for one in self.languages}
        return [one for one in self if one.name not in in_languages]

    def written(self, name: str) -> dict[str, str]:
        """A text in the languages in which something was written."""
        return text_of(self.cleaned_data, name, self.languages)

    def changed_texts(self) -> dict[str, dict[str, str]]:
        """The texts of which something was changed, whole."""
        changed = {name.rpartition("_")[0] for name in self.changed_data}
        return {name: self.written(name) for name in sorted(changed & set(self.texts))}
