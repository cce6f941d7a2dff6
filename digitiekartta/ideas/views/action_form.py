"""The form of a new action that an idea becomes."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.roadmaps.forms.new_action import NewActionForm
from digitiekartta.roadmaps.forms.texts import text_fields
from digitiekartta.roadmaps.models import Action, Roadmap
from digitiekartta.roadmaps.services.actions import NewAction

from ..models import Idea
from ..rules import NOTE_LONGEST
from ..words import in_action_note


class IdeaActionForm(NewActionForm):
    """A new action, and what is told of it on the idea's page."""

    def __init__(self, data: Any = None, *, roadmap: Roadmap) -> None:
        super().__init__(data, roadmap=roadmap)
        note = text_fields(
            "note", _("Public note to the idea"), self.languages, rows=3, longest=NOTE_LONGEST,
            required=True,
        )  # fmt: skip
        self.fields.update(note)
        self.texts = {**self.texts, "note": (_("Public note to the idea"), 3, NOTE_LONGEST)}


def action_form(data: Any, roadmap: Roadmap, idea: Idea, today: datetime.date) -> IdeaActionForm:
    """The form as it begins: in the idea's words, from the next half-year on."""
    form = IdeaActionForm(data, roadmap=roadmap)
    soon = max(HalfYear.of(today).plus(1), roadmap.first)
    begins = min(soon, roadmap.last)
    form.initial.update({"first": str(begins), "last": str(begins)})
    for code in form.languages:
        form.initial[f"title_{code}"] = idea.title.get(code, "")
        form.initial[f"statement_{code}"] = idea.proposal.get(code, "")
        form.initial[f"note_{code}"] = in_action_note(code)
    return form


def action_of(form: IdeaActionForm, roadmap: Roadmap) -> NewAction:
    """The action that was filled in, after those that there are."""
    given = form.cleaned_data
    texts = {name: text for name, text in given["texts"].items() if name != "note"}
    ranks = Action.objects.filter(roadmap=roadmap).order_by("-rank").values_list("rank", flat=True)
    return NewAction(
        number=given["number"].strip(),
        texts=texts,
        span=given["span"],
        goal_id=given["goal_id"],
        responsible_id=given["responsible_id"],
        rank=(ranks.first() or 0) + 1,
    )
