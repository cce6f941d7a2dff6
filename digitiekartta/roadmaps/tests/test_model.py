"""Toimintamalli: tasks, powers, the tree, and the annual clock with this year's dates."""

from __future__ import annotations

import datetime

import pytest

from digitiekartta.config.example import remove_example
from digitiekartta.documents.registry import Audience, Authority
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import BodyTask
from digitiekartta.roadmaps.pages.clock_ring import clock_ring, lanes, share_of_year
from digitiekartta.roadmaps.pages.clock_year import ClockYear, Phase, clock_year, days_in_words
from digitiekartta.roadmaps.pages.model import (
    Matter,
    authorities_of,
    decided_by,
    model_page,
    organisation,
)
from digitiekartta.roadmaps.plan.entities import Gate
from digitiekartta.roadmaps.registry import REGISTRY
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent

from . import small_plan as small

ADDRESS = "/kauhava/toimintamalli/"


def _gate(name: str, first: str, last: str, *, last_year_only: bool = False) -> Gate:
    return Gate(name, {"fi": name}, _day(first), _day(last), last_year_only, None, {})


def _day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)


def _clock(on: str, *gates: Gate) -> ClockYear:
    return clock_year(gates, datetime.date.fromisoformat(on))


# The annual clock.

SPRING, AUTUMN = _gate("kevät", "03-01", "05-31"), _gate("syksy", "09-01", "10-31")
NEW_YEAR = _gate("vuodenvaihde", "12-15", "01-15")


@pytest.mark.parametrize(
    ("on", "phases", "coming"),
    [
        ("2026-01-31", ("coming", "coming"), "2026-03-01"),
        ("2026-03-01", ("now", "coming"), "2026-09-01"),
        ("2026-05-31", ("now", "coming"), "2026-09-01"),
        ("2026-06-01", ("past", "coming"), "2026-09-01"),
        ("2026-10-31", ("past", "now"), "2027-03-01"),
        ("2026-11-01", ("past", "past"), "2027-03-01"),
    ],
)
def test_what_is_past_now_and_next(on: str, phases: tuple[str, ...], coming: str) -> None:
    clock = _clock(on, AUTUMN, SPRING)
    assert tuple(one.phase for one in clock.turns) == phases
    assert [one.number for one in clock.turns] == [1, 2]
    assert clock.next is not None
    assert clock.next.first == datetime.date.fromisoformat(coming)


@pytest.mark.parametrize(
    ("on", "first", "last", "phase"),
    [
        ("2026-01-10", "2025-12-15", "2026-01-15", Phase.NOW),
        ("2026-01-16", "2026-12-15", "2027-01-15", Phase.COMING),
        ("2026-12-20", "2026-12-15", "2027-01-15", Phase.NOW),
    ],
)
def test_a_gate_over_the_new_year(on: str, first: str, last: str, phase: Phase) -> None:
    (turn,) = _clock(on, NEW_YEAR).turns
    assert (turn.first.isoformat(), turn.last.isoformat(), turn.phase) == (first, last, phase)


def test_the_leap_day_is_the_last_of_february_in_other_years() -> None:
    leap = _gate("karkaus", "02-29", "02-29")
    assert _clock("2026-01-01", leap).turns[0].first == datetime.date(2026, 2, 28)
    assert _clock("2028-01-01", leap).turns[0].first == datetime.date(2028, 2, 29)


def test_a_clock_without_gates_has_nothing_next() -> None:
    clock = _clock("2026-12-09")
    assert (clock.turns, clock.next, clock.now) == ((), None, ())


@pytest.mark.parametrize(
    ("first", "last", "fi", "en"),
    [
        ("2026-01-02", "2026-01-31", "2.–31.1.", "2–31 Jan"),
        ("2026-01-15", "2026-03-31", "15.1.–31.3.", "15 Jan – 31 Mar"),
        ("2026-06-12", "2026-06-12", "12.6.", "12 Jun"),
        ("2025-12-15", "2026-12-15", "15.12.–15.12.", "15 Dec – 15 Dec"),
    ],
)
def test_days_are_written_with_the_month_told_once(first: str, last: str, fi: str, en: str) -> None:
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    assert days_in_words(*days, "fi") == fi
    assert days_in_words(*days, "en").replace("\u00a0", " ") == en


def test_arcs_that_meet_stand_on_different_lanes() -> None:
    summer = _gate("kesä", "05-01", "07-31")
    arcs = lanes(_clock("2026-01-01", SPRING, summer, AUTUMN))
    assert [(arc.turn.gate.id, arc.lane) for arc in arcs] == [
        ("kevät", 0),
        ("kesä", 1),
        ("syksy", 0),
    ]
    assert share_of_year(datetime.date(2026, 1, 1)) == 0


def test_an_arc_stays_within_its_year() -> None:
    for on in ("2026-01-10", "2026-12-20"):
        (arc,) = lanes(_clock(on, NEW_YEAR))
        assert 0 <= arc.start < arc.end <= 1


def test_the_ring_is_the_same_bytes_for_the_same_clock_and_hidden_from_screen_readers() -> None:
    clock = _clock("2026-12-09", SPRING, AUTUMN)
    ring = clock_ring(clock, "fi")
    assert ring == clock_ring(clock, "fi")
    assert 'aria-hidden="true"' in ring
    assert "style=" not in ring
    assert "tammi" in ring
    assert "januari" not in clock_ring(clock, "sv")


# Who decides.


