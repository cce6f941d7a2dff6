"""Storing answers: those that wait together in one commit, added to the counts of their groups.

The one write that is not recorded in the log: of an answer neither time nor order nor person may be
known. See docs/decisions/0008-tallies-instead-of-answers.md and 0009-answers-in-batches.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from ..models import Codes, Tally
from ..tallies import counted, is_used, marked, place_of, questions_of


class UncertainCommitError(Exception):
    """The connection was lost while committing: nobody can tell whether the batch was counted."""


class Outcome(Enum):
    """What became of one person's answers. After the first two she is thanked."""

    COUNTED = auto()
    ANSWERED_BEFORE = auto()
    UNKNOWN_CODE = auto()
    CLOSED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code's hash, and its place among so many codes of its group when it was looked up."""

    hashed: bytes
    place: int
    among: int


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers for a group: a level 1–5, DONT_KNOW or None for each question.

    Without a code for a group with an open link.
    """

    unit_id: UUID
    levels: tuple[int | None, ...]
    code: KnownCode | None = None


def count(batch: Sequence[Submission]) -> list[Outcome]:
    """As :func:`store`, within the caller's transaction and as durable as it: for examples."""
    return _count(batch)


def store(batch: Sequence[Submission]) -> list[Outcome]:
    """Counts many people's answers in one transaction, durably; what became of each, in order.

    A code that is used already counts nothing, whether it was used before or within the batch.
    Raises Django's database errors where nothing was counted, and UncertainCommitError.
    """
    written = False
    try:
        with transaction.atomic(durable=True):
            outcomes = _count(batch)
            written = True
    except DatabaseError as problem:
        if written:
            raise UncertainCommitError from problem
        raise
    return outcomes


def _count(batch: Sequence[Submission]) -> list[Outcome]:
    outcomes = [Outcome.CLOSED] * len(batch)
    places = _by_unit(batch)
    tallies = _locked(places)
    for unit_id, tally in tallies.items():
        here = places[unit_id]
        for place, outcome in zip(here, _add(tally, [batch[i] for i in here]), strict=True):
            outcomes[place] = outcome
    _save(list(tallies.values()))
    return outcomes


def _by_unit(batch: Sequence[Submission]) -> dict[UUID, list[int]]:
    places: dict[UUID, list[int]] = {}
    for place, one in enumerate(batch):
        places.setdefault(one.unit_id, []).append(place)
    return places


def _locked(unit_ids: Iterable[UUID]) -> dict[UUID, Tally]:
    """The tallies of these groups that are still there, locked in the order of their keys: nobody
    waits for another who waits for him."""
    rows = Tally.objects.select_for_update().filter(pk__in=list(unit_ids)).order_by("pk")
    return {one.pk: one for one in rows}


def _add(tally: Tally, submissions: Sequence[Submission]) -> list[Outcome]:
    """Adds to one tally, in memory, and tells what became of each."""
    used, outcomes, fresh = bytes(tally.used), [], []
    questions = questions_of(bytes(tally.counts))
    for one in submissions:
        place = _place(tally, one.code)
        if len(one.levels) != questions:
            outcomes.append(Outcome.REFUSED)
        elif one.code is not None and place is None:
            outcomes.append(Outcome.UNKNOWN_CODE)
        elif place is not None and is_used(used, place):
            outcomes.append(Outcome.ANSWERED_BEFORE)
        else:
            used = used if place is None else marked(used, [place])
            fresh.append(one.levels)
            outcomes.append(Outcome.COUNTED)
    tally.counts = counted(bytes(tally.counts), fresh)
    tally.respondents += len(fresh)
    tally.used = used
    return outcomes


def _place(tally: Tally, code: KnownCode | None) -> int | None:
    """The place of the code's mark; looked up anew where codes were added since."""
    if code is None or code.among == tally.codes:
        return None if code is None else code.place
    given = Codes.objects.values_list("given", flat=True).get(unit=tally.pk)
    return place_of(bytes(given), code.hashed)


def _save(tallies: Sequence[Tally]) -> None:
    """Writes the tallies over in one round trip: rows of the same length at the same place."""
    table = Tally._meta.db_table
    names = ("respondents", "counts", "used", "unit_id")
    fields = {one.attname: one for one in Tally._meta.concrete_fields}
    rows = [
        [fields[name].get_db_prep_save(getattr(one, name), connection) for name in names]
        for one in tallies
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET respondents = %s, counts = %s, used = %s WHERE unit_id = %s",  # noqa: S608
            rows,
        )
