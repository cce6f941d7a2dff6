"""Documents as they stand and as they stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from digitiekartta.documents.changes import Change, DoesNotApplyError, apply
from digitiekartta.documents.document import (
    EMPTY,
    Document,
    canonical_bytes,
    document_of,
    from_canonical,
)

from .kept import Kept, forget_everything
from .models import Entry, Ledger, Snapshot
from .records import rows_as_records
from .tables import all_tables

_BUILD_TRIES = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole document of a ledger at one revision."""

    revision: int
    document: Document


_standings: Kept[UUID, Standing] = Kept(16)


def current(ledger_id: UUID) -> Standing:
    """The document as it stands, at the ledger's revision.

    The last one built is kept in the process and brought up to date from the log: two queries,
    whatever the size. Nothing kept: one query per table.
    """
    kept = _standings.get(ledger_id)
    revision = revision_of(ledger_id)
    if kept is None or kept.revision > revision:
        return _standings.keep(ledger_id, from_tables(ledger_id))
    if kept.revision == revision:
        return kept
    return _standings.keep(ledger_id, _brought_up(ledger_id, kept, revision))


def _brought_up(ledger_id: UUID, kept: Standing, revision: int) -> Standing:
    """The kept document with what the log says since; read anew where values that it holds were
    erased from the log meanwhile."""
    changes = _changes(ledger_id, after=kept.revision, upto=revision)
    try:
        return Standing(revision, apply(kept.document, changes))
    except DoesNotApplyError:
        return from_tables(ledger_id)


def forget() -> None:
    """Drops what the process keeps: for tests, and after a restore."""
    forget_everything()


def from_tables(ledger_id: UUID) -> Standing:
    """The document read from the tables, in one query each.

    Reads again when a write came in between, so that the whole is of one revision.
    """
    for _ in range(_BUILD_TRIES):
        revision = revision_of(ledger_id)
        document = document_of(
            {
                table.entity_type.name: rows_as_records(
                    table._default_manager.filter(ledger_id=ledger_id), table.entity_type
                )
                for table in all_tables()
            }
        )
        if revision_of(ledger_id) == revision:
            return Standing(revision, document)
    return document_at(ledger_id, revision_of(ledger_id))


def revision_of(ledger_id: UUID) -> int:
    """The ledger's revision. Raises Ledger.DoesNotExist."""
    return Ledger.objects.values_list("revision", flat=True).get(pk=ledger_id)


def revision_at(ledger_id: UUID, at: datetime) -> int:
    """The last revision written at or before a time; 0 before the first."""
    entries = Entry.objects.filter(ledger_id=ledger_id, at__lte=at)
    return entries.order_by("-revision").values_list("revision", flat=True).first() or 0


def document_at(ledger_id: UUID, revision: int) -> Standing:
    """The document as it stood at a revision: the nearest snapshot before it plus the log."""
    snapshots = Snapshot.objects.filter(ledger_id=ledger_id, revision__lte=revision)
    snapshot = snapshots.order_by("-revision").first()
    start = Standing(0, EMPTY)
    if snapshot is not None:
        start = Standing(snapshot.revision, from_canonical(bytes(snapshot.content)))
    changes = _changes(ledger_id, after=start.revision, upto=revision)
    return Standing(revision, apply(start.document, changes))


def take_snapshot(ledger_id: UUID, revision: int) -> None:
    """Keeps the document at a revision, unless it is kept already."""
    content = canonical_bytes(document_at(ledger_id, revision).document)
    Snapshot.objects.get_or_create(
        ledger_id=ledger_id, revision=revision, defaults={"content": content}
    )


def entries_about(ledger_id: UUID, entity_id: UUID) -> list[Entry]:
    """The log of one entity, latest first."""
    return list(
        Entry.objects.filter(ledger_id=ledger_id, entity_id=entity_id).order_by("-revision")
    )


def changes_of(entry: Entry) -> tuple[Change, ...]:
    return tuple(Change(*data) for data in entry.changes)


def _changes(ledger_id: UUID, *, after: int, upto: int) -> Iterator[Change]:
    entries = Entry.objects.filter(ledger_id=ledger_id, revision__gt=after, revision__lte=upto)
    rows = entries.order_by("revision").values_list("changes", flat=True).iterator(chunk_size=500)
    return (Change(*data) for data in chain.from_iterable(rows))
