"""Actions in groups: by priority, goal, sector or responsible party, each with its own count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..plan.entities import Action, Goal, Party, Plan, Priority, Text
from ..rules import Situation
from .filters import Grouping
from .naming import Names
from .sectors import Sectors

NONE = "ilman"


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that share a priority, goal, sector or party; ``name`` is None for the rest.

    ``key`` is unique among the groups, ``number`` that of the priority or goal.
    """

    key: str
    name: Text | None
    number: int | None
    actions: tuple[Action, ...]

    @property
    def done(self) -> int:
        return sum(one.situation is Situation.DONE for one in self.actions)


def group_actions(actions: Iterable[Action], grouping: Grouping, plan: Plan) -> tuple[Group, ...]:
    """The groups that have actions: by number or the municipality's own order, the rest last."""
    subjects = _subjects(grouping, plan)
    subject_of = _subject_of(grouping, plan)
    gathered: dict[str, list[Action]] = {key: [] for key in subjects}
    others: list[Action] = []
    for action in actions:
        key = _key(subject_of(action))
        gathered.get(key, others).append(action)
    names = Names(plan)
    groups = [
        Group(key, names.of(subjects[key]), _number(subjects[key]), tuple(held))
        for key, held in gathered.items()
        if held
    ]
    if others:
        groups.append(Group(NONE, None, None, tuple(others)))
    return tuple(groups)


def _subjects(grouping: Grouping, plan: Plan) -> Mapping[str, Priority | Goal | Party]:
    kinds: Mapping[Grouping, Iterable[Priority | Goal | Party]] = {
        Grouping.PRIORITY: plan.priorities,
        Grouping.GOAL: plan.goals,
        Grouping.SECTOR: plan.parties,
        Grouping.PARTY: plan.parties,
    }
    return {_key(one): one for one in kinds[grouping]}


def _subject_of(
    grouping: Grouping, plan: Plan
) -> Callable[[Action], Priority | Goal | Party | None]:
    sectors = Sectors(plan.parties)
    return {
        Grouping.PRIORITY: lambda action: action.priority,
        Grouping.GOAL: lambda action: action.goal,
        Grouping.SECTOR: lambda action: sectors.of(action.responsible),
        Grouping.PARTY: lambda action: action.responsible,
    }[grouping]


def _number(subject: Priority | Goal | Party) -> int | None:
    return None if isinstance(subject, Party) else subject.number


def _key(subject: Priority | Goal | Party | None) -> str:
    if subject is None:
        return NONE
    return subject.slug if isinstance(subject, Party) else str(subject.number)
