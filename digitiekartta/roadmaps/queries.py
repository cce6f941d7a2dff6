"""Plans: the valid and the working one, for an audience, on a day."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.db import connection

from digitiekartta.decisions.queries import frozen_document
from digitiekartta.decisions.rules import valid_document
from digitiekartta.documents.changes import diff
from digitiekartta.documents.document import Document
from digitiekartta.documents.redaction import redact, restrict
from digitiekartta.documents.registry import Audience, Authority
from digitiekartta.history.queries import Standing, current, document_at, revision_at
from digitiekartta.municipalities.models import Municipality

from .document import roadmap_document
from .plan.entities import Plan
from .plan.reading import read_plan
from .registry import REGISTRY

_KEPT = 16


@dataclass(frozen=True, slots=True)
class Site:
    """A municipality's public site: its ledger and the slug in its addresses."""

    ledger_id: UUID
    slug: str


class NoRoadmapError(LookupError):
    """The municipality has no roadmap that may be read."""


def published_site(slug: str) -> Site | None:
    """The site of a published municipality, or None."""
    ledger = Municipality.objects.published().filter(slug=slug).values_list("ledger_id", flat=True)
    found = ledger.first()
    return None if found is None else Site(found, slug)


_plans: OrderedDict[tuple[UUID, int, Audience, datetime.date], Plan] = OrderedDict()
_plans_lock = Lock()


def plan_of(ledger_id: UUID, *, audience: Audience, on: datetime.date) -> Plan:
    """The valid plan as it stands, for an audience, on a day.

    Kept in the process per revision, audience and day. Raises NoRoadmapError.
    """
    standing = current(ledger_id)
    key = (ledger_id, standing.revision, audience, on)
    with _plans_lock:
        kept = _plans.get(key)
    if kept is not None:
        return kept
    plan = _plan(standing, standing.document, audience, on)
    if connection.in_atomic_block:
        return plan  # as with the document: what is not committed is not kept
    with _plans_lock:
        _plans[key] = plan
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    return plan


@dataclass(frozen=True, slots=True)
class Working:
    """The plan that the digital team works on, and what of it nobody has decided yet.

    ``undecided`` has, by entity id, the names of the fields that differ from what is valid; ``""``
    where the entity is not valid at all, or is still valid but gone from the working plan.
    """

    plan: Plan
    undecided: Mapping[str, frozenset[str]]


_working: OrderedDict[tuple[UUID, int, Audience, datetime.date], Working] = OrderedDict()


def working_plan(ledger_id: UUID, *, audience: Audience, on: datetime.date) -> Working:
    """The working plan as it stands, for an audience, on a day. Kept as the valid one is.

    Raises NoRoadmapError.
    """
    standing = current(ledger_id)
    key = (ledger_id, standing.revision, audience, on)
    with _plans_lock:
        kept = _working.get(key)
    if kept is not None:
        return kept
    made = _made_working(standing, audience, on)
    if connection.in_atomic_block:
        return made
    with _plans_lock:
        _working[key] = made
        while len(_working) > _KEPT:
            _working.popitem(last=False)
    return made


def _made_working(standing: Standing, audience: Audience, on: datetime.date) -> Working:
    roadmap_id = _roadmap_in_force(standing.document, audience)
    working = redact(roadmap_document(standing.document, roadmap_id), audience, REGISTRY)
    plan = read_plan(working, revision=standing.revision, on=on)
    valid = redact(_valid(standing.document, audience), audience, REGISTRY)
    undecided: dict[str, set[str]] = {}
    for change in diff(valid, working):
        undecided.setdefault(change.id, set()).add(change.field or "")
    return Working(plan, {id: frozenset(names) for id, names in undecided.items()})


def forget() -> None:
    """Drops the plans that the process keeps: for tests, and after a restore."""
    with _plans_lock:
        _plans.clear()
        _working.clear()


def plan_as_of(
    ledger_id: UUID, *, at: datetime.datetime, audience: Audience, on: datetime.date
) -> Plan:
    """The valid plan as it stood at a past moment, without what has been withdrawn since."""
    standing = document_at(ledger_id, revision_at(ledger_id, at))
    return _plan(standing, current(ledger_id).document, audience, on)


def document_of_plan(ledger_id: UUID, *, audience: Audience) -> Standing:
    """The valid roadmap document as it stands, redacted for an audience."""
    standing = current(ledger_id)
    document = _valid(standing.document, audience)
    return Standing(standing.revision, redact(document, audience, REGISTRY))


def _plan(standing: Standing, today: Document, audience: Audience, on: datetime.date) -> Plan:
    document = restrict(_valid(standing.document, audience), today)
    return read_plan(redact(document, audience, REGISTRY), revision=standing.revision, on=on)


def _valid(whole: Document, audience: Audience) -> Document:
    """The valid document of the roadmap in force: the latest published one that begins first."""
    roadmap_id = _roadmap_in_force(whole, audience)
    working = roadmap_document(whole, roadmap_id)
    version_id = working.of("roadmap")[roadmap_id].get("valid_version")
    if version_id is None:
        return working
    own = next(iter(working.of("municipality").values()), {}).get("authorities") or {}
    authorities = {name: Authority(value) for name, value in own.items()}
    return valid_document(frozen_document(UUID(version_id)), working, REGISTRY, authorities)


def _roadmap_in_force(whole: Document, audience: Audience) -> str:
    readable = [
        (one.get("first", ""), id)
        for id, one in whole.of("roadmap").items()
        if one.get("published") or audience is not Audience.PUBLIC
    ]
    if not readable:
        raise NoRoadmapError
    return max(readable)[1]
