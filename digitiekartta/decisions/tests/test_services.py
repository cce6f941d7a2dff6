"""Recording decisions."""

from __future__ import annotations

import datetime

import pytest

from digitiekartta.decisions import services
from digitiekartta.decisions.models import Decision
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.decisions.services import DecisionInTheFutureError
from digitiekartta.municipalities.models import Party
from tests.kauhava import TODAY, Town, intent


def record(town: Town, decided_on: datetime.date) -> None:
    services.record_decision(
        ledger_id=town.ledger_id,
        intent=intent(),
        kind=DecisionKind.OTHER,
        body_id=Party.objects.get(ledger_id=town.ledger_id).pk,
        decided_on=decided_on,
    )


def test_a_decision_of_tomorrow_cannot_be_recorded_today(lappajarvi: Town) -> None:
    with pytest.raises(DecisionInTheFutureError):
        record(lappajarvi, TODAY + datetime.timedelta(days=1))
    assert not Decision.objects.exists()


def test_a_decision_needs_neither_section_nor_case_number(lappajarvi: Town) -> None:
    record(lappajarvi, TODAY)
    assert Decision.objects.get().reference == ""
    assert lappajarvi.plan().decisions[0].decided_on == TODAY
