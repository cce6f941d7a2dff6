"""Words of statuses, wordings of perspectives, the period and the texts of a roadmap."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.models import Perspective
from digitiekartta.municipalities.rules import HalfYear, Span

from ..own_words import usual_words

LANGUAGE_WORDS = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
LONGEST_WORD = 40
Texts = Mapping[str, str]


def said_in(word: Any, language: str) -> str:
    """A lazy word in another language than the page's."""
    with translation.override(language):
        return str(word)


class WordingsForm(forms.Form):
    """The municipality's own words for situations and statuses; empty ones are the usual."""

    def __init__(
        self,
        *args: Any,
        held: Mapping[str, Texts],
        languages: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.languages, self.usual = held, languages, usual_words()
        for key, code in self._pairs():
            self.fields[f"{key}_{code}"] = forms.CharField(
                label=format_lazy("{} {}", self.usual[key], LANGUAGE_WORDS[code]),
                required=False,
                max_length=LONGEST_WORD,
                initial=held.get(key, {}).get(code, ""),
                widget=forms.TextInput(
                    attrs={
                        "lang": code,
                        "placeholder": said_in(self.usual[key], code),
                        "class": "w-m",
                    }
                ),
            )

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return ((key, code) for key in self.usual for code in self.languages)

    def rows(self) -> list[tuple[Any, list[Any]]]:
        """The fields by word."""
        return [
            (word, [self[f"{key}_{code}"] for code in self.languages])
            for key, word in self.usual.items()
        ]

    def wordings(self) -> dict[str, dict[str, str]]:
        """What was filled in, with the languages that were not asked as they were."""
        made: dict[str, dict[str, str]] = {}
        for key in self.usual:
            kept = {
                code: word
                for code, word in self.held.get(key, {}).items()
                if code not in self.languages
            }
            typed = {code: self.cleaned_data[f"{key}_{code}"] for code in self.languages}
            words = {**kept, **{code: word for code, word in typed.items() if word}}
            if words:
                made[key] = words
        return made


class PerspectiveForm(forms.Form):
    """The wordings of one perspective in the municipality's languages."""

    NAMES = (
        ("question", _("Question of the survey")),
        ("name", _("Public name")),
        ("short_name", _("Short name")),
        ("note", _("Remark")),
    )

    def __init__(
        self, *args: Any, perspective: Perspective, languages: Sequence[str], **kwargs: Any
    ) -> None:
        kwargs["prefix"] = f"n{perspective.number}"
        super().__init__(*args, **kwargs)
        self.perspective, self.languages = perspective, languages
        for name, label in self.NAMES:
            held: Texts = getattr(perspective, name)
            for code in languages:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=format_lazy("{} {}", label, LANGUAGE_WORDS[code]),
                    required=name == "name" and code == languages[0],
                    max_length=600 if name == "note" else 300,
                    initial=held.get(code, ""),
                    error_messages={"required": _("Give the name.")},
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                )

    def wordings(self) -> dict[str, dict[str, str]]:
        """What was filled in, by name of the wording."""
        return {name: self._texts(name) for name, _label in self.NAMES}

    def _texts(self, name: str) -> dict[str, str]:
        held: Texts = getattr(self.perspective, name)
        kept = {code: text for code, text in held.items() if code not in self.languages}
        typed = {code: self.cleaned_data[f"{name}_{code}"] for code in self.languages}
        return {**kept, **{code: text.strip() for code, text in typed.items() if text.strip()}}

    @property
    def asks_otherwise(self) -> bool:
        """Whether the survey's question was changed."""
        return self._texts("question") != dict(self.perspective.question)


class PeriodForm(forms.Form):
    """The period of the first roadmap, in whole half-years."""

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = HalfYear.of(today)
        halves = [begins.plus(step) for step in range(-4, 12)]
        choices = [(str(one), self._word(one)) for one in halves]
        for name, label, first in (
            ("first", _("First half-year"), HalfYear(today.year + 1, 1)),
            ("last", _("Last half-year"), HalfYear(today.year + 3, 2)),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=str(first))

    @staticmethod
    def _word(one: HalfYear) -> Any:
        halves = {1: _("January–June %(year)s"), 2: _("July–December %(year)s")}
        return halves[one.half] % {"year": one.year}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and values["last"] < values["first"]:
            self.add_error("last", _("The last half-year is before the first."))
        return values

    def period(self) -> Span:
        """The period that was chosen."""
        held = self.cleaned_data
        return Span(HalfYear.parse(held["first"]), HalfYear.parse(held["last"]))


class RoadmapTextsForm(forms.Form):
    """The texts of a roadmap in the municipality's languages."""

    NAMES = (
        ("foreword", _("Foreword"), 6),
        ("vision", _("Vision"), 2),
        ("vision_lead", _("What the vision means"), 3),
        ("operating_model", _("Operating model"), 6),
    )

    def __init__(
        self, *args: Any, held: Mapping[str, Texts], languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.languages = held, languages
        for name, label, rows in self.NAMES:
            for code in languages:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=format_lazy("{} {}", label, LANGUAGE_WORDS[code])
                    if len(languages) > 1
                    else label,
                    required=False,
                    max_length=20_000,
                    initial=held[name].get(code, ""),
                    widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
                )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was filled in, by name of the text; unchanged ones are left out."""
        made = {}
        for name, _label, _rows in self.NAMES:
            kept = {k: v for k, v in self.held[name].items() if k not in self.languages}
            typed = {
                code: self.cleaned_data[f"{name}_{code}"].replace("\r\n", "\n").strip()
                for code in self.languages
            }
            texts = {**kept, **{code: text for code, text in typed.items() if text}}
            if texts != dict(self.held[name]):
                made[name] = texts
        return made
