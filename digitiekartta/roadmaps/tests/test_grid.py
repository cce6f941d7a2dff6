"""Toimenpiteet: groups, lanes on half-years, and the page itself."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.pages.filters import Filters, Grouping
from digitiekartta.roadmaps.pages.grid import Grid, grid_of
from digitiekartta.roadmaps.pages.grouping import NONE, group_actions
from digitiekartta.roadmaps.pages.lanes import Lane, Lanes, Place, Words, columns_of, lane_of
from digitiekartta.roadmaps.plan.entities import Action
from digitiekartta.roadmaps.rules import Situation
from digitiekartta.roadmaps.words import SITUATION_IN_ADDRESS, SITUATIONS
from tests import kauhava as towns
from tests.fixtures import PageClient

from . import small_plan as small
from .test_filters import CENTRAL, FINANCE, SKILLS, TEAM, TOOLS, plan

PERIOD = Span(HalfYear(2025, 1), HalfYear(2027, 2))
COLUMNS = columns_of(PERIOD, small.NOW)
WORDS = Words({one: str(one) for one in Situation}, "late", "recurring", "{} %".format)
ADDRESS = "/kauhava/toimenpiteet/"


def half(place: int) -> HalfYear:
    """The half-year of a column, counted from 1; also before and after the period."""
    return PERIOD.first.plus(place - 1)


def span(first: int, last: int) -> Span:
    return Span(half(first), half(last))


def lane(first: int, last: int, **more: Any) -> Lane:
    values = {"span": span(first, last), "original": span(first, last), **more}
    return lane_of(small.action(1, **values), COLUMNS, WORDS)


# --- Groups -----------------------------------------------------------------------------------


ACTIONS = (
    small.action(1, goal=TOOLS, responsible=FINANCE, situation=Situation.DONE),
    small.action(2, goal=SKILLS, responsible=TEAM),
    small.action(3, goal=SKILLS, responsible=CENTRAL),
    small.action(4),
)


@pytest.mark.parametrize(
    ("grouping", "groups"),
    [
        (Grouping.PRIORITY, {"1": [2, 3], "2": [1], NONE: [4]}),
        (Grouping.GOAL, {"1": [2, 3], "2": [1], NONE: [4]}),
        (Grouping.SECTOR, {"keskushallinto": [1, 3], NONE: [2, 4]}),
        (
            Grouping.PARTY,
            {"keskushallinto": [3], "taloushallinto": [1], "digitiimi": [2], NONE: [4]},
        ),
    ],
)
def test_actions_are_grouped_in_the_order_of_what_they_share_the_rest_last(
    grouping: Grouping, groups: dict[str, list[int]]
) -> None:
    found = group_actions(ACTIONS, grouping, plan(*ACTIONS))
    assert {one.key: [action.serial for action in one.actions] for one in found} == groups
    assert [one.key for one in found] == list(groups)


def test_a_group_counts_what_is_done() -> None:
    found = group_actions(ACTIONS, Grouping.PRIORITY, plan(*ACTIONS))
    assert [(one.number, one.done) for one in found] == [(1, 0), (2, 1), (None, 0)]


def test_a_priority_goes_by_the_short_name_of_its_perspective() -> None:
    perspectives = (small.perspective(1, short_name=small.text("Osaaminen")), small.perspective(2))
    found = group_actions(ACTIONS, Grouping.PRIORITY, plan(*ACTIONS, perspectives=perspectives))
    assert [one.name for one in found] == [small.text("Osaaminen"), small.text("Kärki 2"), None]


# --- Lanes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        (1, 1, Place(1, 1)),
        (3, 6, Place(3, 4)),
        (-1, 2, Place(1, 2)),
        (5, 9, Place(5, 2, goes_on=True)),
        (-3, 12, Place(1, 6, goes_on=True)),
        (7, 8, None),
        (-2, 0, None),
    ],
)
def test_a_span_stands_on_the_columns_that_it_has_within_the_period(
    first: int, last: int, place: Place | None
) -> None:
    assert COLUMNS.place(span(first, last)) == place


def test_the_present_half_year_is_a_column_where_the_period_has_it() -> None:
    assert COLUMNS.now == 4
    assert columns_of(PERIOD, HalfYear(2024, 2)).now is None
    assert columns_of(PERIOD, HalfYear(2028, 1)).now is None


def test_a_year_stands_over_its_half_years_also_where_the_period_has_one_of_them() -> None:
    columns = columns_of(Span(HalfYear(2025, 2), HalfYear(2027, 1)), small.NOW)
    assert columns.years == ((2025, Place(1, 1)), (2026, Place(2, 2)), (2027, Place(4, 1)))


def test_a_schedule_that_moved_keeps_its_original_as_a_ghost() -> None:
    assert lane(3, 4).ghost is None
    assert lane(4, 6, original=span(3, 4)).ghost == Place(3, 2)
    assert lane(4, 6, original=span(-2, 0)).ghost is None


def test_a_late_action_has_a_tail_from_its_end_to_the_present() -> None:
    late = lane(1, 2, late=True, situation=Situation.LATE, overrun=span(3, 4))
    assert (late.bar, late.tail) == (Place(1, 2), Place(3, 2))


def test_a_tail_that_leaves_the_period_is_cut_and_says_that_it_goes_on() -> None:
    assert lane(5, 6, overrun=span(7, 8)).tail is None
    assert lane(3, 5, overrun=span(6, 8)).tail == Place(6, 1, goes_on=True)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"situation": Situation.ONGOING}, "ongoing"),
        ({"situation": Situation.ONGOING, "percentage": 40}, "ongoing, 40 %"),
        ({"situation": Situation.ONGOING, "recurring": True}, "ongoing, recurring"),
        ({"situation": Situation.DONE, "recurring": True, "percentage": 100}, "done"),
        ({"situation": Situation.LATE, "late": True}, "late"),
        ({"situation": Situation.WAITING_FOR_MONEY, "late": True}, "waiting_for_money, late"),
    ],
)
def test_a_lane_says_the_situation_and_beside_it_what_else_matters(
    more: dict[str, Any], word: str
) -> None:
    assert lane(3, 4, **more).word == word


@pytest.mark.parametrize(
    ("first", "last", "aside", "edge"),
    [
        (1, 1, "right", 2),
        (6, 6, "left", 6),
        (2, 3, "right", 4),
        (1, 6, "below", 1),
        (4, 6, "left", 4),
    ],
)
def test_a_word_that_does_not_fit_its_bar_stands_where_there_is_room(
    first: int, last: int, aside: str, edge: int
) -> None:
    shown = lane(first, last, situation=Situation.ONGOING)
    assert (shown.aside, shown.edge) == (aside, edge)


def test_a_word_beside_its_bar_stands_clear_of_the_tail_and_the_ghost() -> None:
    tailed = lane(2, 3, situation=Situation.LATE, late=True, overrun=span(4, 4))
    assert (tailed.aside, tailed.edge) == ("right", 5)
    moved = lane(5, 6, situation=Situation.ONGOING, original=span(4, 5))
    assert (moved.aside, moved.edge) == ("left", 4)


def test_a_long_word_needs_a_wider_lane_than_a_short_one_and_a_long_bar_a_narrower() -> None:
    short, long = lane(1, 1, situation=Situation.DONE), lane(1, 1, situation=Situation.PAUSED)
    assert short.step < long.step
    assert lane(1, 6, situation=Situation.DONE).step < short.step


def test_lanes_that_look_alike_are_drawn_once() -> None:
    lanes = Lanes(COLUMNS, WORDS)
    alike = [small.action(serial, span=span(3, 4)) for serial in range(5)]
    assert {lanes.place_of(one) for one in alike} == {0}
    assert lanes.place_of(small.action(9, span=span(3, 5))) == 1
    assert len(lanes.drawn) == 2


def _grid(*actions: Action) -> Grid:
    shown = plan(*actions)
    query = Filters(shown, SITUATION_IN_ADDRESS).parse({})
    return grid_of(shown, shown.actions, query, WORDS, "sv")


def test_a_row_says_in_which_language_its_title_is_where_it_is_another() -> None:
    both = small.action(1, title={"fi": "Koulutus", "sv": "Utbildning"})
    grid = _grid(both, small.action(2))
    rows = [row for group in grid.groups for row in group.rows]
    assert [(row.title, row.foreign) for row in rows] == [
        ("Utbildning", ""),
        ("Toimenpide 2", "fi"),
    ]


def test_many_rows_get_ways_to_their_groups() -> None:
    assert not _grid(*ACTIONS).is_long
    assert _grid(*(small.action(serial) for serial in range(60))).is_long


# --- The page ---------------------------------------------------------------------------------


def test_the_grid_is_a_table_for_each_group_with_a_row_for_each_action(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(ADDRESS)
    assert page.h1 == "Toimenpiteet"
    assert page.texts(".group-count") == [
        "5/6 valmiina", "1/7 valmiina", "1/7 valmiina", "2/9 valmiina", "2/4 valmiina",
    ]  # fmt: skip
    assert len(page.all("tbody th[scope=row] a")) == len(kauhava.plan().actions) == 33
    assert page.texts("thead th")[:3][0] == "Toimenpide"
    assert all(table.select_one("caption") for table in page.all("table"))


def test_a_row_tells_in_words_what_its_lane_shows(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(ADDRESS)
    row = "[data-live-key=action-{}] .when"
    told = {serial: page.text(row.format(serial)) for serial in (1, 6, 9, 10, 13)}
    assert told == {
        1: "Valmis, tammi–joulu 2025.",
        6: "Myöhässä, tammi–kesä 2026. Yli aikataulun: heinä–joulu 2026.",
        9: "Käynnissä, toistuva, heinäkuu 2025 – joulukuu 2027.",
        10: "Käynnissä, tammikuu 2026 – kesäkuu 2027. Alun perin tammi–joulu 2026.",
        13: "Odottaa määrärahaa, myöhässä, tammikuu 2026 – kesäkuu 2027.",
    }


def test_the_present_half_year_and_the_years_stand_above_the_columns(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(ADDRESS)
    scale = page.all(".scale-bar .scale")[0]
    assert [one.get_text(" ", strip=True) for one in scale.select("b")] == ["2025", "2026", "2027"]
    assert [one.get_text(" ", strip=True) for one in scale.select(".is-now")] == ["II nyt"]
    assert page.has(".grid.of-6.now-4")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?tila=valmis", 11),
        ("?tila=kaynnissa", 12),
        ("?tila=myohassa", 3),
        ("?tila=odottaa-maararahaa", 3),
        ("?karki=2", 7),
        ("?tavoite=5&tila=valmis", 2),
        ("?toimiala=varhaiskasvatus&vastuu=varhaiskasvatus", 2),
        ("?q=anturit", 1),
    ],
)
def test_a_filtered_view_has_an_address_of_its_own(
    page_client: PageClient, kauhava: towns.Town, query: str, shown: int
) -> None:
    for view in ("", "&nakyma=lista"):
        page = page_client.get(f"{ADDRESS}{query}{view}")
        assert len(page.all("tbody th[scope=row] a")) == shown
        everything = ADDRESS + ("?nakyma=lista" if view else "")
        assert page.has(f'.shown a[href="{everything}"]')


def test_the_board_has_a_column_for_each_situation_and_every_action_once(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(f"{ADDRESS}?nakyma=taulu")
    counts = [int(one.get_text()) for one in page.all(".board h2 .count")]
    assert counts == [2, 3, 12, 3, 1, 11, 1]
    assert len(page.all(".board li")) == 33


def test_the_list_tells_schedule_situation_and_money(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(f"{ADDRESS}?nakyma=lista&q=anturit")
    assert page.texts("tbody tr:not(.group-row) td") == [
        "3.4",
        "Tekninen toimiala",
        "tammi–joulu 2027 (alun perin tammikuu 2026 – joulukuu 2027)",
        "Odottaa määrärahaa",
        "85 000 €",
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?toimiala=keskushallinto", "Näistä 10 on toimialan vastuulla. Muihin se osallistuu."),
        ("?toimiala=keskushallinto&vastuu=digitiimi", "Toimiala osallistuu näihin."),
        ("?ryhma=toimiala", "Toimenpide on siitä vastaavan toimialan ryhmässä."),
        ("?ryhma=toimiala&nakyma=lista", "Toimenpide on siitä vastaavan toimialan ryhmässä."),
    ],
)
def test_why_a_sectors_group_and_its_filter_count_differently_is_told(
    page_client: PageClient, kauhava: towns.Town, query: str, said: str
) -> None:
    assert said in page_client.get(ADDRESS + query).text("#tulokset")


@pytest.mark.parametrize("query", ["", "?toimiala=keskushallinto&vastuu=keskushallinto"])
def test_nothing_is_told_of_counts_that_do_not_differ(
    page_client: PageClient, kauhava: towns.Town, query: str
) -> None:
    assert not page_client.get(ADDRESS + query).has("[data-live-key=sectors]")


def test_a_sector_answers_for_as_many_as_its_group_has(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    groups = page_client.get(ADDRESS + "?ryhma=toimiala&nakyma=lista").texts(".group-row")
    assert "Keskushallinto 10" in groups


def test_the_form_keeps_what_was_chosen_and_tells_the_counts(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(f"{ADDRESS}?karki=2&nakyma=lista&q=ohjelmistot")
    chosen = page.one("#rajaa-karki option[selected]")
    assert chosen["value"] == "2"
    assert page.one("#haku-q")["value"] == "ohjelmistot"
    assert page.one("form.action-filters input[name=nakyma]")["value"] == "lista"
    assert page.texts("#rajaa-tila option")[0] == "Kaikki"


def test_when_nothing_fits_the_page_offers_ways_on(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(f"{ADDRESS}?tila=peruttu&karki=2")
    assert "Mikään toimenpide ei vastaa kaikkia rajauksia." in page.text(".empty")
    assert page.one(f'.empty a[href="{ADDRESS}?tila=peruttu"]')
    assert page.link("Näytä kaikki 33 toimenpidettä") == ADDRESS


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("karki=9", "Digitiekartassa ei ole kehittämisen kärkeä ”9”."),
        ("tavoite=x", "Digitiekartassa ei ole tavoitetta ”x”."),
        ("toimiala=digitiimi", "Kunnassa ei ole toimialaa ”digitiimi”."),
        ("vastuu=<b>", "Kunnassa ei ole vastuutahoa ”<b>”."),
        ("tila=done", "Toimenpiteillä ei ole tilaa ”done”."),
        ("puolivuosi=2026", "Puolivuosi ”2026” ei kuulu tähän digitiekarttaan."),
        ("nakyma=kartta", "Toimenpiteillä ei ole näkymää ”kartta”."),
        ("ryhma=väri", "Toimenpiteitä ei voi ryhmitellä näin: ”väri”."),
    ],
)
def test_an_address_that_makes_no_sense_says_what_is_wrong_with_it(
    page_client: PageClient, kauhava: towns.Town, query: str, sentence: str
) -> None:
    assert sentence in page_client.get(f"{ADDRESS}?{query}", status=404).text()


def test_a_roadmap_without_actions_says_what_belongs_there_and_who_adds_it(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    services.remove_examples(ledger_id=kauhava.ledger_id, intent=towns.intent())
    page = page_client.get(ADDRESS)
    assert "Toimenpiteitä ei ole vielä lisätty." in page.text(".empty")
    assert "Digitiimi lisää ne." in page.text(".empty")
    assert not page.has("form.action-filters")


@pytest.mark.parametrize(
    ("prefix", "heading", "word"),
    [("", "Toimenpiteet", "Valmis"), ("/sv", "Åtgärder", "Klar"), ("/en", "Actions", "Done")],
)
def test_the_same_address_in_every_language(
    page_client: PageClient, kauhava: towns.Town, prefix: str, heading: str, word: str
) -> None:
    page = page_client.get(f"{prefix}{ADDRESS}?tila=valmis&ryhma=toimiala")
    assert page.h1 == heading
    assert set(page.texts(".lane .word")) == {word}


def test_every_situation_has_a_word_of_its_own_in_addresses() -> None:
    assert set(SITUATION_IN_ADDRESS) == set(SITUATIONS) == set(Situation)
    assert len(set(SITUATION_IN_ADDRESS.values())) == len(Situation)
