"""The values of a plan. Texts are by language; references are resolved."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.municipalities.rules import (
    BodyTask,
    HalfYear,
    PartyKind,
    Span,
)

from ..rules import (
    Direction,
    EffectClass,
    EffectPhase,
    FundingKind,
    FundingState,
    Situation,
    Status,
)
from .levels import Perspective as Perspective
from .levels import Point as Point
from .levels import Priority as Priority
from .levels import Series as Series
from .levels import Target as Target

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Municipality:
    id: str
    name: Text
    genitive: Text
    slug: str
    languages: tuple[str, ...]
    colour: str
    website: str
    contact: str
    accessibility_reviewed_on: datetime.date | None
    accessibility_reviewer: Text = field(default_factory=dict)
    accessibility_faults: Text = field(default_factory=dict)
    feedback_email: str = ""
    logo: str = ""
    features: Mapping[str, bool] = field(default_factory=dict)
    wordings: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Party:
    """A sector, unit, body or role. ``parent_id`` is None at the top of the tree."""

    id: str
    kind: PartyKind
    name: Text
    genitive: Text
    slug: str
    parent_id: str | None
    headcount: int | None
    task: BodyTask | None
    duties: Text
    rank: int
    example: bool
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    body: Party
    represents: Party
    convener: bool
    person_name: str | None


@dataclass(frozen=True, slots=True)
class Gate:
    """A date of the annual clock: ``first`` and ``last`` as month and day.

    ``last_year_only``: it comes in the last year of the roadmap's period alone.
    """

    id: str
    name: Text
    first: tuple[int, int]
    last: tuple[int, int]
    last_year_only: bool
    party: Party | None
    description: Text


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    kind: DecisionKind
    body: Party | None
    decided_on: datetime.date
    reference: str
    link: str
    summary: Text
    example: bool


@dataclass(frozen=True, slots=True)
class Version:
    """An approved version: the document as it stood at ``frozen_revision`` of the log."""

    id: str
    number: int
    decision: Decision
    frozen_revision: int
    sha256: str
    public_sha256: str
    example: bool


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    measured_on: datetime.date
    value: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """``values`` oldest first."""

    id: str
    name: Text
    unit: Text
    direction: Direction
    target: float | None
    source: Text
    values: tuple[IndicatorValue, ...]
    example: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """``former_priority`` is the one that it was set by, if that has been removed since."""

    id: str
    number: int
    title: Text
    description: Text
    priority: Priority | None
    indicators: tuple[Indicator, ...]
    example: bool
    former_priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """A funding line: whole euros of one year and kind."""

    id: str
    year: int | None
    kind: FundingKind
    state: FundingState
    amount: int | None
    actual: int | None
    note: Text
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Effect:
    effect_class: EffectClass
    phase: EffectPhase
    text: Text


@dataclass(frozen=True, slots=True)
class Work:
    half_year: HalfYear
    person_days: int


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    title: Text


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    noted_on: datetime.date
    text: Text
    status: Status | None
    party: Party | None
    on_behalf: bool
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to one action: lines, notes (latest first) and the rest."""

    funding: tuple[Funding, ...] = ()
    effects: tuple[Effect, ...] = ()
    work: tuple[Work, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    needs: tuple[str, ...] = ()
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it stands on the plan's day.

    ``needs`` and ``needed_by`` (in ``parts``) and ``merged_into`` are ids of actions of this plan.
    ``overrun`` are the half-years past its last one that a late action has run.
    """

    id: str
    serial: int
    number: str
    title: Text
    statement: Text
    benefit: Text
    goal: Goal | None
    responsible: Party | None
    person_name: str | None
    partners: tuple[Party, ...]
    all_sectors: bool
    outside_partners: Text
    original: Span
    span: Span
    recurring: bool
    status: Status
    cancelled: bool
    percentage: int | None
    reason: Text
    merged_into: str | None
    communication: Text
    training: Text
    rank: int
    example: bool
    parts: Parts
    late: bool
    waiting: bool
    situation: Situation
    overrun: Span | None

    @property
    def priority(self) -> Priority | None:
        return self.goal.priority if self.goal is not None else None

    @property
    def moved(self) -> bool:
        """Whether the schedule differs from the original one."""
        return self.original != self.span


@dataclass(frozen=True, slots=True)
class Roadmap:
    id: str
    title: Text
    period: Span
    foreword: Text
    vision: Text
    vision_lead: Text
    operating_model: Text
    scale: tuple[Text, ...]
    example: bool
    published: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A roadmap at one revision, as one audience may see it, on one day.

    ``approved`` tells whether a version is in force; without one the working plan is shown. Actions
    stand in their own order, versions and decisions latest first.
    """

    revision: int
    on: datetime.date
    municipality: Municipality
    roadmap: Roadmap
    parties: tuple[Party, ...]
    seats: tuple[Seat, ...]
    gates: tuple[Gate, ...]
    decisions: tuple[Decision, ...]
    versions: tuple[Version, ...]
    version: Version | None
    series: tuple[Series, ...]
    perspectives: tuple[Perspective, ...]
    priorities: tuple[Priority, ...]
    goals: tuple[Goal, ...]
    actions: tuple[Action, ...]
    has_examples: bool

    @property
    def approved(self) -> bool:
        return self.version is not None

    @property
    def now(self) -> HalfYear:
        """The half-year of the plan's day."""
        return HalfYear.of(self.on)

    def action(self, serial: int) -> Action | None:
        return next((one for one in self.actions if one.serial == serial), None)

    def action_by_id(self, id: str | None) -> Action | None:
        return next((one for one in self.actions if one.id == id), None)

    def party_with(self, task: BodyTask) -> Party | None:
        """The first body or role that has a task in running the roadmap."""
        return next((one for one in self.parties if one.task is task), None)
