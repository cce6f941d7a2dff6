"""Muutokset: what changed, who decided, and what was cancelled or postponed and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from digitiekartta.documents.changes import Change, diff
from digitiekartta.documents.document import Document

from ..describing import Description, describe
from ..plan.entities import Action, Plan, Version

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
class ChangesPage:
    """``drift`` is what changed since the latest version, None where there is none."""

    versions: tuple[ApprovedVersion, ...]
    drift: Description | None
    ended: tuple[Action, ...]
    moved: tuple[Action, ...]
    period: Period
    shortcuts: tuple[Shortcut, ...]


def changes_page(
    plan: Plan,
    approved: Mapping[str, Document],
    today: Document,
    since: datetime.date | None,
    language: str,
) -> ChangesPage:
    """The page of a plan. ``approved`` are versions' documents by id, ``today`` the valid one."""
    period = Period(since or plan.on, plan.on)
    latest = approved.get(plan.versions[0].id) if plan.versions else None
    return ChangesPage(
        versions=_versions(plan, approved, language),
        drift=None if latest is None else describe(diff(latest, today), latest, today, language),
        ended=tuple(one for one in plan.actions if one.cancelled or one.merged_into),
        moved=tuple(one for one in plan.actions if one.moved and not one.cancelled),
        period=period,
        shortcuts=shortcuts(plan, period),
    )


def _versions(
    plan: Plan, approved: Mapping[str, Document], language: str
) -> tuple[ApprovedVersion, ...]:
    older = (*plan.versions[1:], None)
    return tuple(
        ApprovedVersion(version, before, _changed(version, before, approved, language))
        for version, before in zip(plan.versions, older, strict=True)
    )


def _changed(
    version: Version, superseded: Version | None, approved: Mapping[str, Document], language: str
) -> Description | None:
    after = approved.get(version.id)
    before = approved.get(superseded.id) if superseded is not None else None
    if before is None or after is None:
        return None
    changes = [one for one in diff(before, after) if not _is_the_decision(one, version)]
    return describe(changes, before, after, language)


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
