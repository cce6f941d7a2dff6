"""Which entries of the log brought what waits for a decision, and who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth import get_user_model

from digitiekartta.accounts.models import Person
from digitiekartta.documents.changes import Change
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import changes_of
from digitiekartta.ui.clock import HELSINKI

from .pages.proposals import Key, Written, key_of


def written_by(
    ledger_id: UUID, changes: Iterable[Change], *, since: int, viewer: UUID
) -> Mapping[Key, Written]:
    """For each change the last entry after a revision that made it, as it is told to ``viewer``."""
    wanted = {key_of(one) for one in changes}
    found: dict[Key, Entry] = {}
    entries = Entry.objects.filter(ledger_id=ledger_id, revision__gt=since).order_by("-revision")
    for entry in entries.iterator(chunk_size=200):
        for change in changes_of(entry):
            for key in (key_of(change), (change.entity, change.id, "")):
                if key in wanted:
                    found.setdefault(key, entry)
        if len(found) == len(wanted):
            break
    names = names_of_actors(ledger_id, {one.actor for one in found.values() if one.actor})
    return {
        key: Written(
            revision=one.revision,
            on=one.at.astimezone(HELSINKI).date(),
            by=names.get(one.actor, "") if one.actor else "",
            reason=one.reason,
            own=one.actor == viewer,
        )
        for key, one in found.items()
    }


def names_of_actors(ledger_id: UUID, actors: Iterable[UUID]) -> dict[UUID, str]:
    """What the municipality's own call those who write: the person's name, else the address."""
    ids = list(actors)
    accounts = get_user_model().objects.filter(pk__in=ids).values_list("pk", "email")
    names = dict(accounts)
    people = Person.objects.filter(ledger_id=ledger_id)
    names.update(people.filter(pk__in=ids).values_list("pk", "name"))
    by_account = people.filter(account__in=ids).values_list("account", "name")
    names.update({account: name for account, name in by_account if account is not None})
    return names
