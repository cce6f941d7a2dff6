"""What the coordinator fills in. Errors keep everything that was typed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rules import K_DISTRIBUTION, K_MEAN, Broken, RoundError, Way
from .services.rounds import Settings
from .services.units import Group
from .words import BROKEN, WAYS

LANGUAGES = ("fi", "sv", "en")
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
MOST_STAFF = 200_000


def _day(label: Any, hint: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": BROKEN[Broken.DATES_NEEDED],
            "invalid": _("Write the day as 9.12.2026."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-m"}),
    )


_K_ERRORS = {
    "required": BROKEN[Broken.K_TOO_SMALL],
    "invalid": BROKEN[Broken.K_TOO_SMALL],
    "min_value": BROKEN[Broken.K_TOO_SMALL],
}


class RoundForm(forms.Form):
    """Name, framework, days and the smallest groups shown."""

    name_fi = forms.CharField(
        label=_("Name in Finnish"),
        max_length=120,
        error_messages={"required": _("Give the round a name in Finnish.")},
    )
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    framework = forms.ChoiceField(label=_("What is asked"))
    opens_on = _day(
        _("First day of answering"),
        _("Answers are taken from the beginning of this day, once you have opened the round."),
    )
    closes_on = _day(
        _("Last day of answering"), _("Answers are taken until midnight. Two weeks is usual.")
    )
    k_mean = forms.IntegerField(
        label=_("Smallest group whose mean is shown"),
        help_text=_("At least 5 people who work there and at least 5 who answered."),
        min_value=K_MEAN,
        max_value=1000,
        initial=K_MEAN,
        error_messages=_K_ERRORS,
    )
    k_distribution = forms.IntegerField(
        label=_("Smallest group whose distribution is shown"),
        help_text=_("At least 10. A distribution tells more of each person than a mean does."),
        min_value=K_DISTRIBUTION,
        max_value=1000,
        initial=K_DISTRIBUTION,
        error_messages=_K_ERRORS,
    )
    public_link = forms.BooleanField(
        label=_("Tell on the municipality's home page that the survey is open"),
        help_text=_("A line with a link to the page where staff answer, while answering goes on."),
        required=False,
    )

    def __init__(
        self, *args: Any, frameworks: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if frameworks:
            self.fields["framework"].choices = list(frameworks)  # type: ignore[attr-defined]
        else:
            del self.fields["framework"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            try:
                self.settings()
            except RoundError as broken:
                self.add_error(_FIELD_OF.get(str(broken.rule)), str(BROKEN[broken.rule]))
        return values

    def settings(self) -> Settings:
        """What was filled in. Raises RoundError where a rule is broken."""
        held = self.cleaned_data
        return Settings(
            name={one: held[f"name_{one}"] for one in LANGUAGES if held[f"name_{one}"]},
            opens_on=held["opens_on"],
            closes_on=held["closes_on"],
            k_mean=held["k_mean"],
            k_distribution=held["k_distribution"],
            public_link=held["public_link"],
        )


_FIELD_OF = {"k_too_small": "k_distribution", "closes_before_it_opens": "closes_on"}


class GroupsForm(forms.Form):
    """For each sector and unit: whether it answers, with how many people, and how."""

    def __init__(self, *args: Any, parties: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = [id for id, _name in parties]
        for id, name in parties:
            self.fields[f"asked-{id}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"staff-{id}"] = forms.IntegerField(
                label=gettext("%(unit)s: number of staff") % {"unit": name},
                required=False,
                min_value=0,
                max_value=MOST_STAFF,
                error_messages={
                    one: gettext("%(unit)s: the number of staff must be a whole number.")
                    % {"unit": name}
                    for one in ("invalid", "min_value", "max_value")
                },
            )
            self.fields[f"way-{id}"] = forms.ChoiceField(
                label=gettext("%(unit)s: way of answering") % {"unit": name},
                choices=[(str(way), str(word)) for way, word in WAYS.items()],
            )

    def groups(self) -> list[Group]:
        """The groups that were chosen, in the order of the list."""
        held = self.cleaned_data
        return [
            Group(id, held[f"staff-{id}"] or 0, Way(held[f"way-{id}"]))
            for id in self.parties
            if held[f"asked-{id}"]
        ]


class MergeForm(forms.Form):
    """Groups that answer as one, and what they are called together."""

    units = forms.MultipleChoiceField(
        label=_("Groups that answer as one"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": BROKEN[Broken.TOO_FEW_TO_MERGE]},
    )
    name_fi = forms.CharField(
        label=_("Name in Finnish"),
        max_length=120,
        error_messages={"required": _("Give the merged group a name in Finnish.")},
    )
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    way = forms.ChoiceField(label=_("Way of answering"), choices=list(WAYS.items()))

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]

    def name(self) -> dict[str, str]:
        """The name by language."""
        held = self.cleaned_data
        return {one: held[f"name_{one}"] for one in LANGUAGES if held[f"name_{one}"]}

    def unit_ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["units"]]


class PasteForm(forms.Form):
    """Rows copied from a spreadsheet."""

    rows = forms.CharField(
        label=_("Rows from a spreadsheet"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )


class ExtendForm(forms.Form):
    """A later last day."""

    closes_on = _day(_("New last day of answering"), required=True)

    def clean_closes_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["closes_on"]
        if day.year > 2200:
            raise forms.ValidationError(_("Give a day of this century or the next."))
        return day


class SpareForm(forms.Form):
    """How many spare codes."""

    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=MOST_STAFF)
