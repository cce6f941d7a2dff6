"""Etusivu: what it shows of a plan, and the page itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from digitiekartta.config.example import remove_example
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.roadmaps.pages.approval import Lacking, approval_of, approved_by
from digitiekartta.roadmaps.pages.home import (
    Foreword,
    begins_next,
    by_remaining,
    home_page,
)
from digitiekartta.roadmaps.plan.entities import Parts
from digitiekartta.roadmaps.rules import Situation, Status
from tests import kauhava as towns
from tests.fixtures import PageClient

from . import small_plan as small

FOUNDING = small.decision("hyväksyttiin", "2024-12-16", DecisionKind.ROADMAP)
YEARLY = small.decision("vuosipäivitys", "2026-06-12", DecisionKind.YEARLY_CHANGES)


def test_a_plan_without_a_version_has_no_approval() -> None:
    assert approval_of(small.plan()) is None


def test_the_first_version_was_approved_by_the_decision_on_the_roadmap() -> None:
    first = small.version(1, FOUNDING)
    approval = approval_of(small.plan(version=first, versions=(first,)))
    assert approval is not None
    assert (approval.version, approval.first) == (first, None)


def test_a_later_version_tells_who_approved_the_roadmap_in_the_first_place() -> None:
    first, second = small.version(1, FOUNDING), small.version(2, YEARLY)
    approval = approval_of(small.plan(version=second, versions=(second, first)))
    assert approval is not None
    assert (approval.version.number, approval.first) == (2, FOUNDING)


def test_a_decision_without_its_version_tells_what_has_not_been_added() -> None:
    decided = small.decision("hyväksyttiin", "2025-12-15", DecisionKind.ROADMAP)
    measured = small.perspective(1, 2.0)
    approval = approval_of(small.plan(decisions=(decided,), perspectives=(measured,)))
    assert approval is not None
    assert (approval.version, approval.first) == (None, decided)
    assert Lacking.VISION in approval.lacking
    assert Lacking.TARGETS in approval.lacking
    assert Lacking.LEVELS not in approval.lacking


@pytest.mark.parametrize(
    ("decided_on", "kind", "approves"),
    [
        ("2024-12-31", DecisionKind.ROADMAP, False),
        ("2025-01-01", DecisionKind.ROADMAP, True),
        ("2028-12-31", DecisionKind.ROADMAP, True),
        ("2029-01-01", DecisionKind.ROADMAP, False),
        ("2026-06-12", DecisionKind.YEARLY_CHANGES, False),
    ],
)
def test_only_a_decision_of_the_period_or_the_year_before_it_approved_the_roadmap(
    decided_on: str, kind: DecisionKind, approves: bool
) -> None:
    plan = small.plan(decisions=(small.decision("päätettiin", decided_on, kind),))
    assert (approved_by(plan) is not None) == approves


def test_levels_stand_by_what_is_left_ties_by_number_and_the_unknown_last() -> None:
    perspectives = [
        small.perspective(1, 2.0, 3.0, 4.0),
        small.perspective(2, 2.0),
        small.perspective(3, 2.0, 2.5, 4.0),
        small.perspective(4, 3.0, 3.0, 4.0),
        small.perspective(5, 3.0, 3.2, 3.0),
        small.perspective(6, target=4.0),
    ]
    assert [one.number for one in by_remaining(perspectives)] == [3, 1, 4, 5, 2, 6]


ENDED = HalfYear(2026, 1)
SOON, LATER, MUCH_LATER = HalfYear(2027, 1), HalfYear(2027, 2), HalfYear(2028, 1)


@pytest.mark.parametrize(
    ("actions", "next_ones"),
    [
        ([], []),
        ([small.action(1, SOON), small.action(2, small.NOW)], [2, 1]),
        ([small.action(1, LATER), small.action(2, SOON)], [2]),
        ([small.action(1, MUCH_LATER), small.action(2, LATER)], [2]),
        ([small.action(1, ENDED)], []),
        ([small.action(1, SOON, status=Status.ONGOING)], []),
        ([small.action(1, SOON, status=Status.PAUSED)], []),
        ([small.action(1, SOON, cancelled=True)], []),
        ([small.action(number, SOON) for number in range(9)], [0, 1, 2, 3, 4]),
    ],
)
def test_what_begins_next_has_not_begun_and_is_not_late(
    actions: list[Any], next_ones: list[int]
) -> None:
    assert [one.serial for one in begins_next(actions, small.NOW)] == next_ones


def test_what_happened_is_latest_first_notes_and_decisions_together() -> None:
    told = small.action(1, parts=Parts(notes=(small.note("2026-11-01", "b"),)))
    earlier = small.action(2, parts=Parts(notes=(small.note("2026-05-01", "a"),)))
    page = home_page(small.plan(actions=(earlier, told), decisions=(YEARLY, FOUNDING)))
    kinds = [one.note.id if one.note else one.decision.id for one in page.happenings if one.on]  # type: ignore[union-attr]
    assert kinds == ["b", YEARLY.id, "a", FOUNDING.id]
    assert str(page.told_last) == "2026-11-01"


def test_at_most_five_things_are_told() -> None:
    notes = tuple(small.note(f"2026-11-{day:02}", str(day)) for day in range(9, 0, -1))
    page = home_page(small.plan(actions=(small.action(1, parts=Parts(notes=notes)),)))
    assert [one.note.id for one in page.happenings if one.note] == ["9", "8", "7", "6", "5"]


@pytest.mark.parametrize(
    ("foreword", "shown"),
    [
        ({}, None),
        ({"fi": ""}, None),
        ({"fi": "Yksi."}, Foreword({"fi": "Yksi."}, {})),
        (
            {"fi": "Yksi.\n\nKaksi.\n\nKolme."},
            Foreword({"fi": "Yksi."}, {"fi": "Kaksi.\n\nKolme."}),
        ),
        ({"fi": "A.\n \nB.", "sv": "C."}, Foreword({"fi": "A.", "sv": "C."}, {"fi": "B."})),
    ],
)
def test_the_forewords_first_paragraph_stands_open(
    foreword: dict[str, str], shown: Foreword | None
) -> None:
    plan = small.plan()
    plan = dataclasses.replace(plan, roadmap=dataclasses.replace(plan.roadmap, foreword=foreword))
    assert home_page(plan).foreword == shown


def test_an_empty_roadmap_makes_a_page_of_empty_parts() -> None:
    page = home_page(small.plan())
    assert (page.situations.total, page.levels, page.happenings, page.next) == (0, (), (), ())
    assert not page.has_levels


def test_a_series_is_named_only_when_all_rows_show_the_same_one() -> None:
    both = small.perspective(1, 2.0, 3.0)
    first_only = small.perspective(2, 2.0)
    assert home_page(small.plan(perspectives=(both,))).latest is small.LATER
    mixed = home_page(small.plan(perspectives=(both, first_only)))
    assert (mixed.baseline, mixed.latest) == (small.BASELINE, None)


# The page


def test_the_vision_is_the_heading_and_the_four_numbers_are_told(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/")
    assert page.h1 == "Arki sujuu, kun digipalvelut toimivat."
    assert page.text(".say") == (
        "11 on valmiina ja 12 käynnissä. 3 on myöhässä ja 3 odottaa määrärahaa."
    )
    assert [str(one["href"]).partition("?")[2] for one in page.all(".say a")] == [
        "tila=valmis",
        "tila=kaynnissa",
        "tila=myohassa",
        "tila=odottaa-maararahaa",
    ]


def test_every_part_of_the_bar_has_a_word_and_the_parts_make_the_whole(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/")
    words = page.texts(".card .situation-key li")
    assert len(words) == 7
    assert sum(int(one.split()[0]) for one in words) == 33
    assert page.text(".card h2") == "33 toimenpidettä"
    assert "Tilanne 9.12.2026." in page.text(".as-of")


def test_the_approvals_are_told_with_an_example_mark_where_they_are_examples(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    line = page_client.get("/kauhava/").one(".approval")
    told = " ".join(line.get_text().split())
    assert "Kaupunginhallitus hyväksyi digitiekartan 16.12.2024. Johtoryhmä" in told
    assert "12.6.2026 nyt voimassa olevan version 2. Esimerkki" in told


def test_the_rows_of_levels_are_ordered_and_the_priorities_tagged(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/")
    names = page.texts(".levels .name")
    assert len(names) == 11
    assert names[0] == "Datan hyödyntäminen johtamisessa Kärki"
    assert names[-1] == "Kohdennettu viestintä ja markkinointi"
    assert sum(name.endswith("Kärki") for name in names) == 5


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/kauhava/", "3 on myöhässä ja 3 odottaa määrärahaa."),
        ("/sv/kauhava/", "3 är försenade och 3 väntar på anslag."),
        ("/en/kauhava/", "3 late and 3 waiting for money."),
    ],
)
def test_the_page_stands_in_three_languages(
    page_client: PageClient, kauhava: towns.Town, path: str, said: str
) -> None:
    assert page_client.get(path).text(".say").endswith(said)


def test_a_municipality_with_nothing_yet_says_what_is_missing_and_who_adds_it(
    page_client: PageClient, lappajarvi: towns.Town
) -> None:
    page = page_client.get("/lappajarvi/")
    assert page.h1 == "Digitiekartta 2026–2028"
    assert "Visio: ei vielä lisätty" in page.text(".lead")
    assert "Digitiekarttaa ei ole vielä hyväksytty." in page.text(".approval")
    assert "Tasoja ei ole vielä lisätty." in page.text()
    assert "Etenemisestä ei ole vielä kerrottu." in page.text()
    assert page.text(".say") == (
        "Mikään ei ole vielä valmiina eikä käynnissä. Mikään ei ole myöhässä, ja 1 odottaa "
        "määrärahaa."
    )


def test_example_marks_go_with_the_example_content(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    assert page_client.get("/kauhava/").has(".levels-key .tag.example")
    remove_example(towns.NOW)
    page = page_client.get("/kauhava/")
    assert not page.has(".tag.example")
    assert page.h1 == "Digitiekartta 2025–2027"
    assert "Toimenpiteet: ei vielä lisätty" in page.text(".card h2")


@pytest.mark.parametrize("path", ["", "tasot/", "toimenpiteet/", "tavoitteet/", "muutokset/"])
def test_what_a_body_approved_is_never_said_to_be_unapproved(
    page_client: PageClient, kauhava: towns.Town, path: str
) -> None:
    remove_example(towns.NOW)
    page = page_client.get(f"/kauhava/{path}")
    assert "ei vielä hyväksytty" not in page.text("body").casefold()
    assert "ei ole vielä hyväksytty" not in page.text("body")
    assert "Digitiekartta on hyväksytty, mutta" in page.text(".strip")


def test_the_approval_tells_which_parts_have_not_been_added(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    remove_example(towns.NOW)
    told = page_client.get("/kauhava/").text(".approval")
    assert "Kaupunginhallitus hyväksyi digitiekartan 16.12.2024." in told
    assert "Puuttuu: visio, tasot, tavoitetasot, tavoitteet ja toimenpiteet." in told
    versions = page_client.get("/kauhava/muutokset/").text("#versiot")
    assert "Kaupunginhallitus hyväksyi digitiekartan 16.12.2024." in versions


def test_the_levels_page_behind_the_link_stands_in_the_same_order_as_the_levels_here(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get("/kauhava/")
    there = page_client.get(page.link("Lue lisää tasoista"))
    names = [one["href"].rpartition("#")[2] for one in page.all(".levels .name a")]
    assert names == [one["href"].rpartition("#")[2] for one in there.all("ol.levels .name a")]
    order = "Järjestyksessä sen mukaan, paljonko tavoitteeseen on nyt matkaa: pisin ensin."
    assert order in page.text("section[aria-labelledby=tasot]")
    assert order in there.text("section[aria-labelledby=nykytaso]")


def test_more_actions_take_no_more_queries(
    page_client: PageClient, lappajarvi: towns.Town, queries_of: Callable[..., list[str]]
) -> None:
    few = queries_of(lambda: page_client.get("/lappajarvi/"))
    for number in range(2, 12):
        towns.add_action(lappajarvi, str(number))
    from digitiekartta.history import queries as history  # noqa: PLC0415 -- as if just started

    history.forget()
    many = queries_of(lambda: page_client.get("/lappajarvi/"))
    assert len(many) == len(few)


def test_situations_are_counted_once_each() -> None:
    actions = tuple(
        small.action(at, situation=one)
        for at, one in enumerate((Situation.DONE, Situation.DONE, Situation.LATE))
    )
    counted = home_page(small.plan(actions=actions)).situations
    assert counted.parts == ((Situation.DONE, 2), (Situation.LATE, 1))
    assert (counted.total, counted.count(Situation.PAUSED)) == (3, 0)
