"""Toimintamalli: who owns, approves, keeps, coordinates, carries out; whose decision it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.decisions.rules import (
    Authorities,
    authority_of_existence,
    authority_of_field,
)
from digitiekartta.documents.registry import Audience, Authority, EntityType, Field, Label
from digitiekartta.municipalities.rules import BodyTask, PartyKind

from ..plan.entities import Party, Plan, Seat, Text
from ..registry import REGISTRY
from .clock_year import ClockYear, clock_year

TASKS = (
    BodyTask.APPROVES,
    BodyTask.OWNS,
    BodyTask.KEEPS,
    BodyTask.COORDINATES,
    BodyTask.CARRIES_OUT,
)
"""In the order in which the roadmap goes through people's hands."""
POWERS = (Authority.BOARD, Authority.MANAGEMENT, Authority.TEAM, Authority.PROGRESS)
_HOLDERS = {
    Authority.TEAM: BodyTask.KEEPS,
    Authority.MANAGEMENT: BodyTask.OWNS,
    Authority.BOARD: BodyTask.APPROVES,
}
NOT_OF_THE_PLAN = frozenset(
    {"municipality", "person", "framework", "perspective", "decision", "version"}
)
_BOOKKEEPING = frozenset(
    {"rank", "example", "serial", "slug", "published", "valid_version", "framework", "roadmap"}
    | {"original_first", "original_last", "audience", "restricted"}
)


class Matter(StrEnum):
    """The changes that people ask about; their words are in the template."""

    APPROVAL = "approval"
    VISION = "vision"
    TASKS = "tasks"
    TARGETS = "targets"
    PRIORITIES = "priorities"
    GOALS = "goals"
    NEW_ACTION = "new_action"
    ENDING = "ending"
    MONEY = "money"
    SCHEDULE = "schedule"
    RESPONSIBLE = "responsible"
    WORDING = "wording"
    EFFECTS = "effects"
    PROGRESS = "progress"
    PERSON = "person"
    OUTCOME = "outcome"


_CONSISTS_OF: Mapping[Matter, tuple[str, ...]] = {
    Matter.APPROVAL: ("roadmap",),
    Matter.VISION: ("roadmap.vision", "roadmap.foreword", "roadmap.operating_model"),
    Matter.TASKS: ("party.task", "party.duties"),
    Matter.TARGETS: ("target", "target.level"),
    Matter.PRIORITIES: ("priority", "priority.reason"),
    Matter.GOALS: ("goal", "goal.title", "indicator", "indicator.target"),
    Matter.NEW_ACTION: ("action",),
    Matter.ENDING: ("action.cancelled", "action.merged_into"),
    Matter.MONEY: ("funding", "funding.amount"),
    Matter.SCHEDULE: ("action.first", "action.last"),
    Matter.RESPONSIBLE: ("action.responsible", "action.partners"),
    Matter.WORDING: ("action.title", "action.statement", "action.benefit"),
    Matter.EFFECTS: ("effect", "dependency", "link"),
    Matter.PROGRESS: ("action.status", "action.percentage", "note"),
    Matter.PERSON: ("action.person", "action.deputies"),
    Matter.OUTCOME: ("funding.state", "funding.actual", "indicator_value"),
}
"""What each is in the registry: a field, or an entity type for adding and removing."""


@dataclass(frozen=True, slots=True)
class Doers:
    """Parties with the same task and the same duties, told once."""

    parties: tuple[Party, ...]
    duties: Text


