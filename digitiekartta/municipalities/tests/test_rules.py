"""The half-year, in which everything is scheduled."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.municipalities.rules import FIRST_YEAR, LAST_YEAR, HalfYear, Span

HALF_YEARS = st.builds(HalfYear, st.integers(1950, 2150), st.integers(1, 2))
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2150, 12, 31))


@given(HALF_YEARS)
def test_a_half_year_is_read_as_it_is_written(half: HalfYear) -> None:
    assert HalfYear.parse(str(half)) == half


@pytest.mark.parametrize(
    "written",
    [
        *("", "2026", "2026-H3", "2026-H0", "26-H1", "2026-h1", " 2026-H1", "2026-H1\n"),
        *("2026-H12", "2026H1", "0000-H1", "2026-H1;", "٢٠٢٦-H1"),
    ],
)
def test_anything_else_is_no_half_year(written: str) -> None:
    with pytest.raises(ValueError, match="half-year"):
        HalfYear.parse(written)


@pytest.mark.parametrize(
    ("year", "half"), [(2026, 0), (2026, 3), (FIRST_YEAR - 1, 1), (LAST_YEAR + 1, 1)]
)
def test_there_is_no_such_half_year(year: int, half: int) -> None:
    with pytest.raises(ValueError, match="no such half-year"):
        HalfYear(year, half)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2026-01-01", "2026-H1"),
        ("2026-06-30", "2026-H1"),
        ("2026-07-01", "2026-H2"),
        ("2026-12-31", "2026-H2"),
        ("2028-02-29", "2028-H1"),
    ],
)
def test_a_day_belongs_to_the_half_year_of_its_month(day: str, written: str) -> None:
    assert str(HalfYear.of(datetime.date.fromisoformat(day))) == written


@given(DAYS)
def test_every_day_is_between_the_first_and_last_day_of_its_half_year(day: datetime.date) -> None:
    half = HalfYear.of(day)
    assert half.first_day <= day <= half.last_day


@given(HALF_YEARS)
def test_half_years_follow_each_other_without_a_gap(half: HalfYear) -> None:
    assert half.plus(1).first_day - half.last_day == datetime.timedelta(days=1)
    assert half.plus(1).plus(-1) == half
    assert half.plus(2) == HalfYear(half.year + 1, half.half)


@given(HALF_YEARS, HALF_YEARS)
def test_half_years_are_ordered_in_time_and_so_is_their_writing(a: HalfYear, b: HalfYear) -> None:
    assert (a < b) == (a.first_day < b.first_day) == (str(a) < str(b))
    assert (a <= b) == (not b < a)
    assert (a.ordinal - b.ordinal == 0) == (a == b)


def test_a_span_holds_both_its_ends() -> None:
    span = Span(HalfYear(2025, 2), HalfYear(2027, 1))
    assert [str(half) for half in span] == ["2025-H2", "2026-H1", "2026-H2", "2027-H1"]
    assert len(span) == 4
    assert HalfYear(2025, 2) in span
    assert HalfYear(2027, 1) in span
    assert HalfYear(2025, 1) not in span
    assert HalfYear(2027, 2) not in span
    assert "2026-H1" not in span


def test_a_span_of_one_half_year_is_a_span_and_a_backward_one_is_none() -> None:
    assert len(Span(HalfYear(2026, 1), HalfYear(2026, 1))) == 1
    with pytest.raises(ValueError, match="before the first"):
        Span(HalfYear(2026, 2), HalfYear(2026, 1))
