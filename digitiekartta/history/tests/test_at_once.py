"""Several people write at the same time. Runs on SQLite's file and on PostgreSQL alike."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest

from digitiekartta.history.models import Entry
from digitiekartta.history.queries import current, document_at, from_tables, revision_of
from digitiekartta.history.rules import ConflictError, Intent, Receipt
from digitiekartta.history.services import commit
from digitiekartta.municipalities.models import Party
from tests.threads import together

from .writing import AT, add_party, entries, new_ledger, set_party

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, WRITES = 4, 8


def _write_many(ledger: UUID, writer: int) -> list[int]:
    party = add_party(ledger, f"yksikko-{writer}")
    done = [set_party(ledger, party, headcount=count).revision for count in range(WRITES - 1)]
    return [Party.objects.get(pk=party).revision, *done]


def test_writers_at_the_same_time_leave_no_gap_and_no_revision_twice() -> None:
    ledger = new_ledger()
    together(*(partial(_write_many, ledger, writer) for writer in range(WRITERS)))
    revisions = [entry.revision for entry in entries(ledger)]
    assert revisions == list(range(1, WRITERS * WRITES + 1))
    assert revision_of(ledger) == WRITERS * WRITES
    assert document_at(ledger, revision_of(ledger)) == from_tables(ledger)


def test_readers_at_the_same_time_see_whole_revisions() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=0, rank=0)

    def write() -> list[int]:
        return [
            set_party(ledger, party, headcount=count, rank=count).revision for count in range(1, 20)
        ]

    def read() -> list[int]:
        seen = []
        for _ in range(30):
            standing = current(ledger)
            record = standing.document.of("party")[str(party)]
            assert record["headcount"] == record["rank"] == standing.revision - 1
            seen.append(standing.revision)
        return seen

    _, *seen = together(write, read, read)
    assert all(revisions == sorted(revisions) for revisions in seen)


def test_the_same_key_at_the_same_time_writes_once() -> None:
    ledger = new_ledger()

    def send() -> Receipt:
        return commit(
            ledger_id=ledger,
            kind="add_party",
            intent=Intent(actor=None, at=AT, key="one"),
            write=lambda pen: pen.add(Party, kind="unit", slug="a", name={"fi": "A"}),
        )

    receipts = together(send, send, send)
    assert len({receipt.entity_id for receipt in receipts}) == 1
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True]
    assert Entry.objects.filter(ledger_id=ledger).count() == 1


def test_of_two_who_set_the_same_field_at_once_the_second_is_asked() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=0)

    def report(count: int) -> bool:
        try:
            set_party(ledger, party, expected=1, headcount=count)
        except ConflictError:
            return False
        return True

    assert sorted(together(partial(report, 1), partial(report, 2))) == [False, True]
    assert revision_of(ledger) == 2
