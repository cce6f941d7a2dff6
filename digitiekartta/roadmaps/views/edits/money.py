"""The money of an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.environment import active_language

from ... import services
from ...fields.parts import FUNDING
from ...forms.money import FundingForm, LineForm
from ...models import Action, Funding
from ...rights import Deed
from ...rules import FundingKind, FundingState, Rule
from .edit import Edit


def _add(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    note = given["note"].strip()
    return services.add_funding(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        kind=FundingKind(given["kind"]),
        state=FundingState(given["state"]),
        year=given["year"],
        amount=given["amount"],
        account=given["account"],
        note={active_language(): note} if note else {},
    )


def _change(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action, piece: Funding
) -> Receipt:
    if given["remove"]:
        return services.remove_funding(ledger_id=ledger_id, intent=intent, funding_id=piece.pk)
    line = services.Line(
        state=FundingState(given["state"]),
        amount=given["amount"],
        actual=given["actual"],
        decision_id=given["decision_id"],
        note=given["notes"],
    )
    return services.change_funding(
        ledger_id=ledger_id, intent=intent, funding_id=piece.pk, line=line
    )


FUND = Edit(
    part="rahoitus",
    title=_("Add money, or that none is needed"),
    deed=Deed.FUND,
    form=FundingForm,
    save=_add,
    anchor="rahoitus",
    decides=None,
    entity=FUNDING,
)
LINE = Edit(
    part="rahoitusrivi",
    title=_("Change the line of money"),
    deed=Deed.FUND,
    form=LineForm,
    save=_change,
    anchor="rahoitus",
    decides="amount",
    entity=FUNDING,
    piece=Funding,
    says=_(
        "The state, the actual cost and the decision are valid at once. A new sum is a proposal "
        "until it has been decided on."
    ),
    at_field={Rule.REASON_NEEDED: "reason"},
)
