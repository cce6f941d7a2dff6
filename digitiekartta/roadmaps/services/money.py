"""Money: what an action is asked, given and found to cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Action, Funding
from ..permissions import require
from ..rights import Deed
from ..rules import FundingKind, FundingState, Rule, RuleError

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

    told = {
        "kind": kind,
        "year": year,
        "state": state,
        "amount": amount,
        "account": account,
        "note": dict(note or {}),
    }

    def write(pen: Pen) -> Funding:
        action = pen.get(Action, action_id)
        require(pen, Deed.FUND, action)
        return pen.add(Funding, action=action, example=example, **told)

    return history.commit(
        ledger_id=ledger_id,
        kind="add_funding",
        intent=intent,
        write=write,
        request={"action": str(action_id), **told},
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


@dataclass(frozen=True, slots=True)
class Line:
    """What is changed of a funding line. Amounts are whole euros; None where there is none."""

    state: FundingState
    amount: int | None = None
    actual: int | None = None
    decision_id: UUID | None = None
    note: Text = field(default_factory=dict)


def change_funding(*, ledger_id: UUID, intent: Intent, funding_id: UUID, line: Line) -> Receipt:
    """Changes where a line stands, its sums, the decision on it and the note."""

    def write(pen: Pen) -> Funding:
        row = pen.get(Funding, funding_id)
        require(pen, Deed.FUND, row.action)
        pen.set(
            row,
            state=line.state,
            amount=line.amount,
            actual=line.actual,
            decision=pen.get(Decision, line.decision_id) if line.decision_id else None,
            note=dict(line.note),
        )
        return row

    return history.commit(
        ledger_id=ledger_id,
        kind="change_funding",
        intent=intent,
        write=write,
        request={
            "funding": str(funding_id),
            "state": line.state,
            "amount": line.amount,
            "actual": line.actual,
            "decision": str(line.decision_id or ""),
        },
    )


def remove_funding(*, ledger_id: UUID, intent: Intent, funding_id: UUID) -> Receipt:
    """Takes away a line that was added by mistake. Raises RuleError without a reason."""
    if not intent.reason.strip():
        raise RuleError(Rule.REASON_NEEDED)

    def write(pen: Pen) -> Action:
        row = pen.get(Funding, funding_id)
        require(pen, Deed.FUND, row.action)
        action = row.action
        pen.remove(row)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="remove_funding",
        intent=intent,
        write=write,
        request={"funding": str(funding_id)},
    )
