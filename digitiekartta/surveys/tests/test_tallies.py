"""What is kept of answers: order leaves no trace in it."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.surveys.rules import DONT_KNOW, sealed, unsealed
from digitiekartta.surveys.statistics import Distribution
from digitiekartta.surveys.tallies import (
    counted,
    distributions,
    is_used,
    marked,
    moved,
    no_counts,
    none_used,
    place_of,
)

level = st.sampled_from([None, 0, 1, 2, 3, 4, 5])
answers = st.lists(st.tuples(level, level, level), max_size=30)


def test_levels_and_dont_know_are_counted_and_what_is_unanswered_is_not() -> None:
    counts = counted(no_counts(2), [(1, 5), (5, DONT_KNOW), (5, None)])
    assert distributions(counts) == (
        Distribution((1, 0, 0, 0, 2)),
        Distribution((0, 0, 0, 0, 1), dont_know=1),
    )


def test_answers_to_another_number_of_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="1 answers to 2 questions"):
        counted(no_counts(2), [(3,)])


@given(answers, st.randoms(use_true_random=False), st.integers(0, 30))
def test_counts_are_the_same_in_every_order_and_in_any_batches(people, random, cut) -> None:
    shuffled = random.sample(people, len(people))
    at_once = counted(no_counts(3), people)
    in_parts = counted(counted(no_counts(3), shuffled[:cut]), shuffled[cut:])
    assert at_once == in_parts
    assert len(at_once) == len(no_counts(3))


@given(st.permutations(range(20)), st.integers(0, 20))
def test_marks_are_the_same_in_whatever_order_codes_are_used(order, many) -> None:
    one_by_one = none_used(20)
    for place in order[:many]:
        one_by_one = marked(one_by_one, [place])
    assert one_by_one == marked(none_used(20), sorted(order[:many]))
    assert [is_used(one_by_one, place) for place in range(20)] == [
        place in order[:many] for place in range(20)
    ]


@given(st.sets(st.binary(min_size=16, max_size=16), max_size=40), st.data())
def test_used_codes_stay_used_when_spare_ones_are_added(hashes, data) -> None:
    first = data.draw(st.sets(st.sampled_from(sorted(hashes)))) if hashes else set()
    before = sealed(sorted(first))
    used = {one for one in first if data.draw(st.booleans())}
    marks = marked(none_used(len(first)), [place_of(before, one) for one in used])
    larger = sealed([*first, *hashes])
    after = moved(marks, before, larger)
    assert {one for place, one in enumerate(unsealed(larger)) if is_used(after, place)} == used


def test_a_code_has_its_place_and_a_foreign_one_none() -> None:
    hashes = [secrets.token_bytes(16) for _ in range(50)]
    given_codes = sealed(hashes)
    assert [place_of(given_codes, one) for one in sorted(hashes)] == list(range(50))
    assert place_of(given_codes, secrets.token_bytes(16)) is None
    assert place_of(b"", hashes[0]) is None
