"""Muutokset: what changed, who decided, and what was cancelled or postponed and why."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from digitiekartta.documents.changes import Change, diff
from digitiekartta.documents.document import Document

from ..describing import Description, describe
from ..moves import ScheduleChange
from ..plan.entities import Action, Plan, Text, Version
from .approval import Approval, approval_of

RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """A version with what it superseded and what it changed; the first one changed nothing."""

    version: Version
    superseded: Version | None
    changed: Description | None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Two dates that people often compare. ``name`` is one of the template's words."""

    name: str
    first: datetime.date
    last: datetime.date
    versions: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The days that can be compared: from the first public one to today."""

    begins: datetime.date
    ends: datetime.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, datetime.date) and self.begins <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Ended:
    """An action that was cancelled, or merged ``into`` another."""

    action: Action
    into: Action | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An action whose schedule is another than at first, and why."""

    action: Action
    reason: Text


@dataclass(frozen=True, slots=True)
class Record:
    """What the page is made from beside the plan: public documents and the log's moves.

    ``approved`` are the versions' documents by id, ``today`` is the valid one, ``since`` the first
    public day. ``moves`` are changes of schedule, the latest first.
    """

    approved: Mapping[str, Document]
    today: Document
    since: datetime.date | None
    moves: tuple[ScheduleChange, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """``drift`` is what changed since the latest version, None where there is none.

    ``approval`` tells who approved the roadmap, also where the version has not been added.
    """

    approval: Approval | None

    versions: tuple[ApprovedVersion, ...]
    drift: Description | None
    ended: tuple[Ended, ...]
    moved: tuple[Moved, ...]
    period: Period
    shortcuts: tuple[Shortcut, ...]


def changes_page(plan: Plan, record: Record, language: str) -> ChangesPage:
    """The page of a plan and its record."""
    period = Period(record.since or plan.on, plan.on)
    return ChangesPage(
        approval=approval_of(plan),
        versions=tuple(_versions(plan, record, language)),
        drift=_drift(plan, record, language),
        ended=tuple(_ended(plan)),
        moved=tuple(_moved(plan, record.moves)),
        period=period,
        shortcuts=shortcuts(plan, period),
    )


def reasons_of(
    plan: Plan, moves: Iterable[ScheduleChange], within: Callable[[ScheduleChange], bool]
) -> dict[str, Text]:
    """The reason of each action's latest move among some, in the municipality's own language."""
    own = next(iter(plan.municipality.languages), "fi")
    reasons: dict[str, Text] = {}
    for move in moves:
        if move.reason and within(move):
            reasons.setdefault(move.action_id, {own: move.reason})
    return reasons


def _drift(plan: Plan, record: Record, language: str) -> Description | None:
    latest = next(iter(plan.versions), None)
    document = record.approved.get(latest.id) if latest is not None else None
    if latest is None or document is None:
        return None
    frozen_at = latest.frozen_revision
    reasons = reasons_of(plan, record.moves, lambda move: move.revision > frozen_at)
    return describe(diff(document, record.today), document, record.today, language, reasons)


def _moved(plan: Plan, moves: tuple[ScheduleChange, ...]) -> Iterator[Moved]:
    logged = reasons_of(plan, moves, lambda move: True)
    for one in plan.actions:
        if one.moved and not one.cancelled and one.merged_into is None:
            own = one.reason if any(one.reason.values()) else None
            yield Moved(one, own or logged.get(one.id, {}))


def _ended(plan: Plan) -> Iterator[Ended]:
    for action in plan.actions:
        if action.cancelled or action.merged_into is not None:
            yield Ended(action, plan.action_by_id(action.merged_into))


def _versions(plan: Plan, record: Record, language: str) -> Iterator[ApprovedVersion]:
    older = (*plan.versions[1:], None)
    for version, before in zip(plan.versions, older, strict=False):
        yield ApprovedVersion(version, before, _changed(plan, version, before, record, language))


def _changed(
    plan: Plan, version: Version, superseded: Version | None, record: Record, language: str
) -> Description | None:
    after = record.approved.get(version.id)
    before = record.approved.get(superseded.id) if superseded is not None else None
    if superseded is None or before is None or after is None:
        return None
    changes = [one for one in diff(before, after) if not _is_the_decision(one, version)]
    first, last = superseded.frozen_revision, version.frozen_revision
    reasons = reasons_of(plan, record.moves, lambda move: first < move.revision <= last)
    return describe(changes, before, after, language, reasons)


def _is_the_decision(change: Change, version: Version) -> bool:
    """The decision that approved the version is told beside it, not as one of its changes."""
    return change.entity == "decision" and change.id == version.decision.id


def shortcuts(plan: Plan, period: Period) -> tuple[Shortcut, ...]:
    """The pairs of dates offered: between versions, the last 30 days, since new year."""
    days = [(one.number, one.decision.decided_on) for one in reversed(plan.versions)]
    offered = [
        Shortcut("versions", before, after, (old, new))
        for (old, before), (new, after) in pairwise(days)
    ]
    if days:
        offered.append(Shortcut("since_version", days[-1][1], plan.on, (days[-1][0], 0)))
    offered.append(Shortcut("recent", plan.on - datetime.timedelta(RECENT_DAYS), plan.on))
    new_year = datetime.date(plan.on.year - 1, 12, 31)
    offered.append(Shortcut("new_year", new_year, plan.on))
    return tuple(
        one
        for one in offered
        if one.first in period and one.last in period and one.first < one.last
    )
