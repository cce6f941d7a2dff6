"""What the coordinator fills in of levels. Errors keep everything that was typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from digitiekartta.ui import formats

from .services import Decided

DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
LANGUAGE_NAMES = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
LONGEST = 2000
MOST_STAFF = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A perspective as forms name it."""

    id: UUID
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class LevelField(forms.DecimalField):
    """A level of the scale with at most one decimal, with a comma or a point."""

    widget = forms.TextInput

    def __init__(self, name: str, **options: Any) -> None:
        said = gettext("%(perspective)s: write a level from 1 to 5, such as 3 or 3.5.") % {
            "perspective": name
        }
        kinds = ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits")
        super().__init__(
            label=name,
            min_value=1,
            max_value=5,
            decimal_places=1,
            error_messages={
                **dict.fromkeys((*kinds, "max_whole_digits"), said),
                "required": gettext("%(perspective)s: the level is missing.")
                % {"perspective": name},
            },
            **options,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "level"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | float | int):
            return formats.decimal(value, get_language() or "fi", trim=True)
        return value


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": _("Give the day."),
            "invalid": _("Write the day as 9.12.2026."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-m"}),
    )


def _past(day: datetime.date, today: datetime.date) -> datetime.date:
    if day > today:
        raise forms.ValidationError(gettext("The day is in the future."))
    return day


class DecisionForm(forms.Form):
    """Which body decided, when, and a reference where there is one."""

    body = forms.ChoiceField(
        label=_("Who decided"),
        error_messages={
            "required": _("Choose who decided."),
            "invalid_choice": _("Choose who decided."),
        },
    )
    decided_on = _day(_("Day of the decision"))
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("A section (§), case number or the like, if there is one."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[str, str]], today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]

    def clean_decided_on(self) -> datetime.date:
        return _past(self.cleaned_data["decided_on"], self.today)

    def decided(self, summary: Mapping[str, str]) -> Decided:
        """The decision as it was filled in."""
        held = self.cleaned_data
        return Decided(UUID(held["body"]), held["decided_on"], summary, held["reference"])


class BaselineForm(DecisionForm):
    """Which measurement was named as the baseline."""

    what = forms.ChoiceField(
        label=_("Which measurement was named as the baseline?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the measurement."),
            "invalid_choice": _("Choose the measurement."),
        },
    )
    reason = forms.CharField(
        label=_("Why is the baseline changed?"),
        help_text=_("The gaps are counted from the baseline, so changing it changes them all."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tell why the baseline is changed.")},
    )
    field_order = ("what", "reason", "body", "decided_on", "reference")

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, str]], now_chosen: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(choices)  # type: ignore[attr-defined]
        if not now_chosen:
            del self.fields["reason"]
        elif self.data.get("what") == now_chosen:
            self.fields["reason"].required = False


class LevelsForm(forms.Form):
    """A level for each perspective: those left empty are not known."""

    def __init__(self, *args: Any, perspectives: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perspectives = tuple(perspectives)
        for one in perspectives:
            self.fields[f"level-{one.number}"] = LevelField(str(one), required=False)

    def levels(self) -> dict[UUID, float]:
        """The levels that were written, by perspective."""
        held = {one.id: self.cleaned_data[f"level-{one.number}"] for one in self.perspectives}
        return {id: float(value) for id, value in held.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not self.levels():
            self.add_error(None, gettext("Write at least one level."))
        return values


class ByHandForm(LevelsForm, DecisionForm):
    """A baseline known from elsewhere, with its source."""

    name = forms.CharField(
        label=_("Name of the measurement"),
        help_text=_("For example: Staff survey 2024."),
        max_length=120,
        error_messages={"required": _("Give the measurement a name.")},
    )
    measured_on = _day(_("Day of the measurement"))
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where the figures are from, so that anybody can check them."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tell where the figures are from.")},
    )
    respondents = forms.IntegerField(
        label=_("How many answered"), min_value=1, max_value=MOST_STAFF, required=False
    )
    headcount = forms.IntegerField(
        label=_("Number of staff"), min_value=1, max_value=MOST_STAFF, required=False
    )

    def clean_measured_on(self) -> datetime.date:
        return _past(self.cleaned_data["measured_on"], self.today)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        answered, staff = values.get("respondents"), values.get("headcount")
        if answered and staff and answered > staff:
            self.add_error("respondents", gettext("More answered than there were staff."))
        return values


