"""Writing: one revision each, once under one key, and never over somebody else's change."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from digitiekartta.accounts.models import Person
from digitiekartta.documents.changes import Change
from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import Audience
from digitiekartta.history import models
from digitiekartta.history.pen import Pen
from digitiekartta.history.queries import changes_of, from_tables, revision_of
from digitiekartta.history.rules import ConflictError, Intent, KeyReusedError, Receipt
from digitiekartta.history.services import commit
from digitiekartta.levels.models import Measurement, Series
from digitiekartta.municipalities.models import Framework, Party, Perspective
from digitiekartta.roadmaps.models import Action, Link, ProgressNote

from .writing import AT, add_action, add_party, entries, new_ledger, remove_party, set_party, write

pytestmark = pytest.mark.django_db


def test_every_write_takes_the_next_revision() -> None:
    ledger = new_ledger()
    party = add_party(ledger)
    receipts = [set_party(ledger, party, headcount=count) for count in (10, 20, 30)]
    assert [receipt.revision for receipt in receipts] == [2, 3, 4]
    assert [entry.revision for entry in entries(ledger)] == [1, 2, 3, 4]
    assert revision_of(ledger) == 4
    assert Party.objects.get(pk=party).revision == 4


def test_ledgers_count_apart() -> None:
    one, other = new_ledger(), new_ledger()
    add_party(one)
    add_party(other)
    add_party(one, "sivistys")
    assert (revision_of(one), revision_of(other)) == (2, 1)


def test_an_entry_tells_who_did_what_when_and_why() -> None:
    ledger, actor, cause = new_ledger(), uuid4(), uuid4()
    intent = Intent(actor=actor, at=AT, reason="Uusi yksikkö", cause=cause)
    receipt = commit(
        ledger_id=ledger,
        kind="add_party",
        intent=intent,
        write=lambda pen: pen.add(Party, kind="unit", slug="a", name={"fi": "A"}, headcount=7),
    )
    (entry,) = entries(ledger)
    assert (entry.kind, entry.entity, entry.entity_id) == ("add_party", "party", receipt.entity_id)
    assert (entry.actor, entry.cause, entry.reason, entry.at) == (actor, cause, intent.reason, AT)
    (change,) = changes_of(entry)
    assert change.adds
    assert change.new == {
        "kind": "unit",
        "slug": "a",
        "name": {"fi": "A"},
        "headcount": 7,
        "rank": 0,
        "example": False,
    }


def test_a_change_is_logged_field_by_field_from_what_it_was() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=7)
    set_party(ledger, party, headcount=8, name={"fi": "Tekniikka"})
    assert changes_of(entries(ledger)[-1]) == (
        Change("party", str(party), "name", {"fi": "tekniset"}, {"fi": "Tekniikka"}),
        Change("party", str(party), "headcount", 7, 8),
    )


def test_where_nothing_changes_nothing_is_recorded() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=7)
    assert set_party(ledger, party, headcount=7).revision == 1
    assert len(entries(ledger)) == 1


def test_a_write_that_fails_leaves_no_trace() -> None:
    ledger = new_ledger()

    def fails(pen: Pen) -> None:
        pen.add(Party, kind="unit", slug="a", name={"fi": "A"})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(ledger, fails, key="once")
    assert revision_of(ledger) == 0
    assert not entries(ledger)
    assert not Party.objects.filter(ledger_id=ledger).exists()
    assert not models.Receipt.objects.filter(ledger_id=ledger).exists()


def test_another_ledgers_row_is_not_to_be_had() -> None:
    party = add_party(new_ledger())
    with pytest.raises(Party.DoesNotExist):
        set_party(new_ledger(), party, headcount=1)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Intent(actor=None, at=datetime.datetime(2026, 12, 9))  # noqa: DTZ001


def test_what_is_logged_is_what_the_table_holds_also_when_it_rounds() -> None:
    ledger = new_ledger()

    def do(pen: Pen) -> Measurement:
        framework = pen.add(Framework, name={"fi": "K"})
        perspective = pen.add(Perspective, framework=framework, number=1, group="whole")
        series = pen.add(Series, kind="by_hand", measured_on=datetime.date(2026, 3, 1))
        return pen.add(Measurement, series=series, perspective=perspective, value=2.5678)

    write(ledger, do)
    logged = [
        change.new for change in changes_of(entries(ledger)[0]) if change.entity == "measurement"
    ]
    (held,) = from_tables(ledger).document.of("measurement").values()
    assert logged == [held]


# One key, one write


def _keyed(ledger: UUID, slug: str, key: str = "abc", reason: str = "") -> Receipt:
    return commit(
        ledger_id=ledger,
        kind="add_party",
        intent=Intent(actor=None, at=AT, key=key, reason=reason),
        write=lambda pen: pen.add(Party, kind="unit", slug=slug, name={"fi": slug}),
        request={"slug": slug},
    )


def test_a_repeat_under_the_same_key_returns_the_first_result_and_writes_nothing() -> None:
    ledger = new_ledger()
    first = _keyed(ledger, "a")
    add_party(ledger, "b")
    again = _keyed(ledger, "a")
    assert again == first
    assert again.repeated
    assert not first.repeated
    assert revision_of(ledger) == 2


def test_a_key_is_not_good_for_another_request() -> None:
    ledger = new_ledger()
    _keyed(ledger, "a")
    with pytest.raises(KeyReusedError):
        _keyed(ledger, "b")
    assert revision_of(ledger) == 1


def test_a_key_is_not_good_for_another_reason() -> None:
    ledger = new_ledger()
    _keyed(ledger, "a")
    with pytest.raises(KeyReusedError):
        _keyed(ledger, "a", reason="Toinen peruste")


def test_a_key_belongs_to_one_ledger() -> None:
    assert not _keyed(new_ledger(), "a").repeated
    assert not _keyed(new_ledger(), "a").repeated


def test_without_keys_the_same_write_is_made_twice() -> None:
    ledger = new_ledger()
    for slug in ("a", "b"):
        add_party(ledger, slug)
    assert revision_of(ledger) == 2


# Having seen a revision


def test_changes_of_different_fields_merge_silently() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, expected=1, headcount=2)
    set_party(ledger, party, expected=1, rank=5)
    row = Party.objects.get(pk=party)
    assert (row.headcount, row.rank) == (2, 5)


def test_the_same_field_is_asked_with_all_three_values() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, expected=1, headcount=2)
    set_party(ledger, party, headcount=3)
    with pytest.raises(ConflictError) as caught:
        set_party(ledger, party, expected=1, headcount=9, rank=5)
    assert caught.value.conflicts == (Conflict("party", str(party), "headcount", 1, 9, 3),)
    assert caught.value.revision == 3
    assert Party.objects.get(pk=party).rank == 0


def test_who_saw_the_latest_revision_or_names_none_is_not_asked() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, headcount=2)
    set_party(ledger, party, expected=2, headcount=3)
    set_party(ledger, party, headcount=4)
    assert Party.objects.get(pk=party).headcount == 4


def test_setting_what_the_other_set_too_is_not_asked() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, headcount=2)
    assert set_party(ledger, party, expected=1, headcount=2).revision == 2


def test_a_field_changed_and_changed_back_is_not_asked() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, headcount=2)
    set_party(ledger, party, headcount=1)
    set_party(ledger, party, expected=1, headcount=3)
    assert Party.objects.get(pk=party).headcount == 3


def test_a_second_change_of_a_row_in_one_write_is_asked_as_the_first() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, headcount=2)

    def twice(pen: Pen) -> Party:
        row = pen.get(Party, party)
        pen.set(row, rank=5)
        pen.set(row, headcount=9)
        return row

    with pytest.raises(ConflictError):
        write(ledger, twice, expected_revision=1)
    assert Party.objects.get(pk=party).headcount == 2


def test_one_write_may_change_the_same_field_twice() -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)

    def twice(pen: Pen) -> Party:
        row = pen.get(Party, party)
        pen.set(row, headcount=5)
        pen.set(row, headcount=9)
        return row

    write(ledger, twice, expected_revision=1)
    assert Party.objects.get(pk=party).headcount == 9


@pytest.mark.parametrize(
    "edit", [{"headcount": 2}, {"headcount": None}, {"duties": {"fi": "uusi"}}]
)
def test_deleting_what_somebody_edited_meanwhile_is_asked(edit: dict[str, Any]) -> None:
    ledger = new_ledger()
    party = add_party(ledger, headcount=1)
    set_party(ledger, party, **edit)
    with pytest.raises(ConflictError) as caught:
        remove_party(ledger, party, expected=1)
    (conflict,) = caught.value.conflicts
    assert [conflict.field] == list(edit)
    assert Party.objects.filter(pk=party).exists()


def test_deleting_what_nobody_touched_since_is_not_asked() -> None:
    ledger = new_ledger()
    party = add_party(ledger)
    add_party(ledger, "other")
    remove_party(ledger, party, expected=1)
    assert not Party.objects.filter(pk=party).exists()
    assert changes_of(entries(ledger)[-1])[0].removes


# Who may know of a write


def _id(receipt: Receipt) -> UUID:
    assert receipt.entity_id is not None
    return receipt.entity_id


def _audience_of_last(ledger: UUID) -> Audience:
    return Audience(entries(ledger)[-1].audience)


def test_a_write_is_told_to_everybody_unless_something_narrows_it() -> None:
    ledger = new_ledger()
    add_party(ledger)
    assert _audience_of_last(ledger) is Audience.PUBLIC
    write(ledger, lambda pen: pen.add(Party, kind="unit", slug="x"), audience=Audience.MEMBERS)
    assert _audience_of_last(ledger) is Audience.MEMBERS


def test_a_write_about_a_person_is_told_to_members_alone() -> None:
    ledger = new_ledger()
    write(ledger, lambda pen: pen.add(Person, name="Koehenkilö"))
    assert _audience_of_last(ledger) is Audience.MEMBERS


def test_a_field_for_the_team_is_told_to_the_team_alone() -> None:
    ledger = new_ledger()
    receipt = write(ledger, add_action)

    def note(pen: Pen) -> Action:
        action = pen.get(Action, _id(receipt))
        pen.set(action, internal_note={"fi": "Vain meille"})
        return action

    write(ledger, note)
    assert _audience_of_last(ledger) is Audience.TEAM


def test_a_restricted_field_is_told_to_those_alone_who_may_read_it() -> None:
    ledger = new_ledger()
    receipt = write(ledger, lambda pen: add_action(pen, restricted={"benefit": "members"}))

    def describe(pen: Pen) -> Action:
        action = pen.get(Action, _id(receipt))
        pen.set(action, benefit={"fi": "Salaisuus"})
        return action

    write(ledger, describe)
    assert _audience_of_last(ledger) is Audience.MEMBERS


def test_what_hangs_on_a_hidden_action_is_told_to_those_alone_who_see_the_action() -> None:
    ledger = new_ledger()
    receipt = write(ledger, lambda pen: add_action(pen, audience=Audience.TEAM))

    def link(pen: Pen) -> Link:
        action = pen.get(Action, _id(receipt))
        return pen.add(Link, action=action, url="https://example.org")

    write(ledger, link)
    assert _audience_of_last(ledger) is Audience.TEAM


def test_a_write_with_public_and_hidden_parts_is_told_to_everybody() -> None:
    ledger = new_ledger()

    def do(pen: Pen) -> Action:
        action = add_action(pen)
        noted = datetime.date(2026, 12, 1)
        pen.add(ProgressNote, action=action, noted_on=noted, audience=Audience.TEAM)
        return action

    write(ledger, do)
    assert _audience_of_last(ledger) is Audience.PUBLIC
