"""Before opening: which groups would show at a usual response rate, and which merges would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..models import RoundUnit
from ..preview import Expected, Shows, preview
from ..protection import Group, Rules
from .rounds import in_order

RATES = (30, 40, 50, 60, 70, 80)
"""Response rates to look at, in per cent."""

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A group with what would show of it; ``name`` is None for the municipality as a whole."""

    name: Text | None
    depth: int
    expected: Expected


@dataclass(frozen=True, slots=True)
class MergeView:
    """Groups that would better answer as one, and the groups that this would help besides."""

    ids: tuple[str, ...]
    members: tuple[Text, ...]
    headcount: int
    shows: Shows
    helps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """All groups at a response rate (per cent), the whole first, and merges that would help."""

    rate: int
    rows: tuple[Row, ...]
    merges: tuple[MergeView, ...]

    @property
    def hidden(self) -> int:
        """How many groups would show nothing."""
        return sum(row.expected.shows is Shows.NOTHING for row in self.rows)


def forecast_page(units: Sequence[RoundUnit], rules: Rules, rate: int) -> ForecastPage:
    """What would show of a round's groups where so many per cent of every group answer."""
    placed = in_order(units)
    if not placed:
        return ForecastPage(rate, (), ())
    names = {str(unit.pk): unit.called for _, unit in placed}
    groups = [
        Group(str(unit.pk), str(unit.parent_id) if unit.parent_id else None, unit.headcount)
        for _, unit in placed
    ]
    told = preview(groups, rate / 100, rules)
    offset = int(told.groups[0].id not in names)
    depths = {str(unit.pk): depth + offset for depth, unit in placed}
    return ForecastPage(
        rate,
        tuple(Row(names.get(one.id), depths.get(one.id, 0), one) for one in told.groups),
        tuple(
            MergeView(
                ids=tuple(merge.members),
                members=tuple(names[id] for id in merge.members),
                headcount=merge.headcount,
                shows=merge.shows,
                helps=tuple(names[id] for id in merge.helps if id in names),
            )
            for merge in told.merges
        ),
    )
