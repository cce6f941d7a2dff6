"""Toimintamalli: who owns, approves, keeps, coordinates, carries out; whose decision it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from digitiekartta.decisions.rules import (
    Authorities,
    authority_of_existence,
    authority_of_field,
)
from digitiekartta.documents.registry import Audience, Authority, EntityType, Label
from digitiekartta.municipalities.rules import BodyTask, PartyKind

from ..plan.entities import Party, Plan, Seat
from ..registry import REGISTRY
from .clock_year import ClockYear, clock_year

TASKS = (
    BodyTask.APPROVES,
    BodyTask.OWNS,
    BodyTask.KEEPS,
    BodyTask.COORDINATES,
    BodyTask.CARRIES_OUT,
)
_HOLDERS = {
    Authority.TEAM: BodyTask.KEEPS,
    Authority.MANAGEMENT: BodyTask.OWNS,
    Authority.BOARD: BodyTask.APPROVES,
}
_NOT_OF_THE_PLAN = frozenset({"municipality", "person", "framework", "perspective", "version"})
_BOOKKEEPING = frozenset(
    {"rank", "example", "serial", "slug", "published", "valid_version", "framework", "roadmap"}
    | {"original_first", "original_last", "audience", "restricted"}
)


@dataclass(frozen=True, slots=True)
class Task:
    """A task in running the roadmap and those who have it."""

    task: BodyTask
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A sector or unit with what belongs to it."""

    party: Party
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What of one entity an authority decides: adding and removing it, and these of its fields."""

    entity: Label
    existence: bool
    fields: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """One of the four authorities with who holds it here and what it decides."""

    authority: Authority
    holder: Party | None
    decides: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class ModelPage:
    tasks: tuple[Task, ...]
    team: Party | None
    seats: tuple[Seat, ...]
    organisation: tuple[Branch, ...]
    powers: tuple[Power, ...]
    clock: ClockYear


def model_page(plan: Plan, own: Authorities) -> ModelPage:
    """The page of a plan; ``own`` are the municipality's settings of who decides what."""
    team = plan.party_with(BodyTask.KEEPS)
    return ModelPage(
        tasks=tuple(
            Task(task, tuple(one for one in plan.parties if one.task is task)) for task in TASKS
        ),
        team=team,
        seats=tuple(one for one in plan.seats if team is not None and one.body.id == team.id),
        organisation=organisation(plan),
        powers=tuple(
            Power(authority, _holder(plan, authority), tuple(decided_by(authority, own)))
            for authority in Authority
        ),
        clock=clock_year(plan),
    )


def organisation(plan: Plan) -> tuple[Branch, ...]:
    """The sectors and units as a tree, in the municipality's own order."""
    children: dict[str | None, list[Party]] = defaultdict(list)
    units = [one for one in plan.parties if one.kind in (PartyKind.SECTOR, PartyKind.UNIT)]
    known = {one.id for one in units}
    for one in units:
        children[one.parent_id if one.parent_id in known else None].append(one)

    def branch(party: Party) -> Branch:
        return Branch(party, tuple(branch(one) for one in children[party.id]))

    return tuple(branch(one) for one in children[None])


def decided_by(authority: Authority, own: Authorities) -> Iterator[Decided]:
    """What an authority decides, entity by entity, as the registry and the settings tell."""
    for entity in REGISTRY:
        if entity.name in _NOT_OF_THE_PLAN:
            continue
        existence = authority_of_existence(entity, own) is authority
        fields = tuple(_fields(entity, authority, own))
        if existence or fields:
            yield Decided(entity.label, existence, fields)


def _fields(entity: EntityType, authority: Authority, own: Authorities) -> Iterator[Label]:
    for field in entity.fields:
        if field.name in _BOOKKEEPING or field.audience is not Audience.PUBLIC:
            continue
        if field.required and field.refers_to is not None:
            continue
        if authority_of_field(entity, field.name, own) is authority:
            yield field.label


def _holder(plan: Plan, authority: Authority) -> Party | None:
    task = _HOLDERS.get(authority)
    return plan.party_with(task) if task is not None else None
