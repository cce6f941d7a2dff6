"""Which actions are shown: what an address asks for, what fits it, and the counts beside choices.

Every value stands in the address as readers share it: the number of a priority or goal, the slug of
a sector or party, the Finnish word of a situation, a half-year as ``2026-1``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from digitiekartta.municipalities.rules import HalfYear, PartyKind, Span

from ..plan.entities import Action, Goal, Party, Plan, Priority, Text
from ..rules import Situation
from .naming import Names
from .sectors import Sectors


class View(StrEnum):
    """How the actions are laid out; the first is the one that an address need not name."""

    TIMELINE = "aikajana"
    LIST = "lista"
    BOARD = "taulu"


class Grouping(StrEnum):
    """What the rows are grouped by; the first is the one that an address need not name."""

    PRIORITY = "karki"
    GOAL = "tavoite"
    SECTOR = "toimiala"
    PARTY = "vastuu"


class Filter(StrEnum):
    """What actions can be chosen by, as the address names it, in the order of the form."""

    PRIORITY = "karki"
    SITUATION = "tila"
    HALF_YEAR = "puolivuosi"
    SECTOR = "toimiala"
    GOAL = "tavoite"
    PARTY = "vastuu"


TEXT, VIEW, GROUPING = "q", "nakyma", "ryhma"
PARAMETERS = (*(str(one) for one in Filter), TEXT, VIEW, GROUPING)
TEXT_LENGTH = 100

Values = tuple[str, ...]
Subject = Priority | Goal | Party | Situation | HalfYear
Choice = TypeVar("Choice", View, Grouping)
Matches = Callable[[str], frozenset[str]]


class UnknownValueError(ValueError):
    """An address asks for something that this roadmap does not have."""

    def __init__(self, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}={value}")
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True, slots=True)
class Query:
    """What an address asks for. ``chosen`` are the filters in force and their values."""

    chosen: Mapping[Filter, str]
    text: str = ""
    view: View = View.TIMELINE
    grouping: Grouping = Grouping.PRIORITY

    @property
    def is_filtered(self) -> bool:
        return bool(self.chosen or self.text)

    def with_view(self, view: View) -> Query:
        return Query(self.chosen, self.text, view, self.grouping)

    def with_text(self, text: str) -> Query:
        return Query(self.chosen, text, self.view, self.grouping)

    def without(self, name: Filter) -> Query:
        kept = {one: value for one, value in self.chosen.items() if one is not name}
        return Query(kept, self.text, self.view, self.grouping)

    def without_filters(self) -> Query:
        return Query({}, "", self.view, self.grouping)

    def address(self) -> str:
        """The query as it stands after a page's path: empty, or beginning with a question mark."""
        pairs = [(str(one), self.chosen[one]) for one in Filter if one in self.chosen]
        if self.text:
            pairs.append((TEXT, self.text))
        if self.view is not View.TIMELINE:
            pairs.append((VIEW, str(self.view)))
        if self.grouping is not Grouping.PRIORITY:
            pairs.append((GROUPING, str(self.grouping)))
        return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter can take, what it stands for, and how many actions it would show.

    ``name`` is what the subject is called, with its number where it has one; situations and
    half-years have none, because their words are the interface's.
    """

    value: str
    subject: Subject
    name: Text | None
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its options. Counts are with the other filters in force."""

    name: Filter
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.chosen), None)


@dataclass(frozen=True, slots=True)
class Result:
    """The actions that fit, in their own order, and the filters with their counts."""

    actions: tuple[Action, ...]
    facets: tuple[Facet, ...]


