"""Texts of the roadmap, goals, indicators and their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.levels.models import Priority
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Goal, Indicator, Roadmap
from ..rules import Direction
from .action import reason_field
from .texts import TextsForm, languages_of

LABELS = {
    "title": (_("Name of the roadmap"), 0, 200),
    "foreword": (_("Foreword"), 8, 20000),
    "vision": (_("Vision"), 2, 500),
    "vision_lead": (_("The vision explained"), 4, 4000),
    "operating_model": (_("Operating model"), 8, 20000),
}


class RoadmapTextsForm(TextsForm):
    """Some texts of the roadmap, named by ``names``."""

    names: tuple[str, ...] = ()
    reason = reason_field(_("Why does the text change?"), required=False)

    def __init__(self, data: Any = None, *, roadmap: Roadmap) -> None:
        super().__init__(
            data,
            languages=languages_of(roadmap.ledger_id),
            texts={name: LABELS[name] for name in self.names},
            held={name: getattr(roadmap, name) for name in self.names},
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["texts"] = self.changed_texts()
        return given


class VisionForm(RoadmapTextsForm):
    """The vision and what it means."""

    names = ("vision", "vision_lead")


class ForewordForm(RoadmapTextsForm):
    """The foreword, and what the roadmap is called."""

    names = ("title", "foreword")


class OperatingModelForm(RoadmapTextsForm):
    """How the roadmap is run."""

    names = ("operating_model",)


class GoalForm(TextsForm):
    """What a goal says, its number and the priority that it comes from."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "w-s"}),
    )
    priority = forms.ChoiceField(label=_("Development priority"), required=False)
    reason = reason_field(_("Why does the goal change?"), required=False)

    def __init__(self, data: Any = None, *, goal: Goal | None = None, roadmap: Roadmap) -> None:
        held: dict[str, Mapping[str, str]] = {}
        if goal is not None:
            held = {"title": goal.title, "description": goal.description}
        start = {"number": goal.number if goal else _next(roadmap)}
        start["priority"] = str(goal.priority_id or "") if goal else ""
        super().__init__(
            data,
            languages=languages_of(roadmap.ledger_id),
            texts={
                "title": (_("Name of the goal"), 0, 200),
                "description": (_("Description"), 4, 4000),
            },
            held=held,
            initial=start,
            needed="title",
        )
        priorities = forms.ChoiceField(
            label=_("Development priority"),
            choices=[("", _("No development priority")), *_priorities(roadmap)],
            required=False,
        )
        self.fields["priority"] = priorities

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["title"], given["description"] = self.written("title"), self.written("description")
        given["priority_id"] = UUID(given["priority"]) if given.get("priority") else None
        return given


def _next(roadmap: Roadmap) -> Any:
    numbers = Goal.objects.filter(roadmap=roadmap).values_list("number", flat=True)
    return 1 + max(numbers, default=0)


def _priorities(roadmap: Roadmap) -> list[tuple[str, str]]:
    """The priorities of the roadmap's framework, by number and name."""
    language = active_language()
    rows = Priority.objects.filter(
        ledger_id=roadmap.ledger_id, perspective__framework=roadmap.framework_id, removed=False
    ).select_related("perspective")
    return [
        (str(one.pk), f"{one.number} {pick(one.perspective.name, language).text}")
        for one in rows.order_by("number")
    ]


class IndicatorForm(TextsForm):
    """What an indicator measures, which way it should move, and to what."""

    direction = forms.ChoiceField(
        label=_("Which way should it move?"),
        choices=[(str(Direction.UP), _("Up")), (str(Direction.DOWN), _("Down"))],
        widget=forms.RadioSelect,
    )
    target = forms.FloatField(
        label=_("Target"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-s"}),
        error_messages={"invalid": _("Write a number.")},
    )
    reason = reason_field(_("Why does the indicator change?"), required=False)

    def __init__(
        self, data: Any = None, *, goal: Goal, piece: Indicator | None = None, **_more: Any
    ) -> None:
        names = ("name", "unit", "source")
        start = {
            "direction": piece.direction if piece else str(Direction.UP),
            "target": piece.target if piece else None,
        }
        super().__init__(
            data,
            languages=languages_of(goal.ledger_id),
            texts={
                "name": (_("Name of the indicator"), 0, 200),
                "unit": (_("Unit"), 0, 40),
                "source": (_("Source"), 0, 200),
            },
            held={name: getattr(piece, name) if piece else {} for name in names},
            initial=start,
            needed="name",
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.update({name: self.written(name) for name in self.texts})
        return given


class ValueForm(forms.Form):
    """The value of an indicator on a day."""

    measured_on = forms.DateField(
        label=_("Day of measuring"),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-m"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the day as 9.12.2026.")},
    )
    value = forms.FloatField(
        label=_("Value"),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-s"}),
        error_messages={"invalid": _("Write a number.")},
    )

    def __init__(self, data: Any = None, *, goal: Goal, piece: Indicator, **_more: Any) -> None:
        super().__init__(data)
