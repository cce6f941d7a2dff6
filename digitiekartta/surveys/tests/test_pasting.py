"""Groups pasted from a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.surveys.pasting import MOST_LINES, NotUnderstood, parse_pasted_units
from digitiekartta.surveys.rules import Way


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("Sivistystoimi\t300\tsähköposti", ("Sivistystoimi", 300, Way.EMAIL)),
        ("Sivistystoimi\t300", ("Sivistystoimi", 300, Way.EMAIL)),
        ("Sivistystoimi\t300\t", ("Sivistystoimi", 300, Way.EMAIL)),
        ("Sivistystoimi;300;paperi", ("Sivistystoimi", 300, Way.PAPER)),
        ("  Tekninen   toimiala \t 1 200 \t Paperi ", ("Tekninen toimiala", 1200, Way.PAPER)),
        ("Perusopetus\t1\u00a0200\tlinkki", ("Perusopetus", 1200, Way.OPEN_LINK)),
        ("Perusopetus\t1\u202f200\tQR-koodi", ("Perusopetus", 1200, Way.OPEN_LINK)),
        ("Perusopetus\t1.200", ("Perusopetus", 1200, Way.EMAIL)),
        ("Bildning\t45\te-post", ("Bildning", 45, Way.EMAIL)),
        ("Bildning\t45\tPapperslapp", ("Bildning", 45, Way.PAPER)),
        ("Bildning\t45\töppen länk", ("Bildning", 45, Way.OPEN_LINK)),
        ("Education\t45\tpaper slip", ("Education", 45, Way.PAPER)),
        ("Education\t45\topen link", ("Education", 45, Way.OPEN_LINK)),
        ("Hallinto\t0", ("Hallinto", 0, Way.EMAIL)),
        ("Hallinto\t12\tSähköposti\t\t", ("Hallinto", 12, Way.EMAIL)),
    ],
)
def test_a_line_is_understood_in_three_languages(line: str, understood: object) -> None:
    pasted = parse_pasted_units(line)
    assert pasted.lines == ()
    assert [(one.name, one.headcount, one.way) for one in pasted.units] == [understood]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("\t40\tpaperi", NotUnderstood.NO_NAME),
        ("x" * 201 + "\t40", NotUnderstood.NAME_TOO_LONG),
        ("Sivistystoimi", NotUnderstood.NO_HEADCOUNT),
        ("Sivistystoimi\t\tpaperi", NotUnderstood.NO_HEADCOUNT),
        ("Sivistystoimi\tnoin 40", NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        ("Sivistystoimi\t40,5", NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        ("Sivistystoimi\t-4", NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        ("Sivistystoimi\t٤٠", NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        ("Sivistystoimi\t12 34", NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        ("Sivistystoimi\t200001", NotUnderstood.HEADCOUNT_TOO_LARGE),
        ("Sivistystoimi\t" + "9" * 40, NotUnderstood.HEADCOUNT_TOO_LARGE),
        ("Sivistystoimi\t40\tkyyhkynen", NotUnderstood.WAY_UNKNOWN),
        ("Sivistystoimi\t40\tpaperi\tx", NotUnderstood.TOO_MANY_COLUMNS),
    ],
)
def test_a_line_that_is_not_understood_comes_back_with_the_reason(line: str, reason: str) -> None:
    pasted = parse_pasted_units(line)
    assert pasted.units == ()
    assert [(one.line, one.text, one.reason) for one in pasted.lines] == [(1, line.strip(), reason)]


def test_headings_and_empty_lines_are_passed_over_and_lines_keep_their_numbers() -> None:
    pasted = parse_pasted_units(
        "Yksikkö\tHenkilöstö\tTapa\r\n\r\nA\t10\r\nB\tmonta\r\na\t20\r\nC\t30\tpaperi\r\n"
    )
    assert [(one.line, one.name) for one in pasted.units] == [(3, "A"), (6, "C")]
    assert [(one.line, one.reason) for one in pasted.lines] == [
        (4, NotUnderstood.HEADCOUNT_IS_NO_NUMBER),
        (5, NotUnderstood.NAMED_TWICE),
    ]


def test_so_many_lines_are_read_and_no_more() -> None:
    pasted = parse_pasted_units("\n".join(f"Y{n}\t5" for n in range(MOST_LINES + 7)))
    assert (len(pasted.units), pasted.left_out) == (MOST_LINES, 7)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_understood_or_not_and_never_fails(text: str) -> None:
    pasted = parse_pasted_units(text)
    numbers = [one.line for one in pasted.units] + [one.line for one in pasted.lines]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) <= len(text.splitlines())
