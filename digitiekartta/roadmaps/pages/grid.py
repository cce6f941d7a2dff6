"""Toimenpiteet: what is done when, by whom, on a grid of half-years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digitiekartta.ui.languages import pick

from ..plan.entities import Action, Plan, Text
from .filters import Query
from .grouping import Group, group_actions
from .lanes import Columns, Lane, Lanes, Words, columns_of

MANY = 50
"""From so many rows on, the groups have links to jump to."""


@dataclass(frozen=True, slots=True)
class Row:
    """One action. ``lane`` is the place of its lane among those of the page."""

    serial: int
    number: str
    title: str
    foreign: str
    responsible: str
    lane: int


@dataclass(frozen=True, slots=True)
class RowGroup:
    key: str
    name: Text | None
    number: int | None
    done: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: Columns
    lanes: tuple[Lane, ...]
    groups: tuple[RowGroup, ...]
    count: int

    @property
    def has_moved(self) -> bool:
        return any(one.ghost is not None for one in self.lanes)

    @property
    def has_overrun(self) -> bool:
        return any(one.tail is not None for one in self.lanes)

    @property
    def has_recurring(self) -> bool:
        return any(one.recurring for one in self.lanes)

    @property
    def is_long(self) -> bool:
        return self.count >= MANY


def grid_of(
    plan: Plan, actions: tuple[Action, ...], query: Query, words: Words, language: str
) -> Grid:
    """The grid of the actions that an address shows."""
    columns = columns_of(plan.roadmap.period, plan.now)
    lanes = Lanes(columns, words)
    names = {one.id: pick(one.name, language).text for one in plan.parties}
    groups = tuple(
        _rows(group, lanes, names, language)
        for group in group_actions(actions, query.grouping, plan)
    )
    return Grid(columns, tuple(lanes.drawn), groups, len(actions))


def _rows(group: Group, lanes: Lanes, names: Mapping[str, str], language: str) -> RowGroup:
    rows = []
    for action in group.actions:
        title, own = pick(action.title, language)
        party = action.responsible
        rows.append(
            Row(
                serial=action.serial,
                number=action.number,
                title=title,
                foreign=own if own != language else "",
                responsible=names[party.id] if party is not None else "",
                lane=lanes.place_of(action),
            )
        )
    return RowGroup(group.key, group.name, group.number, group.done, tuple(rows))
