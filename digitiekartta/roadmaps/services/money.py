"""Money: what an action is asked, given and found to cost."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Action, Funding
from ..permissions import require
from ..rights import Deed
from ..rules import FundingKind, FundingState

Text = Mapping[str, str]


def add_funding(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    kind: FundingKind,
    state: FundingState,
    year: int | None = None,
    amount: int | None = None,
    account: str = "",
    note: Text | None = None,
    example: bool = False,
) -> Receipt:
    """A funding line: whole euros of one year, or the decision that no money is needed."""

    def write(pen: Pen) -> Funding:
        action = pen.get(Action, action_id)
        require(pen, Deed.FUND, action)
        return pen.add(
            Funding,
            action=action,
            kind=kind,
            state=state,
            year=year,
            amount=amount,
            account=account,
            note=dict(note or {}),
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_funding",
        intent=intent,
        write=write,
        request={
            "action": str(action_id),
            "kind": kind,
            "year": year,
            "state": state,
            "amount": amount,
            "account": account,
            "note": dict(note or {}),
        },
    )


def decide_funding(
    *,
    ledger_id: UUID,
    intent: Intent,
    funding_id: UUID,
    state: FundingState,
    amount: int | None = None,
    decision_id: UUID | None = None,
) -> Receipt:
    """The fate of a line in a budget decision; the money gate follows it at once."""

    def write(pen: Pen) -> Funding:
        line = pen.get(Funding, funding_id)
        require(pen, Deed.FUND, line.action)
        decision = pen.get(Decision, decision_id) if decision_id is not None else line.decision
        pen.set(line, state=state, decision=decision)
        if amount is not None:
            pen.set(line, amount=amount)
        return line

    return history.commit(
        ledger_id=ledger_id,
        kind="decide_funding",
        intent=intent,
        write=write,
        request={
            "funding": str(funding_id),
            "state": state,
            "amount": amount,
            "decision": str(decision_id or ""),
        },
    )


def record_actual(*, ledger_id: UUID, intent: Intent, funding_id: UUID, actual: int) -> Receipt:
    """What a line has really cost, in whole euros."""

    def write(pen: Pen) -> Funding:
        line = pen.get(Funding, funding_id)
        require(pen, Deed.FUND, line.action)
        pen.set(line, actual=actual)
        return line

    return history.commit(
        ledger_id=ledger_id,
        kind="record_actual",
        intent=intent,
        write=write,
        request={"funding": str(funding_id), "actual": actual},
    )
