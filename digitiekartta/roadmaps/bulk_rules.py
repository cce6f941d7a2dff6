"""What one change does to each of many actions. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.rules import Span

from .rights import Deed
from .rules import Rule, Status


class BulkKind(StrEnum):
    """What can be done to many actions at once. The values stand in forms and addresses."""

    MOVE = "siirto"
    HAND_OVER = "vastuu"
    GOAL = "tavoite"
    PAUSE = "tauko"
    CANCEL = "peruminen"
    SHOW = "nakyvyys"


DEEDS = {
    BulkKind.MOVE: Deed.RESCHEDULE,
    BulkKind.HAND_OVER: Deed.HAND_OVER,
    BulkKind.GOAL: Deed.ORDER,
    BulkKind.PAUSE: Deed.REPORT,
    BulkKind.CANCEL: Deed.CANCEL,
    BulkKind.SHOW: Deed.SET_VISIBILITY,
}
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Bulk:
    """One change. ``steps`` are half-years, later when above zero."""

    kind: BulkKind
    steps: int = 0
    party_id: UUID | None = None
    goal_id: UUID | None = None
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an action stands, as far as changes of many look at it."""

    span: Span
    period: Span
    status: Status
    cancelled: bool
    responsible_id: UUID | None
    goal_id: UUID | None
    audience: Audience


def moved(span: Span, steps: int) -> Span:
    """A schedule a number of half-years later, or earlier."""
    return Span(span.first.plus(steps), span.last.plus(steps))


def fault_of(bulk: Bulk, stands: Stands) -> Rule | None:
    """Why the change can't be made to an action; None where it can."""
    if bulk.kind is BulkKind.SHOW:
        return None
    if stands.cancelled:
        return Rule.ENDED_ALREADY
    if bulk.kind is BulkKind.MOVE:
        after = moved(stands.span, bulk.steps)
        if after.first < stands.period.first or after.last > stands.period.last:
            return Rule.OUTSIDE_THE_PERIOD
    if bulk.kind is BulkKind.PAUSE and stands.status is Status.DONE:
        return Rule.DONE_ALREADY
    return None


def changes_something(bulk: Bulk, stands: Stands) -> bool:
    """Whether the action would be other than it is."""
    return {
        BulkKind.MOVE: bulk.steps != 0,
        BulkKind.HAND_OVER: stands.responsible_id != bulk.party_id,
        BulkKind.GOAL: stands.goal_id != bulk.goal_id,
        BulkKind.PAUSE: stands.status is not Status.PAUSED,
        BulkKind.CANCEL: not stands.cancelled,
        BulkKind.SHOW: stands.audience is not bulk.audience,
    }[bulk.kind]
