"""What is frozen of a round, and what is read from it."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ..figures import Figure, Side, supposed_shares
from ..freezing import Answered, frozen
from ..protection import Group, Hidden
from ..results import Asked, Cell, Results, as_data, change, results_of, summaries
from ..statistics import (
    Agreement,
    Distribution,
    Movement,
    agreement_of,
    half_width,
    half_width_from,
)
from .answered import Survey, flat, questions, spread, survey, surveys


def cell(results: Results, group: str, question: str = "q1") -> Cell:
    found = results.cell(group, question)
    assert isinstance(found, Cell), found
    return found


def many(*counts: int, dont_know: int = 0) -> Answered:
    distribution = Distribution((counts[0], counts[1], counts[2], counts[3], counts[4]), dont_know)
    return Answered(sum(counts) + dont_know, (distribution,))


def town(*tallies: Answered, staff: Sequence[int]) -> Results:
    """Sectors s1, s2 … of a municipality, all with one question."""
    groups = [Group("all", None, 0)]
    groups += [Group(f"s{one}", "all", size) for one, size in enumerate(staff, 1)]
    answered = {f"s{one}": tally for one, tally in enumerate(tallies, 1)}
    return frozen(groups, questions(1), answered)


def test_a_large_group_shows_everything_the_method_names() -> None:
    results = town(many(12, 30, 48, 24, 6, dont_know=10), staff=[300])
    one = cell(results, "s1")
    assert (one.n, one.mean, one.dont_know) == (120, Figure(2.9), Figure(8))
    assert one.shares == (Figure(10), Figure(25), Figure(40), Figure(20), Figure(5))
    assert one.agreement is Agreement.VARIED
    assert one.half_width == pytest.approx(0.14, abs=0.005)
    group = results.group("s1")
    assert group is not None
    assert (group.headcount, group.respondents, group.response_rate) == (300, 130, 43)


def test_under_ten_there_is_a_mean_and_no_distribution_no_interval_and_no_label() -> None:
    one = cell(flat(a="3 4 3 4 2 3 4").results(), "all")
    assert (one.n, one.mean, one.shares_hidden) == (7, Figure(3.3), Hidden.FEW)
    assert (one.shares, one.half_width, one.agreement, one.variance) == (None, None, None, None)


def test_a_hidden_cell_says_why() -> None:
    results = flat(a="3 4 3", b="3 4 2 3 0", c="4 4 3 2 3 3", d="3 4 3 2 3 3 4 5 2 3").results()
    assert results.cell("a", "q1") is Hidden.FEW
    assert results.cell("b", "q1") is Hidden.FEW_OPINIONS
    lone = flat(a="3 4 3", c="4 4 3 2 3 3", d="3 4 3 2 3 3 4 5 2 3").results()
    assert lone.cell("c", "q1") is Hidden.SHIELD
    assert (results.cell("x", "q1"), results.cell("a", "x"), results.group("x")) == (None,) * 3


def test_unanimity_is_told_only_as_a_bound() -> None:
    one = cell(flat(a="5 " * 12).results(), "all")
    assert one.mean == Figure(4.5, Side.OVER)
    assert one.shares == (Figure(10, Side.UNDER),) * 4 + (Figure(80, Side.OVER),)
    assert one.half_width is None
    four = cell(flat(a="4 " * 12).results(), "all")
    assert four.mean == Figure(4.0)
    everybody = cell(flat(a="4 " * 10 + "3 5").results(), "all")
    assert replace(four) == everybody


def test_not_answering_a_question_is_neither_a_level_nor_a_dont_know() -> None:
    answers = spread([3, 4, 3, 4, 2, 0, 0, None, None])
    groups = [Group("all", None, 20)]
    results = frozen(groups, questions(1), {"all": Answered(9, (answers,))})
    one = cell(results, "all")
    assert (one.n, one.dont_know, one.mean) == (5, Figure(29), Figure(3.2))
    assert results.root.response_rate == 45


def test_the_municipality_is_weighted_by_headcount_where_response_rates_differ() -> None:
    results = town(many(0, 80, 0, 0, 0), many(0, 0, 0, 20, 0), staff=[100, 300])
    one = cell(results, "all")
    assert (one.mean, one.weighted, one.shown_mean) == (Figure(2.4), Figure(3.5), Figure(3.5))
    assert one.design_effect == pytest.approx(100 * (100**2 / 80 + 300**2 / 20) / 400**2, abs=0.01)
    assert cell(results, "s1").weighted is None


def test_the_municipality_is_not_weighted_where_response_rates_are_alike() -> None:
    one = cell(town(many(0, 50, 0, 0, 0), many(0, 0, 0, 153, 0), staff=[100, 300]), "all")
    assert (one.weighted, one.shown_mean, one.design_effect) == (None, Figure(3.5), 1.0)


def test_hidden_sectors_are_weighted_together_so_that_no_weight_tells_them_apart() -> None:
    def of(a: Answered, b: Answered) -> Cell:
        return cell(town(a, b, many(10, 20, 30, 20, 10), staff=[4, 40, 100]), "all")

    one = of(many(3, 0, 0, 0, 0), many(0, 3, 3, 1, 0))
    other = of(many(0, 1, 1, 1, 0), many(3, 2, 2, 0, 0))
    assert one == other
    assert one.weighted is not None


def test_how_many_answered_of_a_group_under_five_is_not_told() -> None:
    results = flat(a="3 3", b="4 2 3", c="4 4 3 2 3 3").results()
    told = {group.id: (group.headcount, group.respondents) for group in results.groups}
    assert told == {"all": (11, 11), "a": (2, None), "b": (3, None), "c": (6, 6)}


def test_more_answers_than_staff_have_no_response_rate() -> None:
    one = survey({"all": None}, {"all": "3 4 3 4 2 3 4"}, all=6).results().root
    assert (one.headcount, one.respondents, one.response_rate) == (6, 7, None)


def test_perspectives_are_summed_up_by_their_group_and_together() -> None:
    asked = tuple(questions(3))
    plain = Cell(20, Figure(3.0), Figure(5, Side.UNDER))
    cells = (plain, replace(plain, mean=Figure(4.5, Side.OVER)), replace(plain, mean=Figure(2.0)))
    assert summaries(asked, cells) == {"together": 3.2, "own_work": 3.0, "whole": 3.4}
    hidden = (plain, Hidden.SHIELD, plain)
    assert summaries(asked, hidden) == {"together": None, "own_work": 3.0, "whole": None}


@settings(deadline=None, derandomize=True, max_examples=60)
@given(surveys(asked=2))
def test_frozen_results_are_plain_data_and_come_back_whole(one: Survey) -> None:
    results = one.results()
    stored = json.dumps(as_data(results))
    assert results_of(json.loads(stored)) == results


@settings(deadline=None, derandomize=True, max_examples=60)
@given(surveys(asked=2))
def test_everything_else_follows_from_the_published_means_and_shares(one: Survey) -> None:
    """What an outsider can compute from the rest adds nothing to it."""
    results = one.results()
    for group in results.groups:
        assert dict(group.summaries) == summaries(results.questions, group.cells)
        for each in group.cells:
            if isinstance(each, Cell) and each.shares is not None:
                _assert_follows(each, group.headcount)


def _assert_follows(one: Cell, headcount: int) -> None:
    assert one.shares is not None
    assert one.variance is not None
    assert one.agreement is agreement_of(supposed_shares(one.shares))
    half = round(half_width_from(one.variance * one.design_effect, one.n, headcount), 2)
    assert one.half_width == (None if one.shown_mean.is_masked else half)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(surveys(most=6), st.data())
def test_what_hidden_groups_answered_can_be_exchanged_without_a_trace(
    one: Survey, data: st.DataObject
) -> None:
    results = one.results()
    hidden = [group.id for group in results.groups if isinstance(group.cells[0], Hidden)]
    pairs = [
        (first, second)
        for first in one.groups
        for second in one.groups
        if {first.id, second.id} <= set(hidden) and first.parent == second.parent
        if one.answered[first.id].answers[0].n == one.answered[second.id].answers[0].n > 0
    ]
    assume(pairs)
    first, second = data.draw(st.sampled_from(pairs))
    answers = {group: tally.answers for group, tally in one.answered.items()}
    answers[first.id], answers[second.id] = answers[second.id], answers[first.id]
    exchanged = {
        group: replace(tally, answers=answers[group]) for group, tally in one.answered.items()
    }
    again = Survey(one.groups, exchanged).results()
    for group in results.groups:
        before, after = group.cells[0], again.cell(group.id, "q1")
        if isinstance(before, Cell) and isinstance(after, Cell):
            assert (before.n, before.mean, before.weighted) == (after.n, after.mean, after.weighted)


@pytest.mark.parametrize("seed", range(12))
def test_a_published_interval_is_within_two_hundredths_of_the_exact_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- made-up answers
    staff = chance.choice([60, 150, 400, 1200])
    n = staff * chance.randint(35, 75) // 100
    usual = chance.uniform(2, 4)
    levels = [min(5, max(1, round(chance.gauss(usual, 0.95)))) for _ in range(n)]
    one = cell(frozen([Group("all", None, staff)], questions(1), {"all": _all(levels)}), "all")
    assert one.half_width == pytest.approx(half_width(spread(levels), staff), abs=0.02)


def _all(levels: list[int]) -> Answered:
    return Answered(len(levels), (spread(levels),))


BEFORE = Cell(300, Figure(3.0), Figure(5), tuple(map(Figure, (8, 20, 40, 25, 7))))


@pytest.mark.parametrize(
    ("mean", "n", "difference", "label"),
    [
        (3.3, 300, 0.3, Movement.RISEN),
        (2.7, 300, -0.3, Movement.FALLEN),
        (3.1, 300, 0.1, Movement.UNCERTAIN),
        (3.0, 5000, 0.0, Movement.UNCHANGED),
        (3.1, 5000, 0.1, Movement.UNCERTAIN),
        (3.3, 12, 0.3, Movement.UNCERTAIN),
    ],
)
def test_a_change_between_rounds_is_told_from_what_both_have_published(
    mean: float, n: int, difference: float, label: Movement
) -> None:
    found = change(BEFORE, replace(BEFORE, n=n, mean=Figure(mean)))
    assert found is not None
    assert (found.difference, found.movement) == (difference, label)


def test_large_rounds_can_be_told_to_be_unchanged() -> None:
    found = change(replace(BEFORE, n=2000), replace(BEFORE, n=2000))
    assert found is not None
    assert found.movement is Movement.UNCHANGED


def test_a_change_that_can_not_be_told_is_not_told() -> None:
    bound = replace(BEFORE, mean=Figure(4.5, Side.OVER))
    small = Cell(7, Figure(3.6), Figure(5), None, Hidden.FEW)
    assert change(BEFORE, Hidden.FEW) is None
    assert change(None, BEFORE) is None
    found = change(BEFORE, bound)
    assert found is not None
    assert (found.difference, found.interval, found.movement) == (None, None, Movement.UNCERTAIN)
    found = change(BEFORE, small)
    assert found is not None
    assert (found.difference, found.interval, found.movement) == (0.6, None, Movement.UNCERTAIN)


def test_sectors_without_a_common_parent_are_put_under_the_municipality() -> None:
    groups = [Group("s", None, 0), Group("a", "s", 20), Group("t", None, 30)]
    answered = {"a": many(0, 3, 4, 3, 0), "t": many(2, 3, 4, 3, 0)}
    results = frozen(groups, [Asked("x", "own_work")], answered)
    assert [group.id for group in results.groups] == ["municipality", "s", "a", "t"]
    assert results.root.headcount == 50
    assert cell(results, "municipality", "x").n == 22


def test_answers_to_other_questions_and_other_formats_are_refused() -> None:
    with pytest.raises(ValueError, match="questions"):
        frozen([Group("all", None, 3)], questions(2), {"all": many(0, 0, 3, 0, 0)})
    content = flat(a="3 4 3").content()
    with pytest.raises(ValueError, match="format"):
        results_of({**content, "format": 99})


def test_sixty_groups_with_eleven_questions_are_frozen_in_two_seconds() -> None:
    chance = random.Random(7)  # noqa: S311 -- made-up answers
    groups = [Group("all", None, 0), *(Group(f"s{one}", "all", 0) for one in range(5))]
    groups += [Group(f"u{one}", f"s{one % 5}", chance.randint(3, 40)) for one in range(54)]
    answered = {}
    for group in groups[6:]:
        size = sum(chance.random() < 0.6 for _ in range(group.headcount))
        columns = [
            spread([min(5, max(0, round(chance.gauss(3.1, 1)))) for _ in range(size)])
            for _ in range(11)
        ]
        answered[group.id] = Answered(size, tuple(columns))
    begun = time.process_time()
    frozen(groups, questions(11), answered)
    assert time.process_time() - begun < 2