def test_by_default_the_schedule_is_the_teams_and_a_new_action_the_managements() -> None:
    assert authorities_of(Matter.SCHEDULE, {}) == {Authority.TEAM}
    assert authorities_of(Matter.NEW_ACTION, {}) == {Authority.MANAGEMENT}
    assert authorities_of(Matter.PROGRESS, {}) == {Authority.PROGRESS}
    assert authorities_of(Matter.APPROVAL, {}) == {Authority.BOARD}


def test_a_municipalitys_own_setting_moves_the_change_to_whom_it_names() -> None:
    own = {"action.first": Authority.MANAGEMENT, "action": Authority.BOARD}
    assert authorities_of(Matter.SCHEDULE, own) == {Authority.MANAGEMENT, Authority.TEAM}
    assert authorities_of(Matter.NEW_ACTION, own) == {Authority.BOARD}


@pytest.mark.parametrize("own", [{}, {"action.title": Authority.BOARD, "goal": Authority.TEAM}])
def test_every_public_field_of_the_plan_is_decided_by_exactly_one(
    own: dict[str, Authority],
) -> None:
    told: list[tuple[str, str]] = []
    for authority in Authority:
        for one in decided_by(authority, own):
            told += [(one.entity.en, label.en) for label in one.fields]
            told += [(one.entity.en, "+")] if one.existence else []
    assert len(told) == len(set(told))
    action = REGISTRY["action"]
    public = {one.label.en for one in action.fields if one.audience is Audience.PUBLIC}
    hidden = {"Roadmap", "Serial", "Order", "Original begin", "Original end", "Example"}
    assert {label for entity, label in told if entity == "Action"} == public - hidden | {"+"}


def test_every_matter_is_told_somewhere() -> None:
    for matter in Matter:
        assert authorities_of(matter, {}) <= set(Authority)


# The plan's parties.


def test_sectors_with_the_same_duties_are_told_once(kauhava: Town) -> None:
    page = model_page(kauhava.plan(), {})
    carries_out = next(one for one in page.tasks if one.task is BodyTask.CARRIES_OUT)
    (doers,) = carries_out.doers
    assert len(doers.parties) == 5
    assert [one.convener for one in page.seats].count(True) == 1
    assert len(page.seats) == 6


def test_units_stand_under_their_sector(kauhava: Town) -> None:
    tree = organisation(kauhava.plan())
    assert tree[0].party.slug == "keskushallinto"
    assert {one.party.slug for one in tree[0].branches} >= {"tietohallinto", "viestinta"}
    assert sum(one.actions for one in tree) > 0


def test_a_plan_without_parties_has_an_empty_page() -> None:
    page = model_page(small.plan(), {})
    assert not page.has_tasks
    assert (page.team, page.seats, page.organisation) == (None, (), ())


# The page.


@pytest.mark.parametrize(
    ("prefix", "heading", "now", "months"),
    [
        ("", "Kuka päättää ja vastaa", "Talousarvio päätetään", "tammi"),
        ("/sv", "Vem som beslutar och ansvarar", "Budgeten fastställs", "jan"),
        ("/en", "Who decides and who answers", "The budget is decided", "Jan"),
    ],
)
def test_the_page_in_each_language(
    page_client: PageClient, kauhava: Town, prefix: str, heading: str, now: str, months: str
) -> None:
    page = page_client.get(prefix + ADDRESS)
    assert page.h1 == heading
    assert now in page.text(".clock-say")
    assert page.texts(".clock-month")[0] == months
    assert len(page.all(".turn")) == 9
    assert page.texts(".power h3")[0] in ("Kaupunginhallitus", "Stadsstyrelsen", "City board")


def test_the_next_gate_may_be_in_the_next_year(page_client: PageClient, kauhava: Town) -> None:
    assert "Seuraavaksi 2.1.2027: Määrärahat vahvistetaan" in page_client.get(ADDRESS).text(
        ".clock-say"
    )


def test_own_settings_of_who_decides_show_on_the_page(
    page_client: PageClient, kauhava: Town
) -> None:
    before = page_client.get(ADDRESS).text('[data-authority="board"]')
    assert "aikataulu" not in before
    municipalities.change_settings(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        authorities={"action.first": "board", "action.last": "board"},
    )
    assert "aikataulu" in page_client.get(ADDRESS).text('[data-authority="board"]')


def test_what_is_missing_is_told(page_client: PageClient, lappajarvi: Town) -> None:
    page = page_client.get("/lappajarvi/toimintamalli/")
    assert len(page.all(".empty")) == 3
    assert "ei vielä lisätty" in page.text("#tiimi")
    assert "Sivistystoimi" in page.text("#organisaatio")


def test_the_facts_stay_when_the_example_is_removed(page_client: PageClient, kauhava: Town) -> None:
    remove_example(NOW)
    page = page_client.get(ADDRESS)
    assert "Johtoryhmä" in page.text("#tehtavat")
    assert len(page.all(".turn")) == 9


@pytest.mark.parametrize(("year", "names"), [(2026, ["a"]), (2027, ["a", "b"])])
def test_what_comes_in_the_last_year_only_is_left_out_of_the_others(
    year: int, names: list[str]
) -> None:
    gates = [_gate("a", "01-10", "01-20"), _gate("b", "09-01", "09-30", last_year_only=True)]
    clock = clock_year(gates, datetime.date(year, 3, 1), last_year=2027)
    assert [one.gate.id for one in clock.turns] == names


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", "Tämä sivusto on sellainen"),
        ("/sv", "Den här webbplatsen är en sådan"),
        ("/en", "This site is one"),
    ],
)
def test_the_operating_model_knows_that_this_is_the_platform_which_the_source_foresaw(
    page_client: PageClient, kauhava: Town, prefix: str, said: str
) -> None:
    assert said in page_client.get(prefix + ADDRESS).text("#toimintamalli")
