"""Lähtevät muistutukset: who would get what next and why, what went and what did not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.roadmaps.plan import entities as e

from ..models import Digest
from ..queries import Item, Planned, Plans
from ..rules import DIGEST_GAP, WAITS, Kind, Level
from ..words import LEVELS, REASONS


@dataclass(frozen=True, slots=True)
class Line:
    """An action in somebody's digest: why, and as whom she is told."""

    action: e.Action
    reason: str
    role: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A digest that is to go. ``not_before``: she had one less than a week ago."""

    name: str
    email: str
    lines: tuple[Line, ...]
    not_before: datetime.date | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A digest that was made: sent, waiting to be tried again, or given up."""

    name: str
    day: datetime.date
    count: int
    sent_at: datetime.datetime | None
    next_try_at: datetime.datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """``opens_at`` is when mail goes out next."""

    opens_at: datetime.datetime
    coming: tuple[Coming, ...]
    sent: tuple[Gone, ...]
    failed: tuple[Gone, ...]
    listed: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An action that stays without an answer: why, and who was told when last."""

    action: e.Action
    reasons: tuple[str, ...]
    told: tuple[tuple[str, datetime.date], ...]


def outgoing_page(
    plans: Plans, digests: Iterable[Digest], names: Mapping[UUID, str], opens_at: datetime.datetime
) -> OutgoingPage:
    """What goes next and what went. ``names`` are of recipients who are still there."""
    gone = [_gone(one, names) for one in digests]
    return OutgoingPage(
        opens_at=opens_at,
        coming=tuple(_coming(one) for one in plans.digests),
        sent=tuple(one for one in gone if one.sent_at is not None),
        failed=tuple(one for one in gone if one.sent_at is None),
        listed=len({one.action.serial for one in (*plans.listed, *plans.newly_listed)}),
    )


def _coming(planned: Planned) -> Coming:
    lines = tuple(
        Line(one.action, str(REASONS[one.due.kind]), str(LEVELS[one.level]))
        for one in planned.items
    )
    wait = None
    if not planned.ready and planned.last is not None:
        urgent = any(one.due.kind is Kind.ASSIGNED for one in planned.items)
        wait = planned.last + datetime.timedelta(days=1 if urgent else DIGEST_GAP)
    return Coming(planned.recipient.name, planned.recipient.email, lines, wait)


def _gone(digest: Digest, names: Mapping[UUID, str]) -> Gone:
    return Gone(
        name=names.get(digest.recipient, ""),
        day=digest.day,
        count=len({one.action for one in digest.reminders.all()}),
        sent_at=digest.sent_at,
        next_try_at=digest.next_try_at,
        problem=digest.problem,
    )


def unanswered(items: Iterable[Item]) -> tuple[Unanswered, ...]:
    """The list of what stays without an answer: each action once, in the plan's order."""
    by_action: dict[int, list[Item]] = {}
    for item in items:
        by_action.setdefault(item.action.serial, []).append(item)
    found = [_unanswered(its) for its in by_action.values()]
    return tuple(sorted(found, key=lambda one: (one.action.rank, one.action.serial)))


def _unanswered(items: list[Item]) -> Unanswered:
    told: dict[Level, datetime.date] = {}
    for item in items:
        for level, day in item.told.items():
            told[level] = max(day, told.get(level, day))
    return Unanswered(
        items[0].action,
        tuple(str(REASONS[one.due.kind]) for one in items),
        tuple((str(LEVELS[level]), told[level]) for level in WAITS if level in told),
    )