class Filters:
    """What the actions of one plan can be chosen by."""

    def __init__(self, plan: Plan, situation_words: Mapping[Situation, str]) -> None:
        self._plan = plan
        self._words = situation_words
        self._sectors = Sectors(plan.parties)
        self._names = Names(plan)
        self._choices: dict[Filter, dict[str, Subject]] = {
            Filter.PRIORITY: {str(one.number): one for one in plan.priorities},
            Filter.SITUATION: {word: one for one, word in situation_words.items()},
            Filter.HALF_YEAR: {_written(one): one for one in plan.roadmap.period},
            Filter.SECTOR: {one.slug: one for one in plan.parties if one.kind is PartyKind.SECTOR},
            Filter.GOAL: {str(one.number): one for one in plan.goals},
            Filter.PARTY: {one.slug: one for one in plan.parties},
        }
        self._responsible = _responsible(plan)
        self._spans: dict[tuple[int, int, int, int], Values] = {}

    def parse(self, parameters: Mapping[str, str]) -> Query:
        """The query of an address. Raises UnknownValueError; what is empty is as if left out."""
        chosen: dict[Filter, str] = {}
        for name in Filter:
            value = parameters.get(name, "").strip()
            if value and value not in self._choices[name]:
                raise UnknownValueError(name, value)
            if value:
                chosen[name] = value
        return Query(
            chosen=chosen,
            text=" ".join(parameters.get(TEXT, "").split())[:TEXT_LENGTH],
            view=_one_of(View, VIEW, parameters),
            grouping=_one_of(Grouping, GROUPING, parameters),
        )

    def apply(self, query: Query, matches: Matches) -> Result:
        """The actions that fit a query; ``matches`` tells the ids of those that a text finds.

        One pass: an action that fits all filters but one is counted for that one's options.
        """
        found = matches(query.text) if query.text else None
        wanted = [(at, query.chosen[one]) for at, one in enumerate(Filter) if one in query.chosen]
        tallies: list[Counter[Values]] = [Counter() for _ in Filter]
        fitting: list[Action] = []
        for action in self._plan.actions:
            if found is not None and action.id not in found:
                continue
            values = self._values(action)
            failed = [at for at, value in wanted if value not in values[at]]
            if not failed:
                fitting.append(action)
                for tally, own in zip(tallies, values, strict=True):
                    tally[own] += 1
            elif len(failed) == 1:
                tallies[failed[0]][values[failed[0]]] += 1
        return Result(tuple(fitting), tuple(self._facets(query, tallies)))

    def _values(self, action: Action) -> tuple[Values, ...]:
        """What an action is for each filter, in the order of the filters."""
        goal, party = action.goal, action.responsible
        priority = goal.priority if goal is not None else None
        return (
            (str(priority.number),) if priority is not None else (),
            (self._words[action.situation],),
            self._half_years(action),
            self._sectors.taking_part(action),
            (str(goal.number),) if goal is not None else (),
            (party.slug,) if party is not None else (),
        )

    def _half_years(self, action: Action) -> Values:
        """The half-years in which an action runs: those planned, and those that it is over them."""
        first, last = action.span.first, (action.overrun or action.span).last
        key = (first.year, first.half, last.year, last.half)
        if key not in self._spans:
            self._spans[key] = tuple(_written(one) for one in Span(first, last))
        return self._spans[key]

    def _facets(self, query: Query, tallies: list[Counter[Values]]) -> Iterator[Facet]:
        for name, tally in zip(Filter, tallies, strict=True):
            counts: Counter[str] = Counter()
            for values, count in tally.items():
                counts.update(dict.fromkeys(values, count))
            chosen = query.chosen.get(name)
            options = (
                Option(value, subject, self._names.of(subject), counts[value], chosen == value)
                for value, subject in self._choices[name].items()
            )
            yield Facet(name, tuple(one for one in options if one.chosen or self._is_use(one)))

    def _is_use(self, option: Option) -> bool:
        """A party that answers for nothing is no choice worth offering."""
        return not isinstance(option.subject, Party) or (
            option.subject.kind is PartyKind.SECTOR or option.subject.id in self._responsible
        )


def _one_of(kind: type[Choice], name: str, given: Mapping[str, str]) -> Choice:
    value = given.get(name, "").strip()
    if not value:
        return next(iter(kind))
    try:
        return kind(value)
    except ValueError:
        raise UnknownValueError(name, value) from None


def _written(half_year: HalfYear) -> str:
    return f"{half_year.year}-{half_year.half}"


def _responsible(plan: Plan) -> frozenset[str]:
    return frozenset(one.responsible.id for one in plan.actions if one.responsible is not None)
