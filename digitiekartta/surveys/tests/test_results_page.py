"""The published results: what a page says of them, and who is told that they are not there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from digitiekartta.surveys.figures import Figure, Side
from digitiekartta.surveys.models import Result, Round
from digitiekartta.surveys.pages.results_public import (
    Against,
    Told,
    public_results,
    round_lines,
)
from digitiekartta.surveys.protection import Hidden
from digitiekartta.surveys.results import Asked, Cell, GroupResult, Results, as_data, summaries
from digitiekartta.surveys.rules import RoundState
from digitiekartta.surveys.statistics import Agreement, Movement
from digitiekartta.surveys.wording import AskedUnit, Question, Wording
from tests.fixtures import PageClient
from tests.kauhava import load_kauhava, small_town, text

SHARES = tuple(map(Figure, (10, 20, 40, 20, 10)))
PLAIN = Cell(
    n=100,
    mean=Figure(3.0),
    dont_know=Figure(6),
    shares=SHARES,
    half_width=0.15,
    agreement=Agreement.VARIED,
)
LOW = replace(PLAIN, mean=Figure(1.5, Side.UNDER), half_width=None)
WEIGHTED = replace(PLAIN, weighted=Figure(3.4), design_effect=1.1)
HERE = "/kauhava/kysely/tulokset/"


def question(number: int, asked: str = "", **more: Any) -> Question:
    words = text(asked or f"Kysymys {number}")
    group = "own_work" if number == 1 else "whole"
    name = text(f"Näkökulma {number}")
    asked_as = {"question": words, "name": name, "short_name": name, "note": {}, **more}
    return Question(id=f"q{number}", number=number, group=group, **asked_as)


def told(
    *columns: Sequence[Cell | Hidden], questions: Sequence[Question] = (), scale: str = "hyvä"
) -> Told:
    """A round of one question a column; each column is from the municipality downwards."""
    asked = tuple(questions or [question(at) for at, _ in enumerate(columns, 1)])
    listed = tuple(Asked(one.id, one.group) for one in asked)
    groups = []
    for at in range(len(columns[0])):
        cells = tuple(column[at] for column in columns)
        parent = "g0" if at else None
        whole = summaries(listed, cells)
        groups.append(GroupResult(f"g{at}", parent, 200, 100, 50, cells, whole))
    units = tuple(AskedUnit(one.id, "", None, text(f"Ryhmä {one.id}"), 200) for one in groups[1:])
    words = tuple({"level": at, "name": text(f"{scale} {at}")} for at in range(1, 6))
    day = datetime.date(2026, 3, 1)
    return Told(
        id=uuid4(),
        name=text("kysely"),
        opens_on=day,
        closes_on=day,
        example=False,
        results=Results(5, 10, listed, tuple(groups)),
        wording=Wording(asked, words, units, 5, 10),
    )


def test_a_weighted_mean_is_told_first_with_its_interval_and_the_plain_one_beside_it() -> None:
    page = public_results(told([WEIGHTED], [PLAIN]))
    assert page.is_weighted
    assert page.rows[0].interval == pytest.approx((3.25, 3.55))
    assert [row.question.number for row in page.strongest] == [1]
    assert [row.question.number for row in page.weakest] == [2]
    assert [part.mean for part in page.parts] == [3.4, 3.0]


def test_a_masked_mean_has_no_interval_and_is_drawn_between_its_bound_and_the_end() -> None:
    row = public_results(told([LOW])).rows[0]
    assert row.interval is None
    assert row.place == 1.25


def test_alike_means_have_no_strongest_and_no_weakest() -> None:
    page = public_results(told([PLAIN], [PLAIN]))
    assert not page.strongest
    assert not page.weakest


def test_hidden_cells_tell_each_of_their_reasons_once() -> None:
    page = public_results(
        told([PLAIN, Hidden.FEW, Hidden.SHIELD], [PLAIN, Hidden.FEW, Hidden.SHIELD])
    )
    assert page.reasons == (Hidden.FEW, Hidden.SHIELD)
    assert page.groups[1].hidden is Hidden.FEW
    assert page.groups[1].together is None


def test_a_hidden_municipality_has_no_bars_and_no_change() -> None:
    row = public_results(told([Hidden.FEW_OPINIONS]), told([PLAIN])).rows[0]
    assert (row.parts, row.change, row.place) == ((), None, None)


def test_a_bar_is_cut_as_the_published_shares_say() -> None:
    assert public_results(told([PLAIN])).rows[0].parts == (100, 200, 400, 200, 100)


def test_without_a_round_before_nothing_is_compared() -> None:
    assert public_results(told([PLAIN])).rows[0].against is None


@pytest.mark.parametrize(
    ("mean", "label"),
    [(2.0, Movement.RISEN), (4.0, Movement.FALLEN), (2.9, Movement.UNCERTAIN)],
)
def test_a_change_is_told_with_its_honest_label(mean: float, label: Movement) -> None:
    before = told([replace(PLAIN, mean=Figure(mean))])
    page = public_results(told([PLAIN]), before)
    change = page.rows[0].change
    assert change is not None
    assert change.movement is label
    assert page.movements == {label: 1}


@pytest.mark.parametrize(
    "before",
    [
        told([PLAIN], questions=[question(1, "Toisin kysytty")]),
        told([PLAIN], questions=[question(1, note=text("Uusi ohje"))]),
        told([PLAIN], scale="kiitettävä"),
    ],
    ids=["question", "note", "scale"],
)
def test_another_wording_is_never_compared(before: Told) -> None:
    row = public_results(told([PLAIN]), before).rows[0]
    assert row.against is Against.REWORDED
    assert row.change is None
    assert row.before is None


def test_a_question_that_was_not_asked_before_is_told_as_new() -> None:
    before = told([PLAIN], questions=[question(2)])
    assert public_results(told([PLAIN]), before).rows[0].against is Against.NEW


def test_a_translation_added_since_changes_no_question() -> None:
    translated = replace(question(1), question={"fi": "Kysymys 1", "sv": "Fråga 1"})
    row = public_results(told([PLAIN], questions=[translated]), told([PLAIN])).rows[0]
    assert row.against is Against.SAME


def test_the_same_words_in_another_version_of_the_framework_are_the_same_question() -> None:
    again = replace(question(1), id="another")
    row = public_results(told([PLAIN], questions=[again]), told([PLAIN])).rows[0]
    assert row.against is Against.SAME


def test_the_list_tells_of_the_whole_municipality() -> None:
    assert [one.whole.headcount for one in round_lines([told([PLAIN, LOW])])] == [200]


# --- pages


def newest() -> Round:
    return Round.objects.filter(state=RoundState.PUBLISHED).order_by("-closes_on")[0]


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_published_rounds_are_read_in_every_language(
    page_client: PageClient, language: str
) -> None:
    load_kauhava()
    page = page_client.get(language + HERE)
    assert len(page.all(".results-list > li")) == 2
    one = page_client.get(f"{language}{HERE}{newest().pk}/")
    assert len(one.all(".groups-table tbody:first-of-type tr")) == 11
    assert one.has(".result-group")


def test_the_page_says_who_answered_what_changed_and_what_no_interval_covers(
    page_client: PageClient,
) -> None:
    load_kauhava()
    page = page_client.get(f"{HERE}{newest().pk}/")
    assert "henkilöstöstä (960)" in page.text(".lead")
    assert "on noussut" in page.text(".lead")
    assert "vähän vastauksia" in page.text(".groups-table")
    assert "alle 5 %" in page.text(".spread-table")
    assert "mikään luottamusväli" in page.text("main").lower()
    assert Result.objects.get(round=newest()).sha256 in page.text(".digest")
    assert page.has('a[href="/kauhava/kysely/suojaus/"]')
    assert page.has(".tag.example")


def test_the_levels_lead_to_the_results_that_they_come_from(page_client: PageClient) -> None:
    load_kauhava()
    page = page_client.get("/kauhava/tasot/")
    assert page.has(f'a[href="{HERE}{newest().pk}/"]')


def test_without_published_results_the_list_says_so(page_client: PageClient) -> None:
    small_town("lappajarvi", "Lappajärvi")
    assert page_client.get("/lappajarvi/kysely/tulokset/").has(".empty")


def test_unpublished_foreign_and_unknown_rounds_are_not_there_alike(
    page_client: PageClient,
) -> None:
    load_kauhava()
    small_town("lappajarvi", "Lappajärvi")
    one = newest()
    Result.objects.filter(round=one).update(published=False)
    told_of: set[str] = set()
    for slug, round_id in (
        ("kauhava", one.pk),
        ("kauhava", uuid4()),
        ("lappajarvi", one.pk),
    ):
        page = page_client.get(f"/{slug}/kysely/tulokset/{round_id}/", 404)
        told_of.add(page.text("main"))
    assert len(told_of) == 1
    assert len(page_client.get(HERE).all(".results-list > li")) == 1


def test_an_unpublished_municipality_is_not_there(page_client: PageClient) -> None:
    small_town("lappajarvi", "Lappajärvi", published=False)
    page_client.get("/lappajarvi/kysely/tulokset/", 404)


def test_masked_hidden_and_split_results_are_told_as_such(page_client: PageClient) -> None:
    load_kauhava()
    one = newest()
    made = told(
        [LOW, Hidden.SHIELD],
        [replace(PLAIN, shares=None, shares_hidden=Hidden.FEW, half_width=None), PLAIN],
    )
    _freeze(one, made)
    page = page_client.get(f"{HERE}{one.pk}/")
    assert "alle 1,5" in page.text(".results-whole")
    assert "suojattu" in page.text(".groups-table")
    assert "ei kysytty aiemmin" in page.text(".results-whole")


def test_more_groups_take_no_more_queries(
    page_client: PageClient, queries_of: Callable[[Callable[[], Any]], list[str]]
) -> None:
    load_kauhava()
    one = newest()
    counts = []
    for groups in (10, 20):
        _freeze(one, told(*[[PLAIN] * groups for _ in range(3)]))
        counts.append(len(queries_of(lambda: _fetched(page_client, one.pk))))
    assert counts[0] == counts[1] <= 4


def _fetched(page_client: PageClient, round_id: UUID) -> None:
    with translation.override("fi"):
        page_client.answer(f"{HERE}{round_id}/")


def _freeze(one: Round, made: Told) -> None:
    """Puts results made by hand in the place of a round's own."""
    wording = {
        "questions": [
            {**{name: getattr(q, name) for name in ("id", "number", "group", "question")}}
            | {"name": q.name, "short_name": q.short_name, "note": q.note}
            for q in made.wording.questions
        ],
        "scale": [dict(level) for level in made.wording.scale],
        "units": [
            {"id": u.id, "party": u.party, "parent": u.parent, "name": u.name, "headcount": 200}
            for u in made.wording.units
        ],
        "rules": {"k_mean": 5, "k_distribution": 10},
    }
    Round.objects.filter(pk=one.pk).update(wording=wording)
    data = as_data(made.results)
    Result.objects.filter(round=one).update(content=data)
