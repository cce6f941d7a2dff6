"""Tavoitteet: what indicators say, how actions are rolled up, and the page itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digitiekartta.config.example import remove_example
from digitiekartta.roadmaps.pages.goals import (
    FIRST,
    MOST,
    Standing,
    goals_page,
    indicator_view,
    rolled_up,
)
from digitiekartta.roadmaps.plan.entities import Indicator
from digitiekartta.roadmaps.rules import Situation
from tests import kauhava as towns
from tests.fixtures import PageClient

from . import small_plan as small


@pytest.mark.parametrize(
    ("indicator", "standing"),
    [
        (small.indicator(), Standing.UNKNOWN),
        (small.indicator(5), Standing.FIRST),
        (small.indicator(5, 6), Standing.NEARER),
        (small.indicator(6, 5), Standing.FURTHER),
        (small.indicator(5, 5), Standing.SAME),
        (small.indicator(5, 10), Standing.REACHED),
        (small.indicator(12), Standing.REACHED),
        (small.indicator(12, 9), Standing.FURTHER),
        (small.indicator(20, 15, down=True), Standing.NEARER),
        (small.indicator(15, 20, down=True), Standing.FURTHER),
        (small.indicator(11, 10, down=True), Standing.REACHED),
        (small.indicator(0, 0, target=0, down=True), Standing.REACHED),
        (small.indicator(5, 6, target=None), Standing.ROSE),
        (small.indicator(6, 5, target=None), Standing.FELL),
        (small.indicator(5, target=None), Standing.FIRST),
    ],
)
def test_an_indicator_says_no_more_than_its_values(
    indicator: Indicator, standing: Standing
) -> None:
    assert indicator_view(indicator).standing is standing


def test_an_indicator_shows_its_latest_value_beside_the_one_before() -> None:
    view = indicator_view(small.indicator(1, 2, 3))
    assert view.latest is not None
    assert view.previous is not None
    assert (view.latest.value, view.previous.value) == (3, 2)


@pytest.mark.parametrize(
    ("values", "target", "places"),
    [((3, 4), 5, 0), ((3, 3.5), 4, 1), ((3, 4), 3.75, 2), ((), None, 0), ((1 / 3,), None, 2)],
)
def test_the_values_of_an_indicator_have_as_many_decimals_each(
    values: tuple[float, ...], target: float | None, places: int
) -> None:
    assert indicator_view(small.indicator(*values, target=target)).places == places


def test_every_action_stands_once_under_its_goal_or_under_none() -> None:
    first, second = small.goal(1, small.indicator(5, 10), small.indicator()), small.goal(2)
    actions = (
        small.action(1, goal=first, situation=Situation.DONE),
        small.action(2),
        small.action(3, goal=first),
    )
    page = goals_page(small.plan(goals=(first, second), actions=actions))
    assert [[one.serial for one in view.actions.shown] for view in page.goals] == [[1, 3], []]
    assert [one.serial for one in page.loose.shown] == [2]
    assert page.goals[0].reached == 1
    assert page.goals[0].actions.situations.count(Situation.DONE) == 1


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (MOST, MOST), (MOST + 1, FIRST), (200, FIRST)]
)
def test_of_very_many_actions_only_the_first_are_listed_but_all_counted(
    count: int, shown: int
) -> None:
    rolled = rolled_up([small.action(number) for number in range(count)])
    assert (len(rolled.shown), rolled.more) == (shown, count - shown)
    assert rolled.situations.total == count


# The page


def test_the_page_leads_from_the_vision_to_the_actions(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/tavoitteet/")
    assert page.h1 == "Tavoitteet ja mittarit"
    assert "Arki sujuu, kun digipalvelut toimivat." in page.text(".chain-vision")
    assert len(page.all(".chain-goals li")) == 5
    assert len(page.all(".goal")) == 5
    assert len(page.all(".indicator")) == 10
    assert len(page.all(".goal-actions li")) == 33


def test_an_indicator_tells_value_target_direction_day_and_source(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/tavoitteet/")
    told = " ".join(page.all(".indicator")[0].get_text().replace("\u202f", " ").split())
    for part in (
        "Digitaitonsa arvioineiden osuus henkilöstöstä",
        "81 %",
        "Tavoite vähintään 90 %",
        "Lähempänä tavoitetta kuin edellisellä kerralla. Silloin 78 % (8.10.2025).",
        "Mitattu 7.10.2026. Lähde: Toimialojen itsearvioinnit.",
    ):
        assert part in told


def test_a_goal_counts_its_actions_and_leads_to_them_and_to_its_priority(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/tavoitteet/")
    section = page.one("section[aria-labelledby=tavoite-2]")
    links = {str(one["href"]) for one in section.select("a")}
    assert "/kauhava/toimenpiteet/?tavoite=2" in links
    assert "/kauhava/toimenpiteet/?tavoite=2&tila=valmis" in links
    assert "/kauhava/tasot/#karki-2" in links
    assert "1/7 valmiina" in " ".join(section.get_text().split())
    waiting = next(one for one in section.select(".goal-actions li") if "2.7" in one.get_text())
    assert waiting.select_one(".tag.late") is not None


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/kauhava/tavoitteet/", "Tavoitteet ja mittarit"),
        ("/sv/kauhava/tavoitteet/", "Mål och mätare"),
        ("/en/kauhava/tavoitteet/", "Goals and indicators"),
    ],
)
def test_the_page_stands_in_three_languages(
    page_client: PageClient, kauhava: towns.Town, path: str, heading: str
) -> None:
    assert page_client.get(path).h1 == heading


def test_a_municipality_with_nothing_yet_says_what_is_missing(
    page_client: PageClient, lappajarvi: towns.Town
) -> None:
    page = page_client.get("/lappajarvi/tavoitteet/")
    assert "ei vielä lisätty" in page.text(".chain-vision")
    assert "Tavoitteita ei ole vielä lisätty." in page.text()
    assert page.texts(".goal-actions li a") == ["1 Toimenpide 1"]


def test_example_marks_go_with_the_example_content(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    assert len(page_client.get("/kauhava/tavoitteet/").all(".tag.example")) >= 6
    remove_example(towns.NOW)
    assert not page_client.get("/kauhava/tavoitteet/").has(".tag.example")


def test_more_actions_take_no_more_queries(
    page_client: PageClient, lappajarvi: towns.Town, queries_of: Callable[..., list[str]]
) -> None:
    few = queries_of(lambda: page_client.get("/lappajarvi/tavoitteet/"))
    for number in range(2, 12):
        towns.add_action(lappajarvi, str(number))
    from digitiekartta.history import queries as history  # noqa: PLC0415 -- as if just started

    history.forget()
    assert len(queries_of(lambda: page_client.get("/lappajarvi/tavoitteet/"))) == len(few)
