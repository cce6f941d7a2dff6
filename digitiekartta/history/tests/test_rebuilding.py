"""Documents as they stood: rebuilt from the log, with snapshots and without, and kept in memory."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitiekartta.accounts.models import Person
from digitiekartta.documents.document import EMPTY, Document, from_canonical
from digitiekartta.documents.registry import Audience
from digitiekartta.history import queries, services
from digitiekartta.history.models import Ledger, Recorded, Snapshot
from digitiekartta.history.pen import Pen
from digitiekartta.history.queries import current, document_at, from_tables
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import PartyKind
from tests.strategies import WORDS

from .writing import AT, add_party, entries, new_ledger, set_party, write

Step = Callable[[Pen], Recorded | None]
_many_in_one_test = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15
)


def _row(pen: Pen, table: type[Recorded], place: int) -> Any:
    """One of the ledger's rows; None when there is none."""
    rows = table._default_manager.filter(ledger=pen.ledger).order_by("pk")
    return rows[place % len(rows)] if rows else None


def _add_party(count: int | None, place: int) -> Step:
    return lambda pen: pen.add(
        Party,
        kind=PartyKind.UNIT,
        slug=uuid4().hex,
        name={"fi": "Yksikkö"},
        headcount=count,
        parent=_row(pen, Party, place),
    )


def _set_party(values: dict[str, Any], place: int) -> Step:
    def step(pen: Pen) -> Party | None:
        party = _row(pen, Party, place)
        if party is not None:
            pen.set(party, **values)
        return party

    return step


def _remove_party(place: int) -> Step:
    def step(pen: Pen) -> None:
        party = _row(pen, Party, place)
        if party is not None and not party.children.exists():
            pen.remove(party)

    return step


def _add_person(name: str) -> Step:
    return lambda pen: pen.add(Person, name=name)


def _set_person(values: dict[str, Any], place: int) -> Step:
    def step(pen: Pen) -> Person | None:
        person = _row(pen, Person, place)
        if person is not None:
            pen.set(person, **values)
        return person

    return step


_PLACES = st.integers(0, 5)
_PARTY_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "headcount": st.none() | st.integers(0, 5000),
        "rank": st.integers(-3, 3),
        "name": st.dictionaries(st.sampled_from(["fi", "sv"]), WORDS, max_size=2),
        "task": st.sampled_from(["", "owns", "keeps"]),
        "example": st.booleans(),
    },
)
_PERSON_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "email": st.sampled_from(["", "a@example.org"]),
        "audience": st.sampled_from([str(one) for one in Audience]),
    },
)
STEPS = st.one_of(
    st.builds(_add_party, st.none() | st.integers(0, 50), _PLACES),
    st.builds(_set_party, _PARTY_VALUES, _PLACES),
    st.builds(_remove_party, _PLACES),
    st.builds(_add_person, WORDS),
    st.builds(_set_person, _PERSON_VALUES, _PLACES),
)
WRITES = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=8)


def _all_steps(steps: list[Step]) -> Step:
    def do(pen: Pen) -> None:
        for step in steps:
            step(pen)

    return do


def _lived_through(ledger: UUID, writes: list[list[Step]]) -> dict[int, Document]:
    """Writes, and the document that stood in the tables after each revision."""
    stood = {0: EMPTY}
    for steps in writes:
        receipt = write(ledger, _all_steps(steps))
        stood[receipt.revision] = from_tables(ledger).document
    return stood


@pytest.mark.django_db
@_many_in_one_test
@given(writes=WRITES)
def test_the_document_of_every_revision_is_rebuilt_from_the_log(writes: list[list[Step]]) -> None:
    ledger = new_ledger()
    stood = _lived_through(ledger, writes)
    assert [entry.revision for entry in entries(ledger)] == sorted(stood)[1:]
    assert {revision: document_at(ledger, revision).document for revision in stood} == stood


