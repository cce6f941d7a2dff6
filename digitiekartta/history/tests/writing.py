"""How these tests write: a ledger, an intent, a commit in one line."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from digitiekartta.history.models import Entry, Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.history.services import commit, open_ledger
from digitiekartta.municipalities.models import Framework, Party
from digitiekartta.municipalities.rules import HalfYear, PartyKind
from digitiekartta.roadmaps.models import Action, Roadmap

AT = datetime.datetime(2026, 12, 9, 8, 0, tzinfo=datetime.UTC)
FIRST, LAST = HalfYear(2026, 1), HalfYear(2026, 2)


def new_ledger() -> UUID:
    """The id of a ledger at revision 0."""
    id: UUID = open_ledger().pk
    return id


def write(
    ledger_id: UUID, do: Callable[[Pen], Recorded | None], kind: str = "try", **intent: Any
) -> Receipt:
    """A commit of whatever ``do`` does with the pen."""
    made = Intent(actor=None, at=AT, **intent)
    return commit(ledger_id=ledger_id, kind=kind, intent=made, write=do)


def add_party(ledger_id: UUID, slug: str = "tekniset", **values: Any) -> UUID:
    """The id of a new party."""
    party = {"kind": PartyKind.UNIT, "slug": slug, "name": {"fi": slug}, **values}
    receipt = write(ledger_id, lambda pen: pen.add(Party, **party), kind="add_party")
    assert receipt.entity_id is not None
    return receipt.entity_id


def set_party(ledger_id: UUID, id: UUID, expected: int | None = None, **values: Any) -> Receipt:
    """Sets columns of a party, having seen a revision."""

    def do(pen: Pen) -> Party:
        party = pen.get(Party, id)
        pen.set(party, **values)
        return party

    return write(ledger_id, do, kind="set_party", expected_revision=expected)


def remove_party(ledger_id: UUID, id: UUID, expected: int | None = None) -> Receipt:
    """Removes a party, having seen a revision."""

    def do(pen: Pen) -> None:
        pen.remove(pen.get(Party, id))

    return write(ledger_id, do, kind="remove_party", expected_revision=expected)


def add_action(pen: Pen, **values: Any) -> Action:
    """An action with the roadmap and the framework that it needs."""
    framework = pen.add(Framework, name={"fi": "Kehikko"})
    roadmap = pen.add(Roadmap, first=FIRST, last=LAST, framework=framework)
    halves = {"original_first": FIRST, "original_last": LAST, "first": FIRST, "last": LAST}
    return pen.add(Action, roadmap=roadmap, serial=uuid4().int % 10_000, **halves, **values)


def entries(ledger_id: UUID) -> list[Entry]:
    """The ledger's log from the beginning."""
    return list(Entry.objects.filter(ledger_id=ledger_id).order_by("revision"))
