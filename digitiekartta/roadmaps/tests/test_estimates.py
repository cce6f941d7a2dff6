"""How estimates of work go along when a schedule changes, and ranks when an order does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps.estimates import moved_estimates, split_estimates
from digitiekartta.roadmaps.services.ordering import new_ranks

H = [HalfYear(2026, 1).plus(at) for at in range(8)]


def span(first: int, last: int) -> Span:
    return Span(H[first], H[last])


@pytest.mark.parametrize(
    ("days", "old", "new", "after"),
    [
        ({0: 5, 1: 8}, span(0, 1), span(2, 3), {2: 5, 3: 8}),
        ({0: 5, 1: 8}, span(0, 1), span(0, 2), {0: 5, 1: 4, 2: 4}),
        ({0: 5, 1: 8}, span(0, 1), span(3, 3), {3: 13}),
        ({0: 1}, span(0, 0), span(0, 2), {0: 1}),
        ({}, span(0, 1), span(2, 4), {}),
    ],
)
def test_the_work_moves_with_the_action_and_stays_as_much_as_it_was(
    days: dict[int, int], old: Span, new: Span, after: dict[int, int]
) -> None:
    moved = moved_estimates({H[at]: n for at, n in days.items()}, old, new)
    assert moved == {H[at]: n for at, n in after.items()}
    assert sum(moved.values()) == sum(days.values())


def test_a_recurring_action_is_done_again_in_each_half_year() -> None:
    longer = moved_estimates({H[0]: 4, H[1]: 6}, span(0, 1), span(1, 3), recurring=True)
    assert longer == {H[1]: 6, H[2]: 5, H[3]: 5}
    moved = moved_estimates({H[0]: 4, H[1]: 6}, span(0, 1), span(2, 3), recurring=True)
    assert moved == {H[2]: 4, H[3]: 6}


def test_a_split_shares_the_work_by_its_half_years() -> None:
    days = {H[0]: 1, H[1]: 2, H[2]: 3}
    assert split_estimates(days, H[1]) == ({H[0]: 1, H[1]: 2}, {H[2]: 3})


def test_between_two_neighbours_only_the_one_that_moves_gets_a_new_rank() -> None:
    assert new_ranks([10, None, 20], 1) == {1: 15}
    assert set(new_ranks([None, 5, 6], 0)) == {0}
    assert set(new_ranks([5, 6, None], 2)) == {2}


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40), st.data())
def test_ranks_always_rise_and_keep_everybody_else_in_place(
    ranks: list[int], data: st.DataObject
) -> None:
    ranks.sort()
    at = data.draw(st.integers(0, len(ranks)))
    places: list[int | None] = [*ranks[:at], None, *ranks[at:]]
    new = new_ranks(places, at)
    after = [new.get(place, rank) for place, rank in enumerate(places)]
    assert all(rank is not None for rank in after)
    assert after[:at] == sorted(after[:at])  # type: ignore[type-var]
    assert after == sorted(after)  # type: ignore[type-var]
    assert at == 0 or after[at - 1] < after[at]  # type: ignore[operator]
    assert at == len(ranks) or after[at] < after[at + 1]  # type: ignore[operator]
