"""Who changed which setting last, and by which name she is known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from digitiekartta.accounts.models import Person, User
from digitiekartta.history.models import Entry

from .models import Party

KINDS = (
    *("create_municipality", "change_settings", "publish_municipality", "add_party"),
    *("change_party", "end_party", "add_seat", "change_seat", "remove_seat", "add_gate"),
    *("change_gate", "remove_gate", "add_framework", "reword_framework", "grant_role"),
    *("revoke_role", "add_person", "change_person", "person_left"),
)
"""The writes of settings, as the log names them."""
_MOST = 400


def entries_of_settings(ledger_id: UUID) -> list[Entry]:
    """The latest writes of settings, latest first, at most 400."""
    found = Entry.objects.filter(ledger_id=ledger_id, kind__in=KINDS)
    return list(found.order_by("-revision")[:_MOST])


def entry_at(ledger_id: UUID, revision: int, actor: UUID) -> Entry | None:
    """What somebody wrote at a revision, where it was a write of settings of hers."""
    return Entry.objects.filter(
        ledger_id=ledger_id, revision=revision, actor=actor, kind__in=KINDS
    ).first()


def names_of(ledger_id: UUID, actors: Iterable[UUID]) -> dict[UUID, str]:
    """The names of actors of the log as the inside reads them: a person's, else the account's
    address. Two queries; an actor that is nobody any more is left out."""
    wanted = set(actors)
    accounts = User.objects.filter(pk__in=wanted).values_list("pk", "email")
    found: dict[UUID, str] = dict(accounts)
    people = Person.objects.filter(ledger_id=ledger_id)
    for id, account, name in people.values_list("pk", "account", "name"):
        for key in (id, account):
            if key in wanted:
                found[key] = name
    return found


def party_names(ledger_id: UUID) -> Mapping[str, dict[str, str]]:
    """The names of all parties by id."""
    rows = Party.objects.filter(ledger_id=ledger_id).values_list("pk", "name")
    return {str(id): name for id, name in rows}


def party_kinds(ledger_id: UUID) -> Mapping[str, str]:
    """The kinds of all parties by id."""
    rows = Party.objects.filter(ledger_id=ledger_id).values_list("pk", "kind")
    return {str(id): kind for id, kind in rows}
