"""Toimenpide: one action, whole."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.municipalities.rules import HalfYear

from ..action_log import Told
from ..plan.entities import Action, Funding, Plan, Text
from ..rules import (
    EffectClass,
    EffectPhase,
    FundingLine,
    FundingState,
    Situation,
    Status,
    money_gate_is_open,
)
from .filters import Grouping
from .grouping import group_actions
from .lanes import Columns, Lane, Words, columns_of, lane_of
from .listing import amount_of, counts
from .naming import Names


class Saying(StrEnum):
    """What the status sentence says after the situation's own word."""

    ENDS = "ends"
    RECURS = "recurs"
    BEGINS = "begins"
    BEGINS_IF_MONEY = "begins_if_money"
    SHOULD_HAVE_BEGUN = "should_have_begun"
    SHOULD_HAVE_ENDED = "should_have_ended"
    NOT_REPORTED = "not_reported"
    DONE_ON = "done_on"
    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The status sentence; ``needs_reason`` tells that a reason ought to stand there."""

    saying: Saying
    when: HalfYear | None = None
    on: datetime.date | None = None
    reason: Text | None = None
    needs_reason: bool = False


class Gate(StrEnum):
    """What the money gate says of an action's work."""

    NOT_NEEDED = "not_needed"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Money:
    """The funding lines and what they come to; sums are None where there is nothing to add up.

    ``leaves_out`` tells that the sum is without what was moved to another year or not approved.
    """

    gate: Gate
    lines: tuple[Funding, ...]
    amount: int | None
    actual: int | None
    has_actuals: bool
    leaves_out: bool


@dataclass(frozen=True, slots=True)
class EffectsOfClass:
    effect_class: EffectClass
    expected: tuple[Text, ...]
    observed: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action; ``before`` and ``after`` are its neighbours on the grid."""

    action: Action
    priority_name: Text | None
    sentence: Sentence
    columns: Columns
    lane: Lane
    money: Money
    needs: tuple[Action, ...]
    needed_by: tuple[Action, ...]
    merged_into: Action | None
    merged_here: tuple[Action, ...]
    effects: tuple[EffectsOfClass, ...]
    changes: tuple[Told, ...]
    before: Action | None
    after: Action | None

    @property
    def person_days(self) -> int:
        return sum(one.person_days for one in self.action.parts.work)


def action_page(plan: Plan, action: Action, changes: tuple[Told, ...], words: Words) -> ActionPage:
    """The page of one action of the plan. ``changes`` are what its log tells the reader."""
    by_id = {one.id: one for one in plan.actions}
    columns = columns_of(plan.roadmap.period, plan.now)
    before, after = _neighbours(plan, action)
    priority = action.priority
    return ActionPage(
        action=action,
        priority_name=Names(plan).of(priority) if priority is not None else None,
        sentence=sentence_of(action, plan.now),
        columns=columns,
        lane=lane_of(action, columns, words),
        money=money_of(action, plan.now),
        needs=_known(by_id, action.parts.needs),
        needed_by=_known(by_id, action.parts.needed_by),
        merged_into=by_id.get(action.merged_into or ""),
        merged_here=tuple(one for one in plan.actions if one.merged_into == action.id),
        effects=_effects(action),
        changes=changes,
        before=before,
        after=after,
    )


def sentence_of(action: Action, now: HalfYear) -> Sentence:
    """What is said of the action's situation on the half-year that goes on."""
    reason = action.reason or None
    if action.situation is Situation.CANCELLED:
        saying = Saying.MERGED if action.merged_into else Saying.CANCELLED
        return Sentence(saying, reason=reason, needs_reason=reason is None)
    if action.situation is Situation.PAUSED:
        return Sentence(Saying.PAUSED, reason=reason, needs_reason=reason is None)
    if action.situation is Situation.DONE:
        on = next((one.noted_on for one in action.parts.notes if one.status is Status.DONE), None)
        return Sentence(Saying.DONE_ON if on else Saying.DONE, on=on, reason=reason)
    if action.late:
        saying, when = _lateness(action, now)
        return Sentence(saying, when, reason=reason, needs_reason=reason is None)
    return _ahead(action, reason)


def _lateness(action: Action, now: HalfYear) -> tuple[Saying, HalfYear]:
    if action.status is Status.NOT_STARTED:
        return Saying.SHOULD_HAVE_BEGUN, action.span.first
    if action.span.last < now and not action.recurring:
        return Saying.SHOULD_HAVE_ENDED, action.span.last
    return Saying.NOT_REPORTED, min(now.plus(-1), action.span.last)


def _ahead(action: Action, reason: Text | None) -> Sentence:
    if action.situation is Situation.WAITING_FOR_MONEY:
        return Sentence(Saying.BEGINS_IF_MONEY, action.span.first, reason=reason)
    if action.status is Status.NOT_STARTED:
        return Sentence(Saying.BEGINS, action.span.first, reason=reason)
    saying = Saying.RECURS if action.recurring else Saying.ENDS
    return Sentence(saying, action.span.last, reason=reason)


def money_of(action: Action, now: HalfYear) -> Money:
    """The money of an action, and whether work may be done for it."""
    lines = action.parts.funding
    actuals = [one.actual for one in lines if one.actual is not None]
    several = sum(one.amount is not None for one in lines) > 1
    return Money(
        gate=_gate(action, now),
        lines=lines,
        amount=amount_of(action) if several else None,
        actual=sum(actuals) if several and actuals else None,
        has_actuals=bool(actuals),
        leaves_out=any(one.amount is not None and not counts(one) for one in lines),
    )


def _gate(action: Action, now: HalfYear) -> Gate:
    lines = [FundingLine(one.state, one.year) for one in action.parts.funding]
    if action.situation in (Situation.DONE, Situation.CANCELLED):
        return Gate.PAST
    if not lines:
        return Gate.UNKNOWN
    if all(one.state is FundingState.NONE_NEEDED for one in lines):
        return Gate.NOT_NEEDED
    year = max(now.year, action.span.first.year)
    return Gate.OPEN if money_gate_is_open(lines, year) else Gate.CLOSED


def _effects(action: Action) -> tuple[EffectsOfClass, ...]:
    gathered: dict[EffectClass, dict[EffectPhase, list[Text]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in action.parts.effects:
        gathered[one.effect_class][one.phase].append(one.text)
    return tuple(
        EffectsOfClass(
            one,
            tuple(gathered[one][EffectPhase.EXPECTED]),
            tuple(gathered[one][EffectPhase.OBSERVED]),
        )
        for one in EffectClass
        if one in gathered
    )


def _neighbours(plan: Plan, action: Action) -> tuple[Action | None, Action | None]:
    """The actions before and after on the grid by priority."""
    groups = group_actions(plan.actions, Grouping.PRIORITY, plan)
    ordered = [one for group in groups for one in group.actions]
    place = ordered.index(action)
    before = ordered[place - 1] if place else None
    return before, ordered[place + 1] if place + 1 < len(ordered) else None


def _known(by_id: Mapping[str, Action], ids: tuple[str, ...]) -> tuple[Action, ...]:
    found = (by_id.get(one) for one in ids)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.rank))
