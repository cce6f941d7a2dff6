"""Plans: the valid and the working one, for an audience, on a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.decisions.queries import frozen_documents
from digitiekartta.decisions.rules import Authorities, valid_document
from digitiekartta.documents.changes import Change, diff
from digitiekartta.documents.document import Document, document_of
from digitiekartta.documents.redaction import redact
from digitiekartta.documents.registry import Audience, Authority
from digitiekartta.history.kept import Kept
from digitiekartta.history.queries import Standing, current, document_at, revision_at
from digitiekartta.municipalities.models import Municipality

from .change_kinds import is_silent, owner_of
from .document import as_told_today, roadmap_document
from .plan.entities import Plan
from .plan.reading import read_plan
from .registry import REGISTRY
from .saying import Sides


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


_Key = tuple[UUID, int, Audience, datetime.date]
_plans: Kept[_Key, Plan] = Kept(16)


def plan_of(ledger_id: UUID, *, audience: Audience, on: datetime.date) -> Plan:
    """The valid plan as it stands, for an audience, on a day.

    Kept in the process per revision, audience and day. Raises NoRoadmapError.
    """
    standing = current(ledger_id)
    key = (ledger_id, standing.revision, audience, on)
    kept = _plans.get(key)
    return kept or _plans.keep(key, _plan(standing, standing.document, audience, on))


def plan_for_residents(ledger_id: UUID, *, on: datetime.date) -> Plan:
    """What everybody may read, or will once the roadmap is published. Raises NoRoadmapError."""
    try:
        return plan_of(ledger_id, audience=Audience.PUBLIC, on=on)
    except NoRoadmapError:
        standing = current(ledger_id)
        whole = standing.document
        roadmap_id = _roadmap_in_force(whole, Audience.TEAM)
        readable = redact(valid_roadmap(whole, roadmap_id, today=whole), Audience.PUBLIC, REGISTRY)
        return read_plan(readable, revision=standing.revision, on=on)


@dataclass(frozen=True, slots=True)
class Working:
    """The plan that the digital team works on, and what of it nobody has decided yet.

    ``undecided`` has, by entity id, the names of the fields that differ from what is valid; ``""``
    where the entity is not valid at all, or is still valid but gone from the working plan.
    ``changes`` lead from the ``valid`` document to the ``working`` one; ``proposals`` tells to how
    many actions, goals and so on they are.
    """

    plan: Plan
    undecided: Mapping[str, frozenset[str]]
    changes: tuple[Change, ...]
    valid: Document
    working: Document
    proposals: int


_working: Kept[_Key, Working] = Kept(16)


def working_plan(ledger_id: UUID, *, audience: Audience, on: datetime.date) -> Working:
    """The working plan as it stands, for an audience, on a day. Kept as the valid one is.

    Raises NoRoadmapError.
    """
    standing = current(ledger_id)
    key = (ledger_id, standing.revision, audience, on)
    kept = _working.get(key)
    return kept or _working.keep(key, _made_working(standing, audience, on))


def _made_working(standing: Standing, audience: Audience, on: datetime.date) -> Working:
    roadmap_id = _roadmap_in_force(standing.document, audience)
    working = redact(roadmap_document(standing.document, roadmap_id), audience, REGISTRY)
    plan = read_plan(working, revision=standing.revision, on=on)
    valid = _readable(standing.document, standing.document, audience)
    undecided: dict[str, set[str]] = {}
    changes = tuple(diff(valid, working))
    for change in changes:
        undecided.setdefault(change.id, set()).add(change.field or "")
    sides = Sides(valid, working, "fi")
    owners = {owner_of(one, sides) for one in changes if not is_silent(one)}
    fields = {id: frozenset(names) for id, names in undecided.items()}
    return Working(plan, fields, changes, valid, working, len(owners))


def forget() -> None:
    """Drops the plans that the process keeps: for tests, and after a restore."""
    _plans.forget()
    _working.forget()


def plan_as_of(
    ledger_id: UUID, *, at: datetime.datetime, audience: Audience, on: datetime.date
) -> Plan:
    """The valid plan as it stood at a past moment, without what has been withdrawn since."""
    standing = document_at(ledger_id, revision_at(ledger_id, at))
    return _plan(standing, current(ledger_id).document, audience, on)


def document_and_plan(ledger_id: UUID, *, on: datetime.date) -> tuple[Standing, Plan]:
    """The public document and plan as they stand, of one revision. Raises NoRoadmapError."""
    standing = document_of_plan(ledger_id, audience=Audience.PUBLIC)
    plan = plan_of(ledger_id, audience=Audience.PUBLIC, on=on)
    if plan.revision != standing.revision:  # somebody wrote in between
        plan = read_plan(standing.document, revision=standing.revision, on=on)
    return standing, plan


def document_of_plan(ledger_id: UUID, *, audience: Audience) -> Standing:
    """The valid roadmap document as it stands, redacted for an audience."""
    standing = current(ledger_id)
    return Standing(standing.revision, _readable(standing.document, standing.document, audience))


def _plan(standing: Standing, today: Document, audience: Audience, on: datetime.date) -> Plan:
    document = _readable(standing.document, today, audience)
    return read_plan(document, revision=standing.revision, on=on)


def _readable(whole: Document, today: Document, audience: Audience) -> Document:
    """The valid document of the roadmap in force, as an audience may read it today."""
    roadmap_id = _roadmap_in_force(whole, audience)
    return redact(valid_roadmap(whole, roadmap_id, today=today), audience, REGISTRY)


def valid_roadmap(whole: Document, roadmap_id: str, *, today: Document) -> Document:
    """The valid document of a roadmap in a ledger's document of any time, as it is told today.

    A version that is there no more was an example and made nothing valid: the one before it did.
    """
    working = roadmap_document(whole, roadmap_id)
    roadmap = working.of("roadmap")[roadmap_id]
    named = version_id = roadmap.get("valid_version")
    while version_id is not None and today.get("version", version_id) is None:
        version_id = (whole.get("version", version_id) or {}).get("supersedes")
    if version_id != named:
        roadmaps = {roadmap_id: {**roadmap, "valid_version": version_id}}
        working = document_of({**working.entities, "roadmap": roadmaps})
    frozen = frozen_documents([] if version_id is None else [UUID(version_id)])
    for version in frozen.values():
        working = valid_document(version, working, REGISTRY, authorities_in(whole))
    return as_told_today(working, today)


def authorities_in(whole: Document) -> Authorities:
    """Who decides what, where the municipality has its own setting for it."""
    own = next(iter(whole.of("municipality").values()), {}).get("authorities") or {}
    return {name: Authority(value) for name, value in own.items()}


def _roadmap_in_force(whole: Document, audience: Audience) -> str:
    readable = [
        (one.get("first", ""), id)
        for id, one in whole.of("roadmap").items()
        if one.get("published") or audience is not Audience.PUBLIC
    ]
    if not readable:
        raise NoRoadmapError
    return max(readable)[1]
