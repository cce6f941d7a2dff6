"""Dates, half-years, numbers and lists read as people write them."""

import datetime
from decimal import Decimal

import pytest

from digitiekartta.ui import formats
from digitiekartta.ui.languages import Said, pick

DAY = datetime.date(2026, 12, 9)


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("fi", "9.12.2026", "9.12."),
        ("sv", "9.12.2026", "9.12."),
        ("en", "9\u00a0December 2026", "9\u00a0Dec"),
    ],
)
def test_a_day_is_written_in_full_and_short(language: str, full: str, short: str) -> None:
    assert formats.date(DAY, language) == full
    assert formats.short_date(DAY, language) == short


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", "9.12.2026\u00a0klo\u00a09.05"),
        ("sv", "9.12.2026\u00a0kl.\u00a09.05"),
        ("en", "9\u00a0December 2026\u00a0at\u00a09:05"),
    ],
)
def test_a_moment_has_a_day_and_a_time(language: str, written: str) -> None:
    when = datetime.datetime(2026, 12, 9, 9, 5, tzinfo=datetime.UTC)
    assert formats.moment(when, language) == written


@pytest.mark.parametrize(
    ("first", "last", "language", "written"),
    [
        ((2027, 1), (2027, 1), "fi", "tammi–kesä 2027"),
        ((2027, 2), (2027, 2), "sv", "juli–december 2027"),
        ((2027, 1), (2027, 1), "en", "January–June 2027"),
        ((2026, 1), (2026, 2), "fi", "tammi–joulu 2026"),
        ((2025, 2), (2026, 1), "fi", "heinäkuu 2025 – kesäkuu 2026"),
        ((2025, 1), (2027, 2), "sv", "januari 2025 – december 2027"),
        ((2025, 2), (2026, 1), "en", "July 2025 – June 2026"),
    ],
)
def test_half_years_are_written_as_months(
    first: tuple[int, int], last: tuple[int, int], language: str, written: str
) -> None:
    assert formats.half_years(first, last, language).replace("\u00a0", " ") == written


def test_column_heads_have_numerals() -> None:
    assert [formats.half_year_numeral(half) for half in (1, 2)] == ["I", "II"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2.6, "2,6"),
        (2.65, "2,7"),
        (-0.3, "−0,3"),
        (-0.04, "0,0"),
        (4, "4,0"),
        (1234.5, "1\u202f234,5"),
    ],
)
def test_decimals_have_a_comma_and_a_real_minus(value: float, written: str) -> None:
    assert formats.decimal(value, "fi") == written


def test_decimals_can_be_trimmed_and_signed() -> None:
    assert formats.decimal(4.0, "fi", trim=True) == "4"
    assert formats.decimal(0.3, "sv", sign=True) == "+0,3"
    assert formats.decimal(0, "fi", sign=True) == "0,0"
    assert formats.decimal(Decimal("2.605"), "en", 2) == "2.61"


def test_money_keeps_together() -> None:
    assert formats.euros(12500, "fi") == "12\u202f500\u202f€"
    assert formats.euros(Decimal("-0.4"), "fi") == "0\u202f€"
    assert formats.euros(-1_250_000, "sv") == "−1\u202f250\u202f000\u202f€"
    assert formats.euros(-12500, "en") == "−€12,500"
    assert formats.euros(9.5, "fi", cents=True) == "9,50\u202f€"


def test_percentages_and_counts() -> None:
    assert formats.percent(44.5, "fi") == "45\u202f%"
    assert formats.percent(45, "en") == "45%"
    assert formats.counted(1, "toimenpide", "toimenpidettä", "fi") == "1\u00a0toimenpide"
    assert formats.counted(33, "toimenpide", "toimenpidettä", "fi") == "33\u00a0toimenpidettä"


@pytest.mark.parametrize(
    ("items", "written"),
    [([], ""), (["a"], "a"), (["a", "b"], "a ja b"), (["a", "b", "c"], "a, b ja c")],
)
def test_lists_end_with_and(items: list[str], written: str) -> None:
    assert formats.listing(items, "fi") == written
    assert formats.listing(items, "sv") == written.replace(" ja ", " och ")


def test_an_unknown_language_is_written_as_finnish() -> None:
    assert formats.half_year(2027, 1, "de") == formats.half_year(2027, 1, "fi")


def test_a_text_falls_back_and_says_its_language() -> None:
    assert pick({"fi": "talo", "sv": "hus"}, "sv") == Said("hus", "sv")
    assert pick({"fi": "talo", "sv": ""}, "sv") == Said("talo", "fi")
    assert pick({"en": "house"}, "sv") == Said("house", "en")
    assert pick({}, "fi") == pick(None, "fi") == Said("", "")
    assert pick("as it is", "fi") == Said("as it is", "")
