"""A new action."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.rules import HalfYear, Span

from ..models import Action, Goal, Roadmap
from ..rules import Rule
from ..words import RULES
from .action import party_choices, reason_field
from .schedule import half_year_choices
from .standing import goal_choices
from .texts import TextsForm, languages_of


class NewActionForm(TextsForm):
    """What a new action begins with; the rest is added on its page."""

    number = forms.CharField(
        label=_("Identifier"),
        max_length=20,
        required=False,
        help_text=_("Empty: the next number of the goal."),
        widget=forms.TextInput(attrs={"class": "w-s"}),
    )
    reason = reason_field(_("Why is the action added?"), required=False)

    def __init__(self, data: Any = None, *, roadmap: Roadmap) -> None:
        self._roadmap = roadmap
        super().__init__(
            data,
            languages=languages_of(roadmap.ledger_id),
            texts={
                "title": (_("Name of the action"), 0, 200),
                "statement": (_("What is done"), 3, 4000),
            },
            held={},
            needed="title",
        )
        halves = half_year_choices(Span(roadmap.first, roadmap.last))
        wrong = {"invalid_choice": RULES[Rule.OUTSIDE_THE_PERIOD]}
        self.fields["goal"] = forms.ChoiceField(
            label=_("Goal"), choices=[("", _("No goal")), *goal_choices(roadmap.pk)], required=False
        )
        self.fields["responsible"] = forms.ChoiceField(
            label=_("Responsible party"),
            choices=[("", _("Not yet")), *party_choices(roadmap.ledger_id)],
            required=False,
        )
        for name, label in (("first", _("Begins")), ("last", _("Ends"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=halves, error_messages=wrong)
        texts = [f"{name}_{one}" for one in self.languages for name in self.texts]
        self.order_fields([*texts, "goal", "number", "responsible", "first", "last", "reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["texts"] = {name: self.written(name) for name in self.texts}
        if {"first", "last"} <= set(given):
            first, last = HalfYear.parse(given["first"]), HalfYear.parse(given["last"])
            if last < first:
                self.add_error("last", str(RULES[Rule.ENDS_BEFORE_IT_BEGINS]))
            else:
                given["span"] = Span(first, last)
        for name in ("goal", "responsible"):
            given[f"{name}_id"] = UUID(given[name]) if given.get(name) else None
        if not given.get("number"):
            given["number"] = next_number(self._roadmap, given["goal_id"])
        return given


def next_number(roadmap: Roadmap, goal_id: UUID | None) -> str:
    """The number after the largest of the goal's actions: ``3.5`` after ``3.4``."""
    rows = Action.objects.filter(roadmap=roadmap)
    if goal_id is None:
        return str(1 + max((int(one) for one in _numbers(rows) if one.isdigit()), default=0))
    goal = Goal.objects.get(pk=goal_id, roadmap=roadmap)
    own = re.compile(rf"{goal.number}\.(\d+)")
    matched = (own.match(one) for one in _numbers(rows))
    return f"{goal.number}.{1 + max((int(one[1]) for one in matched if one), default=0)}"


def _numbers(rows: Any) -> list[str]:
    return list(rows.values_list("number", flat=True))
