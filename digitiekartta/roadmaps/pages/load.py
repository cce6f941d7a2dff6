"""The load: person-days of each responsible party by half-year, now and after a move. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digitiekartta.municipalities.rules import HalfYear, Span

from ..estimates import Days, moved_estimates
from ..plan.entities import Action, Party, Plan
from ..rules import Status


@dataclass(frozen=True, slots=True)
class Cell:
    """Person-days of one party in one half-year. ``heaviest``: none of its others has more."""

    half_year: HalfYear
    days: int
    heaviest: bool = False


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A party's person-days by half-year; ``party`` is None for what nobody answers for."""

    party: Party | None
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        return sum(one.days for one in self.cells)


@dataclass(frozen=True, slots=True)
class Load:
    """The load of a plan: a row for each party that has any, the half-years of the period.

    ``unestimated`` actions are not done and have no estimate: what they take is not in the numbers.
    """

    halves: tuple[HalfYear, ...]
    rows: tuple[LoadRow, ...]
    unestimated: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A party's person-days in one half-year before and after a move."""

    half_year: HalfYear
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LoadShift:
    """What a move does to the load of the action's responsible party.

    ``shifts`` are the half-years whose load changes; ``estimated`` tells whether the action has an
    estimate at all. ``days`` is how much it takes after the move.
    """

    party: Party | None
    shifts: tuple[Shift, ...]
    estimated: bool
    days: int


def load_of(plan: Plan) -> Load:
    """The load of each responsible party, in the parties' own order, what nobody has last."""
    by_party: dict[str | None, Counter[HalfYear]] = defaultdict(Counter)
    counted = [one for one in plan.actions if not one.cancelled]
    for action in counted:
        if action.parts.work:
            by_party[_party_id(action)].update(estimates_of(action))
    halves = tuple(plan.roadmap.period)
    parties: Sequence[Party | None] = (*plan.parties, None)
    rows = (
        LoadRow(party, _cells(halves, by_party[id]))
        for party in parties
        if (id := party.id if party is not None else None) in by_party
    )
    unknown = [one for one in counted if not one.parts.work and one.status is not Status.DONE]
    return Load(halves, tuple(rows), len(unknown))


def load_shift(plan: Plan, action: Action, span: Span) -> LoadShift:
    """What another schedule of an action does to the load of its responsible party."""
    mine = estimates_of(action)
    after = moved_estimates(mine, action.span, span, recurring=action.recurring)
    whole = _days_of(_party_id(action), plan.actions)
    halves = sorted({*mine, *after})
    shifts = (
        Shift(half, whole[half], whole[half] - mine.get(half, 0) + after.get(half, 0))
        for half in halves
    )
    changed = tuple(one for one in shifts if one.before != one.after)
    return LoadShift(action.responsible, changed, bool(mine), sum(after.values()))


def estimates_of(action: Action) -> Days:
    """An action's person-days by half-year."""
    return {one.half_year: one.person_days for one in action.parts.work}


def _days_of(party_id: str | None, actions: Iterable[Action]) -> Counter[HalfYear]:
    days: Counter[HalfYear] = Counter()
    for one in actions:
        if not one.cancelled and _party_id(one) == party_id:
            days.update(estimates_of(one))
    return days


def _party_id(action: Action) -> str | None:
    return action.responsible.id if action.responsible is not None else None


def _cells(halves: Iterable[HalfYear], days: Mapping[HalfYear, int]) -> tuple[Cell, ...]:
    most = max(days.values(), default=0)
    return tuple(Cell(half, days.get(half, 0), days.get(half, 0) == most > 0) for half in halves)
