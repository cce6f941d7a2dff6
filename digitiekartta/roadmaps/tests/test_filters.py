"""Which actions an address shows, the counts beside the choices, addresses without sense."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.municipalities.rules import HalfYear, PartyKind, Span
from digitiekartta.roadmaps.pages.filters import (
    Filter,
    Filters,
    Grouping,
    Query,
    Result,
    UnknownValueError,
    View,
)
from digitiekartta.roadmaps.plan.entities import Action, Party, Plan
from digitiekartta.roadmaps.rules import Situation
from digitiekartta.roadmaps.words import SITUATION_IN_ADDRESS

from . import small_plan as small


def party(slug: str, kind: PartyKind = PartyKind.SECTOR, parent: str | None = None) -> Party:
    return Party(slug, kind, small.text(slug), {}, slug, parent, None, None, {}, 0, example=False)


CENTRAL, SCHOOLS = party("keskushallinto"), party("perusopetus")
FINANCE = party("taloushallinto", PartyKind.UNIT, "keskushallinto")
PAYROLL = party("palkat", PartyKind.UNIT, "taloushallinto")
TEAM = party("digitiimi", PartyKind.BODY)
LOST = party("irrallaan", PartyKind.UNIT, "ei-ole")
FIRST, SECOND = small.priority(1, 1), small.priority(2, 2)
SKILLS, TOOLS = small.goal(1, chosen=FIRST), small.goal(2, chosen=SECOND)
I, II, III, IV = (HalfYear(2026, 1).plus(place) for place in range(4))  # noqa: E741 -- as written


def plan(*actions: Action, **more: Any) -> Plan:
    return small.plan(
        parties=(CENTRAL, SCHOOLS, FINANCE, PAYROLL, TEAM, LOST),
        priorities=(FIRST, SECOND),
        goals=(SKILLS, TOOLS),
        actions=actions,
        **more,
    )


ACTIONS = (
    small.action(1, span=Span(I, II), goal=SKILLS, responsible=CENTRAL, situation=Situation.DONE),
    small.action(2, span=Span(II, III), goal=SKILLS, responsible=PAYROLL),
    small.action(3, span=Span(III, III), goal=TOOLS, responsible=TEAM, partners=(SCHOOLS,)),
    small.action(4, span=Span(I, IV), goal=TOOLS, responsible=TEAM, all_sectors=True),
    small.action(5, span=Span(IV, IV), situation=Situation.DONE),
)
PLAN = plan(*ACTIONS)


def ask(**values: str) -> tuple[Filters, Query]:
    filters = Filters(PLAN, SITUATION_IN_ADDRESS)
    return filters, filters.parse(values)


def result(**values: str) -> Result:
    filters, query = ask(**values)
    return filters.apply(query, lambda text: frozenset({f"a{text}"}))


def counts(found: Result, name: Filter) -> dict[str, int]:
    facet = next(one for one in found.facets if one.name is name)
    return {one.value: one.count for one in facet.options}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"karki": "1"}, [1, 2]),
        ({"karki": " 1 "}, [1, 2]),
        ({"karki": ""}, [1, 2, 3, 4, 5]),
        ({"tavoite": "2"}, [3, 4]),
        ({"tila": "valmis"}, [1, 5]),
        ({"tila": "myohassa"}, []),
        ({"puolivuosi": "2026-2"}, [1, 2, 4]),
        ({"puolivuosi": "2028-2"}, []),
        ({"toimiala": "keskushallinto"}, [1, 2, 4]),
        ({"toimiala": "perusopetus"}, [3, 4]),
        ({"vastuu": "digitiimi"}, [3, 4]),
        ({"vastuu": "taloushallinto"}, []),
        ({"karki": "2", "puolivuosi": "2027-1", "toimiala": "perusopetus"}, [3, 4]),
        ({"karki": "1", "tila": "valmis"}, [1]),
        ({"q": "3"}, [3]),
        ({"q": "3", "karki": "1"}, []),
        ({"tuntematon": "mitä tahansa"}, [1, 2, 3, 4, 5]),
    ],
)
def test_the_actions_that_fit_every_filter_are_shown(
    asked: dict[str, str], shown: list[int]
) -> None:
    assert [one.serial for one in result(**asked).actions] == shown


def test_a_late_action_runs_in_the_half_years_that_it_is_over_its_schedule() -> None:
    late = small.action(1, span=Span(I, I), overrun=Span(II, II), late=True)
    filters = Filters(plan(late), SITUATION_IN_ADDRESS)
    shown = {
        half: len(filters.apply(filters.parse({"puolivuosi": half}), lambda _: frozenset()).actions)
        for half in ("2026-1", "2026-2", "2027-1")
    }
    assert shown == {"2026-1": 1, "2026-2": 1, "2027-1": 0}


def test_a_count_tells_how_many_a_choice_would_show_with_the_other_filters_in_force() -> None:
    found = result(karki="1", puolivuosi="2026-2")
    assert counts(found, Filter.PRIORITY) == {"1": 2, "2": 1}
    assert counts(found, Filter.HALF_YEAR)["2026-1"] == 1
    assert counts(found, Filter.HALF_YEAR)["2027-1"] == 1
    assert counts(found, Filter.SITUATION)["valmis"] == 1


@pytest.mark.parametrize("name", list(Filter))
def test_every_count_is_what_choosing_it_shows(name: Filter) -> None:
    base = {"karki": "2", "toimiala": "perusopetus"}
    others = {key: value for key, value in base.items() if key != name}
    for value, count in counts(result(**base), name).items():
        assert len(result(**others, **{str(name): value}).actions) == count, value


def test_only_parties_that_answer_for_something_are_offered_but_any_can_be_asked_for() -> None:
    assert set(counts(result(), Filter.PARTY)) == {
        "keskushallinto",
        "palkat",
        "digitiimi",
        "perusopetus",
    }
    assert counts(result(vastuu="irrallaan"), Filter.PARTY)["irrallaan"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("karki", "9"),
        ("karki", "yksi"),
        ("tavoite", "0"),
        ("tila", "done"),
        ("toimiala", "digitiimi"),
        ("vastuu", "kukaan"),
        ("puolivuosi", "2026-3"),
        ("puolivuosi", "2025-2"),
        ("puolivuosi", "2026-H1"),
        ("nakyma", "kartta"),
        ("ryhma", "vari"),
    ],
)
def test_an_unknown_value_is_refused_and_named(name: str, value: str) -> None:
    with pytest.raises(UnknownValueError) as refused:
        ask(**{name: value})
    assert (refused.value.parameter, refused.value.value) == (name, value)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({}, ""),
        ({"nakyma": "aikajana", "ryhma": "karki"}, ""),
        ({"ryhma": "vastuu", "nakyma": "lista"}, "?nakyma=lista&ryhma=vastuu"),
        ({"q": "  kaksi   sanaa "}, "?q=kaksi+sanaa"),
        ({"tila": "valmis", "karki": "1", "q": "ä&b"}, "?karki=1&tila=valmis&q=%C3%A4%26b"),
    ],
)
def test_a_query_has_one_address_in_which_what_need_not_be_said_is_left_out(
    asked: dict[str, str], address: str
) -> None:
    assert ask(**asked)[1].address() == address


def test_a_filter_can_be_taken_away_and_everything_else_stays() -> None:
    query = ask(karki="1", tila="valmis", q="koulu", nakyma="lista", ryhma="tavoite")[1]
    without = query.without(Filter.PRIORITY)
    assert without.address() == "?tila=valmis&q=koulu&nakyma=lista&ryhma=tavoite"
    assert query.without_filters().address() == "?nakyma=lista&ryhma=tavoite"
    assert query.with_text("").address() == "?karki=1&tila=valmis&nakyma=lista&ryhma=tavoite"
    assert query.with_view(View.TIMELINE).grouping is Grouping.GOAL


def test_long_words_are_cut_to_what_can_be_searched() -> None:
    assert len(ask(q="a" * 5000)[1].text) == 100


def test_a_party_that_is_under_itself_hangs_nothing() -> None:
    loop = party("silmukka", PartyKind.UNIT, "silmukka")
    looped = small.plan(parties=(loop,), actions=(small.action(1, responsible=loop),))
    filters = Filters(looped, SITUATION_IN_ADDRESS)
    assert len(filters.apply(filters.parse({}), lambda text: frozenset()).actions) == 1
