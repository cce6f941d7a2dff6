"""Toimenpiteet: the actions that an address asks for, as a timeline, a list or a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from digitiekartta.municipalities.rules import BodyTask

from ..plan.entities import Action, Party, Plan
from ..search import search_actions
from .filters import Facet, Filter, Filters, Query, View
from .grid import Grid, grid_of
from .lanes import Words
from .listing import BoardColumn, LineGroup, board_of, lines_of
from .sectors import Sectors


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """What the page shows. Of ``grid``, ``lines`` and ``board`` the one of the view is filled.

    ``keeper`` is the body that keeps the roadmap, and adds its actions. ``own`` tells for how many
    of the actions shown the sector that was chosen answers, None where none was chosen.
    """

    query: Query
    total: int
    count: int
    facets: tuple[Facet, ...]
    keeper: Party | None
    own: int | None = None
    grid: Grid | None = None
    lines: tuple[LineGroup, ...] = ()
    board: tuple[BoardColumn, ...] = ()

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of all options by filter and value, as plain data."""
        return {
            str(facet.name): {one.value: one.count for one in facet.options}
            for facet in self.facets
        }


def actions_page(
    plan: Plan, filters: Filters, query: Query, words: Words, language: str
) -> ActionsPage:
    """The page of a parsed address, in a language."""
    result = filters.apply(query, lambda text: frozenset(search_actions(plan, text, language)))
    page = ActionsPage(
        query=query,
        total=len(plan.actions),
        count=len(result.actions),
        facets=result.facets,
        keeper=plan.party_with(BodyTask.KEEPS),
        own=_answered_for(plan, query, result.actions),
    )
    if query.view is View.LIST:
        return replace(page, lines=lines_of(plan, result.actions, query.grouping, language))
    if query.view is View.BOARD:
        return replace(page, board=board_of(result.actions, language))
    return replace(page, grid=grid_of(plan, result.actions, query, words, language))


def _answered_for(plan: Plan, query: Query, shown: Iterable[Action]) -> int | None:
    slug = query.chosen.get(Filter.SECTOR)
    if slug is None:
        return None
    sectors = Sectors(plan.parties)
    answering = (sectors.of(one.responsible) for one in shown)
    return sum(sector is not None and sector.slug == slug for sector in answering)