@pytest.mark.django_db
@_many_in_one_test
@given(writes=WRITES, every=st.integers(1, 3))
def test_snapshots_change_nothing_but_how_far_back_the_log_is_read(
    writes: list[list[Step]], every: int
) -> None:
    ledger = new_ledger()
    stood = _lived_through(ledger, writes)
    for revision in sorted(stood)[::every]:
        queries.take_snapshot(ledger, revision)
    assert {revision: document_at(ledger, revision).document for revision in stood} == stood
    for snapshot in Snapshot.objects.filter(ledger_id=ledger):
        assert from_canonical(bytes(snapshot.content)) == stood[snapshot.revision]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_taken_now_and_then_and_read_instead_of_the_log_before_it(
    monkeypatch: pytest.MonkeyPatch, queries_of: Callable[[Callable[[], object]], list[str]]
) -> None:
    monkeypatch.setattr(services, "SNAPSHOT_EVERY", 4)
    ledger = new_ledger()
    party = add_party(ledger)
    for count in range(9):
        set_party(ledger, party, headcount=count)
    kept = Snapshot.objects.filter(ledger_id=ledger).order_by("revision")
    assert list(kept.values_list("revision", flat=True)) == [4, 8]
    read = queries_of(lambda: document_at(ledger, 9))
    assert len(read) == 2
    assert document_at(ledger, 9).document.of("party")[str(party)]["headcount"] == 7
    queries.take_snapshot(ledger, 8)
    assert kept.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_that_fails_is_logged_and_the_writer_has_the_receipt_of_what_stands(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(ledger_id: UUID, revision: int) -> None:
        raise OSError("disk full")

    ledger = new_ledger()
    party = add_party(ledger)
    monkeypatch.setattr(services, "SNAPSHOT_EVERY", 2)
    monkeypatch.setattr(services, "take_snapshot", broken)
    assert set_party(ledger, party, headcount=7) == Receipt(revision=2, entity_id=party)
    assert "disk full" in caplog.text
    monkeypatch.undo()
    assert not Snapshot.objects.filter(ledger_id=ledger).exists()
    assert document_at(ledger, 2).document.of("party")[str(party)]["headcount"] == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("writes_between", [1, 3])
def test_the_document_kept_in_memory_is_brought_up_to_date_from_the_log(
    writes_between: int, queries_of: Callable[[Callable[[], object]], list[str]]
) -> None:
    ledger = new_ledger()
    parties = [add_party(ledger, f"yksikko-{number}") for number in range(4)]
    assert current(ledger) == from_tables(ledger)
    for turn in range(4):
        for number in range(writes_between):
            set_party(ledger, parties[turn], headcount=turn * 10 + number)
        assert len(queries_of(lambda: current(ledger))) == 2
        assert current(ledger) == from_tables(ledger)
        assert len(queries_of(lambda: current(ledger))) == 1


@pytest.mark.django_db(transaction=True)
def test_the_document_is_built_in_as_many_queries_for_many_rows_as_for_few(
    queries_of: Callable[[Callable[[], object]], list[str]],
) -> None:
    few, many = new_ledger(), new_ledger()
    add_party(few)
    for number in range(12):
        add_party(many, f"yksikko-{number}")
    assert len(queries_of(lambda: from_tables(few))) == len(queries_of(lambda: from_tables(many)))


@pytest.mark.django_db
def test_what_is_read_inside_a_transaction_is_not_kept_beyond_it() -> None:
    ledger = new_ledger()
    with transaction.atomic():
        add_party(ledger)
        assert current(ledger) == from_tables(ledger)
    assert queries._standings.get(ledger) is None


@pytest.mark.django_db(transaction=True)
def test_memory_is_not_believed_when_the_log_is_shorter_than_it() -> None:
    ledger = new_ledger()
    add_party(ledger)
    party = add_party(ledger, "other")
    current(ledger)
    Party.objects.filter(pk=party).delete()
    Ledger.objects.filter(pk=ledger).update(revision=1)
    assert current(ledger) == from_tables(ledger)


@pytest.mark.django_db
def test_the_revision_of_a_moment_is_the_last_one_written_by_then() -> None:
    ledger = new_ledger()
    hour = datetime.timedelta(hours=1)
    for number in range(3):
        services.commit(
            ledger_id=ledger,
            kind="add_party",
            intent=Intent(actor=None, at=AT + number * hour),
            write=lambda pen, slug=f"p{number}": pen.add(Party, kind="unit", slug=slug),  # type: ignore[misc]
        )
    moments = [AT - hour, AT, AT + hour / 2, AT + 5 * hour]
    assert [queries.revision_at(ledger, moment) for moment in moments] == [0, 1, 1, 3]


@pytest.mark.django_db
def test_the_log_of_one_entity_is_read_latest_first() -> None:
    ledger = new_ledger()
    party = add_party(ledger)
    add_party(ledger, "other")
    set_party(ledger, party, headcount=3)
    assert [entry.revision for entry in queries.entries_about(ledger, party)] == [3, 1]
