"""Omat tehtävät: only what somebody must do, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from digitiekartta.roadmaps.rights import Deed, Standing, may

from ..queries import Case
from ..rules import Task, Whose, answer_by, tasks_of, urgency, whose


@dataclass(frozen=True, slots=True)
class Card:
    """An action and what it needs. ``may`` are the names of deeds. ``explains`` tells that a reason
    is asked for beside the report."""

    case: Case
    tasks: tuple[Task, ...]
    answer_by: datetime.date | None
    may: frozenset[str]
    as_deputy: bool
    explains: bool

    @property
    def first(self) -> Task | None:
        return self.tasks[0] if self.tasks else None


@dataclass(frozen=True, slots=True)
class Section:
    """The actions whose most urgent task is the same."""

    task: Task
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """``calm`` are somebody's own actions of which nothing is waited for; ``sector`` those of her
    sector that a person answers for, with what they need."""

    sections: tuple[Section, ...]
    calm: tuple[Card, ...]
    sector: tuple[Card, ...]

    @property
    def count(self) -> int:
        """How many actions wait for her."""
        return sum(len(one.cards) for one in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is hers at all."""
        return not (self.sections or self.calm or self.sector)


def own_page(cases: Iterable[Case], on: datetime.date, silence_days: int) -> OwnPage:
    """What somebody's page shows of her actions on a day."""
    by_whose: dict[Whose, list[Card]] = {one: [] for one in Whose}
    for case in cases:
        side = whose(case.standings, case.facts)
        if side is not None and not case.facts.is_over:
            by_whose[side].append(card_of(case, on, silence_days))
    for cards in by_whose.values():
        cards.sort(key=lambda one: urgency(one.tasks, one.case.facts))
    mine = by_whose[Whose.MINE]
    sections = (Section(task, tuple(one for one in mine if one.first is task)) for task in Task)
    return OwnPage(
        sections=tuple(one for one in sections if one.cards),
        calm=tuple(one for one in mine if not one.tasks),
        sector=tuple(by_whose[Whose.SECTOR]),
    )


def card_of(case: Case, on: datetime.date, silence_days: int) -> Card:
    """One action with what it needs and what the reader may do to it."""
    facts = case.facts
    allowed = frozenset(str(deed) for deed in Deed if may(deed, case.standings))
    tasks = tuple(one for one in tasks_of(facts, on, silence_days) if _is_doable(one, allowed))
    waits = Task.ANSWER in tasks and facts.assigned_on is not None
    return Card(
        case=case,
        tasks=tasks,
        answer_by=answer_by(facts.assigned_on) if waits and facts.assigned_on else None,
        may=allowed,
        as_deputy=Standing.DEPUTY in case.standings,
        explains=facts.late or Task.EXPLAIN in tasks,
    )


_DEEDS = {
    Task.ANSWER: Deed.ACCEPT,
    Task.REPORT: Deed.REPORT,
    Task.EXPLAIN: Deed.REPORT,
    Task.NAME_PERSON: Deed.NAME_PERSON,
    Task.TELL_MONEY: Deed.FUND,
    Task.TELL_EFFECT: Deed.EFFECT,
}


def _is_doable(task: Task, allowed: frozenset[str]) -> bool:
    """A task is somebody's only where she may do it."""
    return str(_DEEDS[task]) in allowed
