"""Person-days when a schedule changes: how the estimates of work go along. Pure.

The municipality estimates the work of its own staff by half-year; when an action moves, the work
moves with it, so that the load of a responsible party can be seen before the move is saved.
"""

from __future__ import annotations

from collections.abc import Mapping

from digitiekartta.municipalities.rules import HalfYear, Span

Days = Mapping[HalfYear, int]
"""Whole person-days by half-year, each above 0."""


def moved_estimates(days: Days, old: Span, new: Span, *, recurring: bool = False) -> Days:
    """The estimates after a new schedule.

    Where the length stays, every estimate moves as many half-years as the action. Where it
    changes, the work stays as much as it was and is shared evenly among the half-years, what is
    left over to the first ones. A recurring action is done again in each half-year: one that stays
    keeps its days, and one that comes gets the mean of those there are.
    """
    if not days:
        return {}
    if len(old) == len(new):
        by = new.first.ordinal - old.first.ordinal
        return {half.plus(by): number for half, number in days.items()}
    if recurring:
        mean = max(1, round(sum(days.values()) / len(days)))
        return {half: days.get(half, mean) for half in new}
    each, over = divmod(sum(days.values()), len(new))
    shared = {half: each + (at < over) for at, half in enumerate(new)}
    return {half: number for half, number in shared.items() if number}


def split_estimates(days: Days, last: HalfYear) -> tuple[Days, Days]:
    """What stays with an action that ends at a half-year, and what goes on with the next one."""
    stays = {half: number for half, number in days.items() if not last < half}
    return stays, {half: number for half, number in days.items() if last < half}
