"""Tasot: how digital the municipality is, who says so, and what was chosen from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from digitiekartta.levels.rules import (
    ChangeLabel,
    GapWithin,
    LevelChange,
    Places,
    change_between,
    gap_between,
    gap_within,
    mean_level,
    possible_places,
)
from digitiekartta.municipalities.rules import PerspectiveGroup

from ..plan.entities import Decision, Perspective, Plan, Priority, Series
from .effect import Effect, effect_of, untied_actions
from .estimate import EstimatePage, estimate_page
from .situations import Situations, count_situations

_Choice = TypeVar("_Choice", bound=StrEnum)


class Order(StrEnum):
    """What the perspectives are ordered by, as the address says it."""

    GAP = "ero"
    REMAINING = "jaljella"
    NUMBER = "numero"


class Picture(StrEnum):
    """How the levels are drawn, as the address says it."""

    ROWS = "janat"
    RADAR = "tutka"


class UnknownChoiceError(ValueError):
    """A parameter of the address has a value that the page does not know."""

    def __init__(self, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}={value}")
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True, slots=True)
class LevelsQuery:
    order: Order = Order.GAP
    picture: Picture = Picture.ROWS

    def with_order(self, order: Order) -> LevelsQuery:
        return LevelsQuery(order, self.picture)

    def with_picture(self, picture: Picture) -> LevelsQuery:
        return LevelsQuery(self.order, picture)

    def address(self) -> str:
        """The query as it stands after the page's path; what goes without saying is left out."""
        pairs = []
        if self.order is not Order.GAP:
            pairs.append(("jarjestys", str(self.order)))
        if self.picture is not Picture.ROWS:
            pairs.append(("kuva", str(self.picture)))
        return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True, slots=True)
class PerspectiveLevels:
    """A perspective with what follows from its levels.

    ``change`` is from the baseline to the latest level, ``places`` those that its gap may take
    among the gaps when the priorities were chosen, ``actions`` those that serve its priority,
    ``effect`` what they came to beside how the level moved.
    """

    perspective: Perspective
    change: LevelChange | None
    places: Places | None
    actions: Situations | None
    effect: Effect

    @property
    def reached(self) -> bool:
        remaining = self.perspective.remaining
        return remaining is not None and remaining <= 0


@dataclass(frozen=True, slots=True)
class GroupLevels:
    """The plain means of a group of perspectives; ``group`` is None for all of them together."""

    group: PerspectiveGroup | None
    numbers: tuple[int, ...]
    baseline: float | None
    latest: float | None
    target: float | None

    @property
    def is_run(self) -> bool:
        """Whether the numbers follow each other, so that the first and the last tell them all."""
        return len(self.numbers) > 2 and len(self.numbers) == 1 + self.numbers[-1] - self.numbers[0]

    @property
    def gap(self) -> float | None:
        return gap_between(self.target, self.baseline)

    @property
    def remaining(self) -> float | None:
        return gap_between(self.target, self.latest)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A perspective's level in each round, None where it was not measured."""

    perspective: Perspective
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """The levels of one group of perspectives over the rounds of measurement, oldest first."""

    group: PerspectiveGroup
    series: tuple[Series, ...]
    lines: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class ChosenPriority:
    priority: Priority
    row: PerspectiveLevels


@dataclass(frozen=True, slots=True)
class LevelsPage:
    """``rows`` stand in the order asked for, ``by_number`` in the framework's own.

    ``former`` are perspectives that were priorities, ``untied`` how many actions serve none.
    """

    query: LevelsQuery
    rows: tuple[PerspectiveLevels, ...]
    by_number: tuple[PerspectiveLevels, ...]
    groups: tuple[GroupLevels, ...]
    rounds: tuple[Rounds, ...]
    series: tuple[Series, ...]
    baseline: Series | None
    latest: Series | None
    priorities: tuple[ChosenPriority, ...]
    chosen_by: Decision | None
    targets_by: Decision | None
    changes: Mapping[ChangeLabel, int]
    reached: int
    former: tuple[Priority, ...]
    estimate: EstimatePage | None
    untied: int

    @property
    def measured(self) -> bool:
        return any(row.perspective.points for row in self.rows)

    @property
    def has_figures(self) -> bool:
        return self.measured or any(row.perspective.target for row in self.rows)

    @property
    def targets_are_examples(self) -> bool:
        return any(one.example for row in self.rows if (one := row.perspective.target))

    @property
    def has_intervals(self) -> bool:
        points = (row.perspective.latest for row in self.rows)
        return any(one is not None and one.lower is not None for one in points)


def parse_levels_query(parameters: Mapping[str, str]) -> LevelsQuery:
    """The choices in an address. Raises UnknownChoiceError for a value that does not exist."""
    return LevelsQuery(
        order=_chosen(Order, "jarjestys", parameters.get("jarjestys"), Order.GAP),
        picture=_chosen(Picture, "kuva", parameters.get("kuva"), Picture.ROWS),
    )


def _chosen(kind: type[_Choice], name: str, value: str | None, otherwise: _Choice) -> _Choice:
    if not value:
        return otherwise
    try:
        return kind(value)
    except ValueError:
        raise UnknownChoiceError(name, value) from None


