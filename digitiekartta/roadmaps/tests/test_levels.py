"""Tasot: order, places, means and changes of a plan's levels, and the page itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from digitiekartta.config.example import remove_example
from digitiekartta.levels.rules import ChangeLabel, Places
from digitiekartta.municipalities.rules import PerspectiveGroup
from digitiekartta.roadmaps.pages.levels import (
    LevelsPage,
    LevelsQuery,
    Order,
    Picture,
    UnknownChoiceError,
    levels_page,
    parse_levels_query,
)
from digitiekartta.roadmaps.plan.entities import Perspective
from digitiekartta.roadmaps.rules import Situation
from tests import kauhava as towns
from tests.fixtures import PageClient

from . import small_plan as small

OWN, WHOLE = PerspectiveGroup.OWN_WORK, PerspectiveGroup.WHOLE


def _page(*perspectives: Perspective, order: Order = Order.GAP, **more: Any) -> LevelsPage:
    plan = small.plan(perspectives=perspectives, series=(small.BASELINE, small.LATER), **more)
    return levels_page(plan, LevelsQuery(order))


FIVE = (
    small.perspective(1, 2.0, 3.4, 4.0),
    small.perspective(2, 3.0, 3.1, 4.0),
    small.perspective(3, None, 3.0, 4.0),
    small.perspective(4, 3.0, 3.9, 4.0),
    small.perspective(5, 2.5, 2.5),
)


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.GAP, [1, 2, 4, 3, 5]),
        (Order.REMAINING, [3, 2, 1, 4, 5]),
        (Order.NUMBER, [1, 2, 3, 4, 5]),
    ],
)
def test_rows_stand_in_the_order_asked_for_ties_by_number_the_unknown_last(
    order: Order, numbers: list[int]
) -> None:
    page = _page(*FIVE, order=order)
    assert [row.perspective.number for row in page.rows] == numbers
    assert [row.perspective.number for row in page.by_number] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("parameters", "query"),
    [
        ({}, LevelsQuery(Order.GAP, Picture.ROWS)),
        ({"jarjestys": "", "kuva": ""}, LevelsQuery(Order.GAP, Picture.ROWS)),
        ({"jarjestys": "numero", "kuva": "tutka"}, LevelsQuery(Order.NUMBER, Picture.RADAR)),
        ({"jarjestys": "jaljella", "muu": "x"}, LevelsQuery(Order.REMAINING, Picture.ROWS)),
    ],
)
def test_an_address_is_read_and_what_is_not_known_in_it_ignored(
    parameters: dict[str, str], query: LevelsQuery
) -> None:
    assert parse_levels_query(parameters) == query


@pytest.mark.parametrize(
    ("parameters", "parameter"),
    [({"jarjestys": "nimi"}, "jarjestys"), ({"kuva": "piirakka"}, "kuva"), ({"kuva": "0"}, "kuva")],
)
def test_a_choice_that_does_not_exist_is_refused(
    parameters: dict[str, str], parameter: str
) -> None:
    with pytest.raises(UnknownChoiceError) as refused:
        parse_levels_query(parameters)
    assert refused.value.parameter == parameter


def test_an_address_leaves_out_what_goes_without_saying() -> None:
    assert LevelsQuery().address() == ""
    assert LevelsQuery().with_order(Order.NUMBER).address() == "?jarjestys=numero"
    both = LevelsQuery(Order.REMAINING).with_picture(Picture.RADAR)
    assert both.address() == "?jarjestys=jaljella&kuva=tutka"
    assert both.with_picture(Picture.ROWS).with_order(Order.GAP).address() == ""


def test_gaps_whose_intervals_overlap_share_their_places() -> None:
    page = _page(
        small.perspective(1, 2.0, target=4.0, half=0.1),
        small.perspective(2, 2.7, target=4.0, half=0.1),
        small.perspective(3, 2.8, target=4.0, half=0.1),
        small.perspective(4, 2.5),
    )
    places = {row.perspective.number: row.places for row in page.rows}
    assert places == {1: Places(1, 1), 2: Places(2, 3), 3: Places(2, 3), 4: None}


def test_equal_gaps_share_their_places_without_intervals_too() -> None:
    page = _page(small.perspective(1, 3.0, target=4.0), small.perspective(2, 2.0, target=3.0))
    assert [row.places for row in page.rows] == [Places(1, 2), Places(1, 2)]


def test_the_groups_are_told_apart_as_well_as_together() -> None:
    page = _page(
        small.perspective(1, 2.0, 3.0, 4.0, group=OWN),
        small.perspective(2, 3.0, 3.0, 4.0, group=OWN),
        small.perspective(3, 1.0, 2.0, 3.0, group=WHOLE),
    )
    told = [(one.group, one.baseline, one.latest, one.target) for one in page.groups]
    assert told == [(None, 2.0, 2.7, 3.7), (OWN, 2.5, 3.0, 4.0), (WHOLE, 1.0, 2.0, 3.0)]
    assert (page.groups[0].gap, page.groups[0].remaining) == (1.7, 1.0)


def test_one_group_is_not_told_twice() -> None:
    assert [one.group for one in _page(*FIVE).groups] == [None]
    assert _page().groups == ()


def test_a_mean_with_a_missing_level_is_not_told() -> None:
    together = _page(*FIVE).groups[0]
    assert (together.baseline, together.latest, together.target) == (None, 3.2, None)


@pytest.mark.parametrize(
    ("numbers", "is_run"), [((1, 2, 3, 4), True), ((1, 3, 4), False), ((1, 2), False), ((), False)]
)
def test_numbers_that_follow_each_other_are_a_run(numbers: tuple[int, ...], is_run: bool) -> None:
    page = _page(*(small.perspective(one, 2.0) for one in numbers))
    assert (page.groups[0].is_run if page.groups else False) is is_run


@pytest.mark.parametrize(
    ("one", "label"),
    [
        (small.perspective(1, 2.9, 3.2, half=0.07), ChangeLabel.ROSE),
        (small.perspective(1, 3.2, 2.9, half=0.07), ChangeLabel.FELL),
        (small.perspective(1, 2.4, 2.4, half=0.09), ChangeLabel.UNCHANGED),
        (small.perspective(1, 2.6, 2.7, half=0.08), ChangeLabel.INCONCLUSIVE),
        (small.perspective(1, 2.0, 4.0), ChangeLabel.INCONCLUSIVE),
    ],
)
def test_a_change_is_called_what_the_figures_allow(one: Perspective, label: ChangeLabel) -> None:
    page = _page(one)
    assert page.rows[0].change is not None
    assert page.rows[0].change.label is label
    assert page.changes == {label: 1}


@pytest.mark.parametrize(
    "one", [small.perspective(1), small.perspective(1, 2.0), small.perspective(1, None, 2.0)]
)
def test_there_is_no_change_before_there_are_two_rounds(one: Perspective) -> None:
    assert _page(one).rows[0].change is None


@pytest.mark.parametrize(
    ("latest", "target", "reached"), [(3.0, 3.0, 1), (3.4, 3.0, 1), (2.9, 3.0, 0), (3.0, None, 0)]
)
def test_a_target_is_reached_when_nothing_is_left(
    latest: float, target: float | None, reached: int
) -> None:
    assert _page(small.perspective(1, 2.0, latest, target)).reached == reached


def test_levels_over_time_are_told_by_group_once_there_are_two_rounds() -> None:
    own, whole = small.perspective(1, 2.0, 3.0, group=OWN), small.perspective(2, None, 2.5)
    rounds = _page(own, whole).rounds
    assert [(one.group, [line.values for line in one.lines]) for one in rounds] == [
        (OWN, [(2.0, 3.0)]),
        (WHOLE, [(None, 2.5)]),
    ]
    assert _page(small.perspective(1, 2.0)).rounds == ()


def test_the_round_of_a_row_is_named_only_when_all_rows_show_the_same() -> None:
    both, first_only = small.perspective(1, 2.0, 3.0), small.perspective(2, 2.0)
    assert _page(both).latest is small.LATER
    assert _page(both, first_only).latest is None
    assert _page(both, first_only).baseline is small.BASELINE


def test_a_priority_counts_the_actions_that_serve_it() -> None:
    chosen = small.priority(1, 7)
    goal = small.goal(1, chosen=chosen)
    actions = (
        small.action(1, goal=goal, situation=Situation.DONE),
        small.action(2, goal=goal),
        small.action(3),
    )
    row = small.perspective(7, 2.0, priority=chosen)
    page = _page(row, small.perspective(8), priorities=(chosen,), actions=actions)
    (one,) = page.priorities
    assert one.row.actions is not None
    assert (one.row.actions.total, one.row.actions.count(Situation.DONE)) == (2, 1)
    assert page.by_number[1].actions is None


def test_what_was_never_measured_is_not_drawn() -> None:
    assert not _page(small.perspective(1, target=4.0)).measured
    assert _page(small.perspective(1, 2.0)).measured
    assert not _page().measured


# The page


def test_the_page_answers_its_question_and_says_who_says_so(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/tasot/")
    assert page.h1 == "Kuinka digitaalinen Kauhava on?"
    lead = page.text(".page-head .lead")
    assert "Henkilöstön arvioiden keskiarvo on 2,9 asteikolla 1–5. Tavoite on 3,6." in lead
    assert "11 näkökulmasta 5 on noussut, 2 on ennallaan ja 4:n muutoksesta ei voida" in lead
    assert "Tavoitetaso on saavutettu 1 näkökulmassa." in lead
    assert "Vastaajia oli 438 eli 46 % henkilöstöstä (960)." in page.text(".who-says")


def test_the_table_has_every_figure(page_client: PageClient, kauhava: towns.Town) -> None:
    page = page_client.get("/kauhava/tasot/")
    rows = [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.all(".levels-table tbody tr")
    ]
    assert len(rows) == 11 + 3
    assert rows[0] == [
        *("11 Tavoitteet ja mittarit strategiassa Kärki", "2,0", "2,8", "2,7–2,9"),
        *("+0,8 noussut", "4", "2,0", "1,2", "1"),
    ]
    places = [row[-1] for row in rows[:11]]
    assert places == ["1", "2", "3–4", "3–5", "4–6", "5–6", "7–8", "7–9", "8–10", "9–10", "11"]
    assert rows[-3][:3] == ["Kaikki näkökulmat yhdessä, keskiarvo", "2,7", "2,9"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", "11"),
        ("?jarjestys=ero", "11"),
        ("?jarjestys=numero", "1"),
        ("?jarjestys=jaljella", "5"),
    ],
)
def test_the_order_of_the_address_is_that_of_picture_and_table(
    page_client: PageClient, kauhava: towns.Town, query: str, first: str
) -> None:
    page = page_client.get(f"/kauhava/tasot/{query}")
    assert page.texts("ol.levels .order")[0] == first
    said = {
        "1": "numeroiden järjestyksessä",
        "5": "tavoitteeseen on nyt",
        "11": "lähtötasosta tavoit",
    }
    assert said[first] in page.text("section[aria-labelledby=nykytaso] .section-head")
    assert page.texts(".levels-table .order")[0] == first


def test_the_radar_is_offered_with_the_same_table(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/tasot/?kuva=tutka")
    assert page.has(".ch-radar")
    assert not page.has("ol.levels")
    assert len(page.all(".levels-table tbody tr")) == 14


@pytest.mark.parametrize("query", ["?kuva=piirakka", "?jarjestys=nimi"])
def test_an_unknown_choice_is_told_clearly(
    page_client: PageClient, kauhava: towns.Town, query: str
) -> None:
    page = page_client.get(f"/kauhava/tasot/{query}", status=404)
    assert query.partition("=")[2] in page.text("main")


def test_every_perspective_can_be_linked_to(page_client: PageClient, kauhava: towns.Town) -> None:
    page = page_client.get("/kauhava/tasot/")
    for number in range(1, 12):
        page.one(f"#nakokulma-{number}")
    corrected = page.text("#nakokulma-6")
    assert "Kielivirhe on korjattu" in corrected
    assert "Koko kunta" in corrected
    assert page.link("5/6 valmiina") == "/kauhava/toimenpiteet/?karki=1"


def test_the_method_is_told_in_plain_words(page_client: PageClient, kauhava: towns.Town) -> None:
    page = page_client.get("/kauhava/tasot/")
    told = page.text("section[aria-labelledby=mittaaminen]")
    for part in (
        "1 heikko, 2 välttävä, 3 tyydyttävä, 4 hyvä ja 5 erinomainen",
        "olisivatko vastaamatta jättäneet arvioineet toisin",
        "Kyselyn tulokset: kysely 2026",
        "Johtoryhmä päätti tavoitetasoista 25.11.2024.",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/kauhava/tasot/", "Kuinka digitaalinen Kauhava on?"),
        ("/sv/kauhava/tasot/", "Hur digitalt är Kauhava?"),
        ("/en/kauhava/tasot/", "How digital is Kauhava?"),
    ],
)
def test_the_page_stands_in_three_languages(
    page_client: PageClient, kauhava: towns.Town, path: str, heading: str
) -> None:
    assert page_client.get(path).h1 == heading


@pytest.mark.parametrize("query", ["", "?kuva=tutka"])
def test_a_municipality_with_nothing_yet_says_what_is_missing(
    page_client: PageClient, lappajarvi: towns.Town, query: str
) -> None:
    page = page_client.get(f"/lappajarvi/tasot/{query}")
    assert "Tasoja ei ole vielä lisätty." in page.text()
    assert "Kehittämisen kärkiä ei ole vielä lisätty." in page.text()
    assert page.text("#nakokulma-1 h3") == "1 Osaaminen"
    assert page.text(".lead") == "Vastaus tulee tähän, kun mittauksen tulokset on lisätty."
    assert not page.has(".levels-table")


def test_example_marks_go_with_the_example_content(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    assert len(page_client.get("/kauhava/tasot/").all(".tag.example")) >= 4
    remove_example(towns.NOW)
    page = page_client.get("/kauhava/tasot/")
    assert not page.has(".tag.example")
    assert len(page.all(".each article")) == 11
    priorities = page.text("section[aria-labelledby=karjet]")
    assert "Perustelu: ei vielä lisätty" in priorities
    assert "–" not in priorities
    assert "perustelemia" not in priorities
    assert "0 toimenpidettä" not in page.text()


def test_more_actions_take_no_more_queries(
    page_client: PageClient, lappajarvi: towns.Town, queries_of: Callable[..., list[str]]
) -> None:
    few = queries_of(lambda: page_client.get("/lappajarvi/tasot/"))
    for number in range(2, 12):
        towns.add_action(lappajarvi, str(number))
    from digitiekartta.history import queries as history  # noqa: PLC0415 -- as if just started

    history.forget()
    assert len(queries_of(lambda: page_client.get("/lappajarvi/tasot/"))) == len(few)
