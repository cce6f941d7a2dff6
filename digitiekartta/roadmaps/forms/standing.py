"""How an action stands in the roadmap: pausing, merging, coming back, its place, who sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.documents.registry import Audience
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..fields import ACTION
from ..models import Action, Goal
from ..rules import Status
from .action import reason_field
from .parts import other_actions
from .texts import TextsForm, languages_of

RESTRICTABLE = (
    "statement",
    "benefit",
    "person",
    "deputies",
    "outside_partners",
    "reason",
    "communication",
    "training",
)
"""The fields of an action that may be kept from everybody, one by one."""


class MergeForm(forms.Form):
    """Into which action another one is merged, and why."""

    merged_into = forms.ChoiceField(label=_("Merge into"))
    reason = reason_field(_("Why are they merged?"))

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)
        self.fields["merged_into"] = forms.ChoiceField(
            label=_("Merge into"),
            choices=[("", "–"), *other_actions(action, lambda one: True)],
            error_messages={"required": _("Choose the action that goes on.")},
        )
        self.order_fields(["merged_into", "reason"])


class PauseForm(forms.Form):
    """Why the work is paused."""

    reason = reason_field(_("Why is the work paused?"))

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)


class ResumeForm(forms.Form):
    """How paused work goes on."""

    status = forms.ChoiceField(
        label=_("How does it go on?"),
        choices=[
            (str(Status.ONGOING), _("The work goes on now")),
            (str(Status.NOT_STARTED), _("The work has not begun; it waits for its turn")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What has happened, in a sentence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data, initial={"status": str(Status.ONGOING)})


class RestoreForm(forms.Form):
    """Why a cancelled or merged action comes back."""

    reason = reason_field(_("Why does the action come back?"))

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data)


class PlaceForm(forms.Form):
    """The number that people see, and the goal."""

    number = forms.CharField(
        label=_("Identifier"),
        max_length=20,
        required=False,
        help_text=_("The address of the action does not change."),
        widget=forms.TextInput(attrs={"class": "w-s"}),
    )
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    reason = reason_field(_("Why does the number or the goal change?"), required=False)

    def __init__(self, data: Any = None, *, action: Action) -> None:
        held = {"number": action.number, "goal": str(action.goal_id or "")}
        super().__init__(data, initial=held)
        self.fields["goal"] = forms.ChoiceField(
            label=_("Goal"),
            choices=[("", _("No goal")), *goal_choices(action.roadmap_id)],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["goal_id"] = UUID(given["goal"]) if given.get("goal") else None
        return given


def goal_choices(roadmap_id: UUID) -> list[tuple[str, str]]:
    """The goals of a roadmap by number."""
    language = active_language()
    rows = Goal.objects.filter(roadmap_id=roadmap_id).order_by("number")
    return [(str(one.pk), f"{one.number} {pick(one.title, language).text}") for one in rows]


class VisibilityForm(forms.Form):
    """Who reads the action, which of its fields fewer read, and on what ground."""

    audience = forms.ChoiceField(
        label=_("Who sees the action"),
        choices=[
            (str(Audience.PUBLIC), _("Everybody")),
            (str(Audience.MEMBERS), _("The municipality's own")),
            (str(Audience.TEAM), _("The digital team")),
        ],
        widget=forms.RadioSelect,
    )
    restricted = forms.MultipleChoiceField(
        label=_("Only the municipality's own see"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Ground, when something is not public"),
        max_length=500,
        required=False,
        help_text=_(
            "Documents of an authority are public. Keep back only what the Act on the Openness of "
            "Government Activities (621/1999), section 24, makes secret, such as the arrangements "
            "of information security, or what is not yet public under section 6. Tell which."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        self._held = dict(action.restricted)
        held = {
            "audience": action.audience or str(Audience.PUBLIC),
            "restricted": [name for name in RESTRICTABLE if name in self._held],
        }
        super().__init__(data, initial=held)
        language = active_language()
        self.fields["restricted"] = forms.MultipleChoiceField(
            label=_("Only the municipality's own see"),
            choices=[
                (name, ACTION.by_name[name].label.in_language(language)) for name in RESTRICTABLE
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("restricted", [])
        given["marks"] = {
            **{name: mark for name, mark in self._held.items() if name not in RESTRICTABLE},
            **{name: self._held.get(name, str(Audience.MEMBERS)) for name in chosen},
        }
        narrowed = given.get("audience") != Audience.PUBLIC or set(chosen) - set(self._held)
        if narrowed and not given.get("reason"):
            self.add_error("reason", _("Tell the ground on which it is not public."))
        return given


class NoteForm(TextsForm):
    """A note of the digital team."""

    def __init__(self, data: Any = None, *, action: Action) -> None:
        languages = languages_of(action.ledger_id)[:1]
        super().__init__(
            data,
            languages=languages,
            texts={"internal_note": (_("Internal note"), 4, 4000)},
            held={"internal_note": action.internal_note},
        )
        self._held = action.internal_note

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        others = {one: text for one, text in self._held.items() if one not in self.languages}
        given["texts"] = {"internal_note": {**others, **self.written("internal_note")}}
        return given
