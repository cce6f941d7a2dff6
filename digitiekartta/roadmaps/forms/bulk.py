"""One change to many actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from digitiekartta.documents.registry import Audience

from ..bulk_rules import MOST_STEPS, Bulk, BulkKind
from ..models import Roadmap
from .action import party_choices, reason_field
from .standing import goal_choices

KINDS = {
    BulkKind.MOVE: _("Move the schedule"),
    BulkKind.HAND_OVER: _("Hand over"),
    BulkKind.GOAL: _("Set the goal"),
    BulkKind.PAUSE: _("Pause"),
    BulkKind.CANCEL: _("Cancel"),
    BulkKind.SHOW: _("Choose who sees them"),
}
AUDIENCES = [
    (str(Audience.PUBLIC), _("Everybody")),
    (str(Audience.MEMBERS), _("The municipality's own")),
    (str(Audience.TEAM), _("The digital team")),
]


class BulkForm(forms.Form):
    """What is done, with what it needs, and one reason for all."""

    kind = forms.ChoiceField(
        label=_("What is done to them?"),
        choices=[(str(one), words) for one, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is done.")},
    )

    def __init__(self, data: Any = None, *, roadmap: Roadmap) -> None:
        super().__init__(data)
        self.fields["steps"] = forms.TypedChoiceField(
            label=_("When moving: by how much"),
            choices=[("", "–"), *_steps()],
            required=False,
            coerce=int,
            empty_value=None,
        )
        self.fields["party"] = forms.ChoiceField(
            label=_("When handing over: to whom"),
            choices=[("", "–"), *party_choices(roadmap.ledger_id)],
            required=False,
        )
        self.fields["goal"] = forms.ChoiceField(
            label=_("When setting the goal: which one"),
            choices=[("", _("No goal")), *goal_choices(roadmap.pk)],
            required=False,
        )
        self.fields["audience"] = forms.ChoiceField(
            label=_("When choosing who sees them: who"), choices=AUDIENCES, required=False
        )
        self.fields["reason"] = reason_field(_("Why? One reason for all of them."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind == BulkKind.MOVE and not given.get("steps"):
            self.add_error("steps", _("Choose by how much they move."))
        if kind == BulkKind.HAND_OVER and not given.get("party"):
            self.add_error("party", _("Choose to whom they are handed over."))
        if not self.errors:
            given["bulk"] = Bulk(
                kind=BulkKind(given["kind"]),
                steps=given["steps"] or 0,
                party_id=UUID(given["party"]) if given["party"] else None,
                goal_id=UUID(given["goal"]) if given["goal"] else None,
                audience=Audience(given["audience"] or Audience.PUBLIC),
            )
        return given


def _steps() -> list[tuple[str, str]]:
    found = []
    for steps in (*range(1, MOST_STEPS + 1), *range(-1, -MOST_STEPS - 1, -1)):
        n = abs(steps)
        later = ngettext("%(n)s half-year later", "%(n)s half-years later", n)
        earlier = ngettext("%(n)s half-year earlier", "%(n)s half-years earlier", n)
        found.append((str(steps), (later if steps > 0 else earlier) % {"n": n}))
    return found