class EstimateForm(LevelsForm):
    """The management team's own estimate of a day."""

    measured_on = _day(_("Day of the estimate"))
    source = forms.CharField(
        label=_("How it was made"),
        help_text=_("For example: agreed in the management team's meeting before the survey."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_measured_on(self) -> datetime.date:
        return _past(self.cleaned_data["measured_on"], self.today)


class TargetsForm(DecisionForm):
    """A target and its reason for each perspective, all in one table.

    The first values travel along, so that only what this writer changed is written.
    """

    def __init__(
        self, *args: Any, perspectives: Sequence[Asked], held: Sequence[UUID], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.perspectives = tuple(perspectives)
        self.held = frozenset(held)
        for one in perspectives:
            level = LevelField(str(one), required=False, show_hidden_initial=True)
            self.fields[f"level-{one.number}"] = level
            self.fields[f"reason-{one.number}"] = forms.CharField(
                label=gettext("%(perspective)s: reason") % {"perspective": one},
                max_length=LONGEST,
                required=False,
                show_hidden_initial=True,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for one in self.perspectives:
            level = f"level-{one.number}"
            if level in self.errors or values.get(level) is not None:
                continue
            if one.id in self.held and level in self.changed_data:
                said = gettext("%(perspective)s: a target can be changed but not emptied.")
                self.add_error(level, said % {"perspective": one})
            elif one.id not in self.held and values.get(f"reason-{one.number}"):
                self.add_error(
                    level, gettext("%(perspective)s: the level is missing.") % {"perspective": one}
                )
        return values

    def changed(self) -> list[tuple[UUID, float | None, str | None]]:
        """The perspectives that were changed: the new level and reason, None for what was not."""
        now = set(self.changed_data)
        found = []
        for one in self.perspectives:
            level, reason = f"level-{one.number}", f"reason-{one.number}"
            if level in now or reason in now:
                value = self.cleaned_data[level] if level in now else None
                found.append(
                    (
                        one.id,
                        None if value is None else float(value),
                        self.cleaned_data[reason] if reason in now else None,
                    )
                )
        return found


class TextsForm(DecisionForm):
    """A reason in the municipality's languages, the first of which is needed."""

    def __init__(
        self, *args: Any, languages: Sequence[str], needs_reason: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        for place, code in enumerate(languages):
            self.fields[f"reason_{code}"] = forms.CharField(
                label=gettext("Reason %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=LONGEST,
                required=needs_reason and place == 0,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _("Tell the reason.")},
            )
        self.order_fields(
            ["level", *(f"reason_{code}" for code in languages), "body", "decided_on", "reference"]
        )

    def reason(self) -> dict[str, str]:
        """The reason by language; an empty one says that a language was emptied."""
        return {code: self.cleaned_data[f"reason_{code}"] for code in self.languages}


class OneTargetForm(TextsForm):
    """One perspective's target."""

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = LevelField(name)
        self.fields["level"].label = gettext("Target level")
        self.order_fields(["level", *self.fields])


class ImportanceForm(forms.Form):
    """A place for each perspective with a target: every place once, 1 for the most important."""

    def __init__(self, *args: Any, perspectives: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perspectives = tuple(perspectives)
        for one in perspectives:
            said = gettext("%(perspective)s: choose a place from 1 to %(last)s.") % {
                "perspective": one,
                "last": len(perspectives),
            }
            kinds = ("required", "invalid", "min_value", "max_value")
            self.fields[f"place-{one.number}"] = forms.IntegerField(
                label=str(one),
                min_value=1,
                max_value=len(perspectives),
                error_messages=dict.fromkeys(kinds, said),
                widget=forms.NumberInput(attrs={"class": "level"}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        by_place: dict[int, Asked] = {}
        for one in self.perspectives:
            place = values.get(f"place-{one.number}")
            if place is None:
                continue
            first = by_place.setdefault(place, one)
            if first is not one:
                said = gettext("%(perspective)s has the same place %(place)s as %(other)s.")
                self.add_error(
                    f"place-{one.number}",
                    said % {"perspective": one, "place": place, "other": first},
                )
        return values

    def order(self) -> list[UUID]:
        """The perspectives, the most important first."""
        held = self.cleaned_data
        ranked = sorted(self.perspectives, key=lambda one: int(held[f"place-{one.number}"]))
        return [one.id for one in ranked]
