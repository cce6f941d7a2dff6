"""The gates of the annual clock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Gate, Party
from ..rules import BrokenSetting, SettingError, is_day_of_year
from .keeping import Text, commit_setting


def add_gate(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: Text,
    first: str,
    last: str,
    party_id: UUID | None,
    description: Text,
    rank: int | None = None,
    last_year_only: bool = False,
) -> Receipt:
    """A date of the annual clock, ``MM-DD`` to ``MM-DD`` of every year or of a period's last.

    Raises SettingError for a day that not every year has.
    """
    _check_days(first, last)

    def write(pen: Pen) -> Gate:
        return pen.add(
            Gate,
            name=dict(name),
            first=first,
            last=last,
            last_year_only=last_year_only,
            party=pen.get(Party, party_id) if party_id is not None else None,
            description=dict(description),
            rank=_last_rank(ledger_id) + 1 if rank is None else rank,
        )

    request = {"first": first, "rank": rank, "name": dict(name)}
    return commit_setting(ledger_id, "add_gate", intent, write, request)


def change_gate(*, ledger_id: UUID, intent: Intent, gate_id: UUID, **values: Any) -> Receipt:
    """Changes a gate; names are those of its fields, and ``party_id``. Raises SettingError."""
    _check_days(values["first"], values["last"])
    party_id: UUID | None = values.pop("party_id", None)

    def write(pen: Pen) -> Gate:
        gate = pen.get(Gate, gate_id)
        pen.set(gate, party=pen.get(Party, party_id) if party_id is not None else None, **values)
        return gate

    request = {name: str(one) for name, one in values.items()}
    return commit_setting(
        ledger_id, "change_gate", intent, write, {**request, "party": str(party_id)}
    )


def remove_gate(*, ledger_id: UUID, intent: Intent, gate_id: UUID) -> Receipt:
    """Takes a gate out of the annual clock."""

    def write(pen: Pen) -> None:
        pen.remove(pen.get(Gate, gate_id))

    return commit_setting(ledger_id, "remove_gate", intent, write, {"gate": str(gate_id)})


def _check_days(first: str, last: str) -> None:
    if not (is_day_of_year(first) and is_day_of_year(last)):
        raise SettingError(BrokenSetting.NO_SUCH_DAY)


def _last_rank(ledger_id: UUID) -> int:
    last = Gate.objects.filter(ledger_id=ledger_id).order_by("-rank").first()
    return last.rank if last is not None else 0
