"""Parties, seats and gates of the annual clock."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Gate, Party
from ..rules import BodyTask, PartyKind
from ..words import KINDS, TASKS
from .texts import TextsForm, choice_field, day_field

MOST_STAFF = 200_000
Choices = Sequence[tuple[str, str]]
_STAFF_ERRORS = {
    one: _("The number of staff must be a whole number.")
    for one in ("invalid", "min_value", "max_value")
}


class PartyForm(TextsForm):
    """A sector or unit, a body or a role. ``kinds`` are those that can be chosen."""

    def __init__(
        self,
        *args: Any,
        party: Party | None,
        languages: Sequence[str],
        parents: Choices,
        kinds: Sequence[PartyKind],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.party = party or Party()
        self.in_tree = PartyKind.SECTOR in kinds
        if party is None:
            options = [(kind, KINDS[kind]) for kind in kinds]
            self.fields["kind"] = choice_field(_("Kind"), options, required=True)
        self.add_texts("name", _("Name"), self.party.name, languages, needed=_("Give the name."))
        self.add_texts(
            "genitive",
            _("Genitive"),
            self.party.genitive,
            languages,
            hint=_("As in “the X's actions”. It may be left empty."),
        )
        if self.in_tree:
            self._add_tree(parents)
        tasks = [(one, TASKS[one]) for one in BodyTask]
        self.fields["task"] = choice_field(_("Task in the roadmap"), tasks, empty=_("No task"))
        self.fields["task"].initial = self.party.task
        self.add_texts(
            "duties", _("What it does"), self.party.duties, languages, lines=3, most=1000
        )

    def _add_tree(self, parents: Choices) -> None:
        self.fields["parent"] = choice_field(
            _("Belongs to"), parents, empty=_("Directly under the municipality")
        )
        self.fields["parent"].initial = str(self.party.parent_id or "")
        self.fields["headcount"] = forms.IntegerField(
            label=_("Number of staff"),
            help_text=_("Those who work there itself; the staff of its units are counted there."),
            required=False,
            min_value=0,
            max_value=MOST_STAFF,
            initial=self.party.headcount,
            error_messages=_STAFF_ERRORS,
            widget=forms.NumberInput(attrs={"class": "w-s"}),
        )

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the services' arguments."""
        held = self.cleaned_data
        values: dict[str, Any] = {
            name: self.texts(name, getattr(self.party, name))
            for name in ("name", "genitive", "duties")
        }
        values["task"] = held["task"]
        if self.in_tree:
            values["headcount"] = held["headcount"]
            values["parent_id"] = UUID(held["parent"]) if held["parent"] else None
        return values


@dataclass(frozen=True, slots=True)
class ListedSector:
    """A line of the list: a sector's name and its staff."""

    name: str
    headcount: int | None


class SectorListForm(forms.Form):
    """Sectors as a list, one a line, with the number of staff after a tab or semicolon."""

    lines = forms.CharField(
        label=_("Sectors, one a line"),
        help_text=_("After the name you may write the number of staff: Basic education; 320"),
        max_length=20_000,
        error_messages={"required": _("Write at least one sector.")},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean_lines(self) -> list[ListedSector]:
        listed = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            name, _mark, staff = (one.strip() for one in line.replace("\t", ";").partition(";"))
            if not name:
                continue
            digits = "".join(staff.split())
            known = digits.isascii() and digits.isdigit() and int(digits) <= MOST_STAFF
            if len(name) > 200 or (staff and not known):
                raise forms.ValidationError(
                    _("Line %(number)s could not be understood: write a name; a number."),
                    params={"number": number},
                )
            listed.append(ListedSector(name, int(digits) if staff else None))
        return listed


class EndForm(forms.Form):
    """The day of an end."""

    def __init__(self, *args: Any, label: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"] = day_field(label, required=True)
        self.fields["day"].initial = today

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("The day is in the future."))
        return day


class SeatForm(forms.Form):
    """A new seat of a body."""

    def __init__(self, *args: Any, parties: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represents"] = choice_field(_("Represents"), parties, required=True)
        self.fields["person"] = choice_field(_("Person"), people, empty=_("Not named yet"))
        self.fields["convener"] = forms.BooleanField(label=_("Convenes the body"), required=False)


class GateForm(TextsForm):
    """A date of the annual clock. Days are typed as day and month."""

    def __init__(
        self,
        *args: Any,
        gate: Gate | None,
        languages: Sequence[str],
        parties: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gate = gate or Gate()
        self.add_texts("name", _("Name"), self.gate.name, languages, needed=_("Give the name."))
        for name, label in (("first", _("Begins")), ("last", _("By"))):
            self.fields[name] = forms.CharField(
                label=label,
                max_length=6,
                initial=_shown(getattr(self.gate, name)),
                help_text=_("Day and month: 31.3."),
                error_messages={"required": _("Give the day and the month: 31.3.")},
                widget=forms.TextInput(attrs={"class": "w-s"}),
            )
        self.fields["last_year_only"] = forms.BooleanField(
            label=_("Only in the last year of the period"),
            required=False,
            initial=self.gate.last_year_only,
        )
        self.fields["party"] = choice_field(_("Who does it"), parties, empty=_("Not named"))
        self.fields["party"].initial = str(self.gate.party_id or "")
        self.add_texts(
            "description",
            _("What is done"),
            self.gate.description,
            languages,
            lines=3,
            most=1000,
        )

    def clean_first(self) -> str:
        return _read(self.cleaned_data["first"])

    def clean_last(self) -> str:
        return _read(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return values

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the services' arguments."""
        held = self.cleaned_data
        return {
            "name": self.texts("name", self.gate.name),
            "description": self.texts("description", self.gate.description),
            **{one: held[one] for one in ("first", "last", "last_year_only")},
            "party_id": UUID(held["party"]) if held["party"] else None,
        }


def _shown(written: str) -> str:
    month, _dash, day = written.partition("-")
    return f"{int(day)}.{int(month)}." if day else ""


def _read(typed: str) -> str:
    """``MM-DD`` of what was typed as ``31.3.``. Raises ValidationError."""
    parts = typed.strip().rstrip(".").split(".")
    try:
        day, month = (int(one) for one in parts)
        datetime.date(2026, month, day)
    except ValueError:
        raise forms.ValidationError(
            _("There is no such day every year. Write the day and the month: 31.3.")
        ) from None
    return f"{month:02d}-{day:02d}"
