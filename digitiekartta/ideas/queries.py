"""The ideas of a municipality as an audience may read them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.documents.document import Document, document_of
from digitiekartta.documents.redaction import redact
from digitiekartta.documents.registry import Audience, Registry
from digitiekartta.history.kept import Kept
from digitiekartta.history.queries import current
from digitiekartta.roadmaps.registry import REGISTRY as ROADMAP

from .fields import ENTITIES, IDEA, STEP, SUPPORT
from .models import Received
from .rules import OPEN, IdeaState, median_days

REGISTRY = Registry((*ROADMAP, *ENTITIES))
_NEEDED = (
    *(one.name for one in ENTITIES),
    "party",
    "framework",
    "perspective",
    "roadmap",
    "goal",
    "action",
)
_Key = tuple[UUID, int, Audience]
_kept: Kept[_Key, Document] = Kept(16)


def ideas_document(ledger_id: UUID, audience: Audience) -> Document:
    """Ideas with their steps, parties and perspectives, redacted. Kept per revision and audience.

    Which action an idea belongs to is looked up in the plan that the reader sees, so the id stays.
    """
    standing = current(ledger_id)
    key = (ledger_id, standing.revision, audience)
    return _kept.get(key) or _kept.keep(key, _redacted(standing.document, audience))


def _redacted(whole: Document, audience: Audience) -> Document:
    needed = {name: whole.of(name) for name in _NEEDED}
    return redact(document_of(needed), audience, REGISTRY)


def supporters(ledger_id: UUID) -> dict[str, frozenset[str]]:
    """Who supports each idea, by its id: those of the ideas merged into it too, once each."""
    whole = current(ledger_id).document
    found: dict[str, set[str]] = defaultdict(set)
    for one in whole.of(SUPPORT.name).values():
        found[one["idea"]].add(one["account"])
    ideas = whole.of(IDEA.name)
    for id, one in ideas.items():
        into = one.get("merged_into")
        if into is not None:
            found[into] |= found[id]
    return {id: frozenset(accounts) for id, accounts in found.items()}


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many ideas there are and how soon they are answered, in days."""

    total: int
    open: int
    by_state: dict[IdeaState, int]
    median_days: float | None
    oldest_open: datetime.date | None


def statistics(document: Document) -> Statistics:
    """Counts of the ideas of a document. An idea is answered by its first step that ends it."""
    ideas = document.of(IDEA.name)
    by_state: dict[IdeaState, int] = dict.fromkeys(IdeaState, 0)
    for one in ideas.values():
        by_state[IdeaState(one["state"])] += 1
    waiting = [_day(one["received_on"]) for one in ideas.values() if one["state"] in OPEN]
    return Statistics(
        total=len(ideas),
        open=len(waiting),
        by_state=by_state,
        median_days=median_days(_answered(document)),
        oldest_open=min(waiting, default=None),
    )


def _answered(document: Document) -> Iterable[tuple[datetime.date, datetime.date]]:
    first: dict[str, datetime.date] = {}
    for step in document.of(STEP.name).values():
        if step["state"] not in OPEN:
            day = _day(step["taken_on"])
            first[step["idea"]] = min(day, first.get(step["idea"], day))
    ideas = document.of(IDEA.name)
    return [(_day(ideas[id]["received_on"]), day) for id, day in first.items()]


def _day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def waiting_for_moderation(ledger_id: UUID) -> list[Received]:
    """What residents have sent and nobody has looked at, the oldest first."""
    held = Received.objects.filter(ledger_id=ledger_id, idea=None)
    return list(held.order_by("received_at", "pk"))