def levels_page(plan: Plan, query: LevelsQuery) -> LevelsPage:
    by_number = _rows(plan)
    latest = {one.series.id: one.series for row in by_number if (one := row.perspective.latest)}
    measured = tuple(one for one in plan.series if _is_shown(one, plan.perspectives))
    return LevelsPage(
        query=query,
        rows=in_order(by_number, query.order),
        by_number=by_number,
        groups=_groups(plan.perspectives),
        rounds=_rounds(plan.perspectives, measured),
        series=measured,
        baseline=next((one for one in measured if one.is_baseline), None),
        latest=next(iter(latest.values())) if len(latest) == 1 else None,
        priorities=_priorities(plan, by_number),
        chosen_by=_one_decision([one.decision for one in plan.priorities]),
        targets_by=_one_decision([one.target.decision for one in plan.perspectives if one.target]),
        changes=Counter(row.change.label for row in by_number if row.change is not None),
        reached=sum(row.reached for row in by_number),
        former=tuple(one.former for one in plan.perspectives if one.former is not None),
        estimate=estimate_page(plan.perspectives),
        untied=untied_actions(plan),
    )


def in_order(rows: Sequence[PerspectiveLevels], order: Order) -> tuple[PerspectiveLevels, ...]:
    """The rows, the largest distance first; those without one last, by number."""
    if order is Order.NUMBER:
        return tuple(sorted(rows, key=lambda row: row.perspective.number))

    def key(row: PerspectiveLevels) -> tuple[bool, float, int]:
        one = row.perspective
        distance = one.gap if order is Order.GAP else one.remaining
        return distance is None, -(distance or 0), one.number

    return tuple(sorted(rows, key=key))


def _rows(plan: Plan) -> tuple[PerspectiveLevels, ...]:
    places = possible_places(
        [gap for one in plan.perspectives if (gap := _gap_within(one)) is not None]
    )
    return tuple(
        PerspectiveLevels(
            perspective=one,
            change=change_of(one),
            places=places.get(one.id),
            actions=_actions_of(plan, one.priority),
            effect=effect_of(plan, one),
        )
        for one in plan.perspectives
    )


def _gap_within(one: Perspective) -> GapWithin | None:
    if one.target is None or one.baseline is None:
        return None
    lower, upper = one.baseline.lower, one.baseline.upper
    interval = None if lower is None or upper is None else (lower, upper)
    return gap_within(one.id, one.target.level, one.baseline.value, interval)


def change_of(one: Perspective) -> LevelChange | None:
    """The change from the baseline to the latest level; None until there is a later one."""
    if one.baseline is None or one.latest is None or one.baseline is one.latest:
        return None
    return change_between(one.baseline.reading, one.latest.reading)


def _actions_of(plan: Plan, priority: Priority | None) -> Situations | None:
    if priority is None:
        return None
    return count_situations(
        one for one in plan.actions if one.priority is not None and one.priority.id == priority.id
    )


def _groups(perspectives: Sequence[Perspective]) -> tuple[GroupLevels, ...]:
    """All together, then each group that there is; the groups only where there are two."""
    kinds = [kind for kind in PerspectiveGroup if any(one.group is kind for one in perspectives)]
    whole = [_group(None, perspectives)] if perspectives else []
    if len(kinds) < 2:
        return tuple(whole)
    return (
        *whole,
        *(_group(kind, [one for one in perspectives if one.group is kind]) for kind in kinds),
    )


def _group(kind: PerspectiveGroup | None, members: Sequence[Perspective]) -> GroupLevels:
    return GroupLevels(
        group=kind,
        numbers=tuple(one.number for one in members),
        baseline=mean_level([one.baseline.value if one.baseline else None for one in members]),
        latest=mean_level([one.latest.value if one.latest else None for one in members]),
        target=mean_level([one.target.level if one.target else None for one in members]),
    )


def _is_shown(series: Series, perspectives: Sequence[Perspective]) -> bool:
    return any(point.series.id == series.id for one in perspectives for point in one.points)


def _rounds(perspectives: Sequence[Perspective], series: tuple[Series, ...]) -> tuple[Rounds, ...]:
    """A picture over time for each group; none before there are two rounds."""
    if len(series) < 2:
        return ()
    return tuple(
        Rounds(kind, series, tuple(_line(one, series) for one in members))
        for kind in PerspectiveGroup
        if (members := [one for one in perspectives if one.group is kind])
    )


def _line(one: Perspective, series: tuple[Series, ...]) -> RoundLine:
    values = {point.series.id: point.value for point in one.points}
    return RoundLine(one, tuple(values.get(each.id) for each in series))


def _priorities(plan: Plan, rows: Sequence[PerspectiveLevels]) -> tuple[ChosenPriority, ...]:
    by_id = {row.perspective.id: row for row in rows}
    return tuple(
        ChosenPriority(one, by_id[one.perspective_id])
        for one in plan.priorities
        if one.perspective_id in by_id
    )


def _one_decision(decisions: Sequence[Decision | None]) -> Decision | None:
    """The decision behind all of them; None where there are none or several."""
    ids = {one.id if one else None for one in decisions}
    return decisions[0] if len(ids) == 1 else None
