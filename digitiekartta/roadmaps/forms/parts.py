"""What belongs to an action: links, dependencies, effects and work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from digitiekartta.documents.registry import Audience
from digitiekartta.history.seen import as_seen
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.ui import formats
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Action, Dependency, Effect, Link, WorkEstimate
from ..rules import EffectPhase
from ..words import EFFECT_CLASSES, EFFECT_PHASES
from .texts import TextsForm, languages_of

MOST_DAYS = 5000


class Removals(forms.MultipleChoiceField):
    """What is ticked to be removed. What somebody else removed meanwhile is gone already."""

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        self._known = {id for id, _words in choices}
        super().__init__(
            label=_("Remove"),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(one) for one in value or () if one in self._known]


class LinksForm(TextsForm):
    """Links to remove, and one to add."""

    url = forms.URLField(
        label=_("Address of the new link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Begins with https:// or http://."),
        error_messages={"invalid": _("Write the whole address: https://…")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label=_("Who sees the link"),
        choices=[
            (str(Audience.PUBLIC), _("Everybody")),
            (str(Audience.MEMBERS), _("The municipality's own")),
            (str(Audience.TEAM), _("The digital team")),
        ],
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(
            data,
            languages=languages_of(action.ledger_id),
            texts={"title": (_("Name of the link"), 0, 200)},
            held={},
            initial={"audience": str(Audience.PUBLIC)},
        )
        language = active_language()
        rows = Link.objects.filter(action=action).order_by("pk")
        named = [(str(one.pk), pick(one.title, language).text or one.url) for one in rows]
        _remove_first(self, named)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["title"] = self.written("title")
        _something(self, given, "url", _("Write an address, or tick a link to remove."))
        return given


class DependenciesForm(forms.Form):
    """Actions that this one no longer needs, and one that it needs first."""

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)
        language = active_language()
        held = Dependency.objects.filter(action=action).select_related("depends_on")
        ordered = sorted(held, key=lambda one: (one.depends_on.rank, one.depends_on.serial))
        named = [(str(one.pk), action_name(one.depends_on, language)) for one in ordered]
        _remove_first(self, named)
        needed = {one.depends_on_id for one in held}
        self.fields["add"] = forms.ChoiceField(
            label=_("This action needs first"),
            choices=[("", "–"), *other_actions(action, lambda one: one.pk not in needed)],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _something(self, given, "add", _("Choose an action, or tick one to remove."))
        return given


class EffectsForm(TextsForm):
    """Effects to remove, and one to add."""

    effect_class = forms.ChoiceField(
        label=_("What it changes"),
        choices=[(str(one), words) for one, words in EFFECT_CLASSES.items()],
    )
    phase = forms.ChoiceField(
        label=_("Expected or observed"),
        choices=[(str(one), words) for one, words in EFFECT_PHASES.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(
            data,
            languages=languages_of(action.ledger_id),
            texts={"text": (_("New effect"), 2, 1000)},
            held={},
            initial={"phase": str(EffectPhase.EXPECTED)},
        )
        language = active_language()
        rows = Effect.objects.filter(action=action).order_by("effect_class", "phase", "pk")
        phases = {str(one): words for one, words in EFFECT_PHASES.items()}
        named = [
            (str(one.pk), f"{phases[one.phase]}: {pick(one.text, language).text}") for one in rows
        ]
        _remove_first(self, named)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["text"] = self.written("text")
        first = f"text_{self.languages[0]}"
        _something(self, given, "text", _("Write an effect, or tick one to remove."), first)
        return given


class WorkForm(forms.Form):
    """Person-days in each half-year of the action's schedule."""

    reason = forms.CharField(
        label=_("What is the estimate based on?"), max_length=500, required=False
    )

    def __init__(self, data: Any = None, *, action: Action, revision: int | None = None) -> None:
        rows = list(WorkEstimate.objects.filter(action=action))
        held = {
            one.half_year: (one if revision is None else as_seen(one, revision)).person_days
            for one in rows
        }
        super().__init__(data, initial={f"days_{half}": days for half, days in held.items()})
        halves = sorted({*Span(action.first, action.last), *held})
        own = self.fields
        self.fields = {f"days_{half}": _days(half) for half in halves} | own
        self.halves = halves

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["days"] = {
            half: given.get(name) or 0
            for half in self.halves
            if (name := f"days_{half}") in self.changed_data
        }
        return given


def _days(half: HalfYear) -> forms.IntegerField:
    return forms.IntegerField(
        label=formats.half_year(half.year, half.half, active_language()),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        error_messages={
            "invalid": _("Write the person-days in digits."),
            "min_value": _("The person-days may not be below zero."),
            "max_value": _("At most 5,000 person-days."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-s"}),
    )


def action_name(action: Action, language: str) -> str:
    """An action's number and name."""
    return f"{action.number} {pick(action.title, language).text}".strip()


def other_actions(action: Action, fits: Callable[[Action], bool]) -> list[tuple[str, str]]:
    """The other actions of the roadmap that go on, as a choice."""
    rows = Action.objects.filter(roadmap_id=action.roadmap_id, cancelled=False)
    language = active_language()
    return [
        (str(one.pk), action_name(one, language))
        for one in rows.exclude(pk=action.pk).order_by("rank", "serial")
        if fits(one)
    ]


def _remove_first(form: forms.Form, named: list[tuple[str, str]]) -> None:
    """The ticks for removing before the other fields; none where there is nothing to remove."""
    if named:
        form.fields = {"remove": Removals(named), **form.fields}


def _something(
    form: forms.Form, given: dict[str, Any], name: str, error: Any, at: str | None = None
) -> None:
    """Adds an error where nothing is added and nothing removed."""
    given.setdefault("remove", [])
    if not given.get(name) and not given["remove"] and not form.errors:
        form.add_error(at or name, error)