@dataclass(frozen=True, slots=True)
class Task:
    """A task in running the roadmap and those who have it."""

    task: BodyTask
    doers: tuple[Doers, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A sector or unit with what belongs to it, and for how many actions it answers."""

    party: Party
    actions: int
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What of one entity an authority decides.

    ``existence`` tells that it decides adding and removing; ``whole`` that it decides everything.
    """

    entity: Label
    existence: bool
    whole: bool
    fields: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """One of the four authorities: who holds it here and over what.

    ``matters`` are the commonest changes in plain words, ``decides`` is everything.
    """

    authority: Authority
    holder: Party | None
    matters: tuple[Matter, ...]
    decides: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class ModelPage:
    """``has_tasks`` tells whether anybody has been given a task yet."""

    tasks: tuple[Task, ...]
    has_tasks: bool
    team: Party | None
    seats: tuple[Seat, ...]
    organisation: tuple[Branch, ...]
    powers: tuple[Power, ...]
    clock: ClockYear


def model_page(plan: Plan, own: Authorities) -> ModelPage:
    """The page of a plan; ``own`` are the municipality's settings of who decides what."""
    team = plan.party_with(BodyTask.KEEPS)
    tasks = tuple(Task(task, tuple(_doers(plan, task))) for task in TASKS)
    return ModelPage(
        tasks=tasks,
        has_tasks=any(one.doers for one in tasks),
        team=team,
        seats=tuple(one for one in plan.seats if team is not None and one.body.id == team.id),
        organisation=organisation(plan),
        powers=tuple(_power(plan, authority, own) for authority in POWERS),
        clock=clock_year(plan.gates, plan.on, plan.roadmap.period.last.year),
    )


def _doers(plan: Plan, task: BodyTask) -> Iterator[Doers]:
    groups: dict[tuple[tuple[str, str], ...], list[Party]] = defaultdict(list)
    for party in plan.parties:
        if party.task is task:
            groups[tuple(sorted(party.duties.items()))].append(party)
    for parties in groups.values():
        yield Doers(tuple(parties), parties[0].duties)


def organisation(plan: Plan) -> tuple[Branch, ...]:
    """The sectors and units as a tree, in the municipality's own order."""
    counts = Counter(one.responsible.id for one in plan.actions if one.responsible is not None)
    children: dict[str | None, list[Party]] = defaultdict(list)
    units = [
        one
        for one in plan.parties
        if one.kind in (PartyKind.SECTOR, PartyKind.UNIT) and not one.ended
    ]
    known = {one.id for one in units}
    for one in units:
        children[one.parent_id if one.parent_id in known else None].append(one)

    def branch(party: Party) -> Branch:
        below = tuple(branch(one) for one in children[party.id])
        return Branch(party, counts[party.id], below)

    return tuple(branch(one) for one in children[None])


def _power(plan: Plan, authority: Authority, own: Authorities) -> Power:
    task = _HOLDERS.get(authority)
    return Power(
        authority=authority,
        holder=plan.party_with(task) if task is not None else None,
        matters=tuple(one for one in Matter if authority in authorities_of(one, own)),
        decides=tuple(decided_by(authority, own)),
    )


def authorities_of(matter: Matter, own: Authorities) -> frozenset[Authority]:
    """Who decides a common change: one authority, or several where the settings divide it."""
    found = set()
    for key in _CONSISTS_OF[matter]:
        name, _dot, field = key.partition(".")
        entity = REGISTRY[name]
        found.add(
            authority_of_field(entity, field, own) if field else authority_of_existence(entity, own)
        )
    return frozenset(found)


def decided_by(authority: Authority, own: Authorities) -> Iterator[Decided]:
    """What an authority decides, entity by entity, as the registry and the settings tell."""
    for entity in REGISTRY:
        if entity.name in NOT_OF_THE_PLAN:
            continue
        existence = authority_of_existence(entity, own) is authority
        shown = list(shown_fields(entity))
        decided = [one for one in shown if authority_of_field(entity, one.name, own) is authority]
        if existence or decided:
            whole = existence and len(decided) == len(shown)
            yield Decided(entity.label, existence, whole, tuple(one.label for one in decided))


def shown_fields(entity: EntityType) -> Iterator[Field]:
    """The fields that people know: public ones, without bookkeeping and without belonging."""
    for field in entity.fields:
        belongs = field.required and field.refers_to is not None
        if field.audience is Audience.PUBLIC and not belongs and field.name not in _BOOKKEEPING:
            yield field
