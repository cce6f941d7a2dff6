"""The decision behind what is recorded of levels."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.decisions.services import add_decision
from digitiekartta.history.pen import Pen
from digitiekartta.municipalities.models import Party


@dataclass(frozen=True, slots=True)
class Decided:
    """Which body decided, on which day, and under which § or case number, empty where none."""

    body_id: UUID
    decided_on: datetime.date
    summary: Mapping[str, str]
    reference: str = ""

    def as_data(self) -> dict[str, Any]:
        """What an idempotency key stands for."""
        return {
            "body": str(self.body_id),
            "on": str(self.decided_on),
            "reference": self.reference,
        }


def decision_row(pen: Pen, decided: Decided, kind: DecisionKind) -> Decision:
    """The decision as a row: the one that was recorded already, else a new one.

    Raises DecisionInTheFutureError for a day after the write's.
    """
    values: dict[str, Any] = {
        "kind": str(kind),
        "body": pen.get(Party, decided.body_id),
        "decided_on": decided.decided_on,
        "reference": decided.reference,
        "summary": dict(decided.summary),
    }
    # An example's decision goes when the examples do, so nothing real may hang on it.
    known = Decision.objects.filter(ledger=pen.ledger, example=False, **values).first()
    return known or add_decision(pen, **values)
