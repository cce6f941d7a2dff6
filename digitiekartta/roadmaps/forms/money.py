"""Money of an action: a new line, and what becomes of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.ui import formats
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Action, Funding
from ..rules import FundingKind, FundingState
from ..words import DECISION_KINDS, FUNDING_KINDS, FUNDING_STATES
from .action import reason_field

MOST = 10**12
STATES = [(str(one), words) for one, words in FUNDING_STATES.items()]


def euros(label: Any) -> forms.IntegerField:
    """A sum in whole euros, not required."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        localize=False,
        help_text=_("Whole euros, digits only."),
        error_messages={
            "invalid": _("Write the sum in whole euros, digits only."),
            "min_value": _("The sum may not be below zero."),
            "max_value": _("The sum is too large."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-m"}),
    )


def note_field() -> forms.CharField:
    """A remark that everybody reads."""
    return forms.CharField(label=_("Remark"), max_length=500, required=False)


class FundingForm(forms.Form):
    """A new line of money, or the decision that none is needed."""

    state = forms.ChoiceField(label=_("State"), choices=STATES)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(str(one), words) for one, words in FUNDING_KINDS.items()]
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    amount = euros(_("Amount"))
    account = forms.CharField(
        label=_("Cost centre"),
        max_length=100,
        required=False,
        help_text=_("Only the municipality's own see this."),
    )
    note = note_field()
    reason = reason_field(_("Why is the money needed, or not needed?"), required=False)

    def __init__(self, data: Any = None, *, action: Action) -> None:
        start = {
            "state": str(FundingState.PROPOSED),
            "kind": str(FundingKind.OPERATING),
            "year": action.first.year,
        }
        super().__init__(data, initial=start)
        years = range(action.roadmap.first.year, action.roadmap.last.year + 1)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"),
            choices=[("", _("All years")), *((str(one), str(one)) for one in years)],
            required=False,
            coerce=int,
            empty_value=None,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        none_needed = given.get("state") == FundingState.NONE_NEEDED
        if none_needed and given.get("amount"):
            self.add_error("amount", _("Leave the sum out, when no money is needed."))
        asks = given.get("state") in (FundingState.PROPOSED, FundingState.APPROVED)
        if asks and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Tell how much money it is."))
        return given


class LineForm(forms.Form):
    """What becomes of a line: its state, sums and decision; or its removal."""

    state = forms.ChoiceField(label=_("State"), choices=STATES)
    amount = euros(_("Amount"))
    actual = euros(_("Actual"))
    decision = forms.ChoiceField(label=_("Decision"), required=False)
    note = note_field()
    reason = reason_field(_("Why does the line change?"), required=False)
    remove = forms.BooleanField(label=_("Remove the line: it was added by mistake"), required=False)

    def __init__(self, data: Any = None, *, action: Action, piece: Funding) -> None:
        start = {
            "state": piece.state,
            "amount": piece.amount,
            "actual": piece.actual,
            "decision": str(piece.decision_id or ""),
            "note": pick(piece.note, active_language()).text,
        }
        super().__init__(data, initial=start)
        self._held = piece.note
        self.fields["decision"] = forms.ChoiceField(
            label=_("Decision"),
            choices=[("", _("No decision")), *_decisions(action)],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("remove") and not given.get("reason"):
            self.add_error("reason", _("Tell the reason."))
        note = given.get("note", "").strip()
        own = {**self._held, active_language(): note} if "note" in self.changed_data else self._held
        given["notes"] = {language: text for language, text in own.items() if text}
        chosen = given.get("decision")
        given["decision_id"] = UUID(chosen) if chosen else None
        return given


def _decisions(action: Action) -> list[tuple[str, str]]:
    """The decisions of the municipality, the latest first, by day, kind and reference."""
    language = active_language()
    rows = Decision.objects.filter(ledger_id=action.ledger_id).order_by("-decided_on")
    return [
        (
            str(one.pk),
            f"{formats.date(one.decided_on, language)}, {DECISION_KINDS[DecisionKind(one.kind)]}"
            + (f", {one.reference}" if one.reference else ""),
        )
        for one in rows
    ]
