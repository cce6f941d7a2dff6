"""Charts tell their numbers, escape their words, and are the same for the same numbers."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from digitiekartta.ui import charts
from digitiekartta.ui.charts import Naming, Palette, Part, Perspective, Reading, Series
from digitiekartta.ui.charts.ink import ROLES, chart_css
from digitiekartta.ui.charts.svg import wrapped, written

NASTY = "<script>alert('\"&')</script>"
NAMED = Naming(NASTY, f"{NASTY} 2,6")
PALETTE = Palette.of("#0f4c5c")
LEVELS = st.floats(1, 5)
PARTS = [
    Part("done", 11, "valmiina", "/?tila=valmis&a=b"),
    Part("ongoing", 12, NASTY),
    Part("waiting_for_money", 3, "odottaa määrärahaa"),
    Part("late", 3, "myöhässä"),
    Part("paused", 0, "tauolla"),
    Part("cancelled", 1, "peruttu"),
]
SPOKES = [Perspective(n, f"Näkökulma {n} {NASTY}", 2.0 + n / 10, 3.0, 4.0) for n in range(1, 12)]
SERIES = [Series(NASTY, (2.3, None, 2.6), "2,6"), Series("b", (None, 3.0, 3.1), "3,1", False)]
READINGS = [Reading("2024", 42, "42 %"), Reading("2026", 58, "58 %")]
ROWS = [charts.Distribution(NASTY, (4, 12, 30, 41, 9), "96 vastausta")]
WORDS = ["heikko", "välttävä", "tyydyttävä", "hyvä", "erinomainen"]

ALL: dict[str, Callable[[Palette | None, float | None], Markup]] = {
    "dumbbell": lambda p, w: charts.dumbbell(
        2.3, 2.6, 4, interval=(2.4, 2.8), naming=NAMED, palette=p, width=w
    ),
    "axis": lambda p, w: charts.level_axis([NASTY, "b", "c"], palette=p, width=w),
    "situations": lambda p, w: charts.situation_bar(PARTS, naming=NAMED, palette=p, width=w),
    "radar": lambda p, w: charts.levels_radar(SPOKES, naming=NAMED, palette=p),
    "series": lambda p, w: charts.series_lines(
        SERIES, ["2024", "2025", "2026"], naming=NAMED, palette=p, width=w
    ),
    "spark": lambda p, w: charts.indicator_spark(
        READINGS, target=Reading(NASTY, 75, "75 %"), naming=NAMED, palette=p, width=w
    ),
    "distribution": lambda p, w: charts.distribution_bars(
        ROWS, WORDS, language="fi", naming=NAMED, palette=p, width=w
    ),
    "keys": lambda p, w: (
        charts.situation_key(PARTS)
        + charts.dumbbell_key(NASTY, "nyt", "tavoite", interval="väli")
        + charts.radar_key(NASTY, "nyt", "")
    ),
}


def tree(markup: Markup) -> ET.Element:
    return ET.fromstring(f"<root>{markup}</root>")  # noqa: S314 -- made by the code under test


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("document", [False, True])
def test_a_chart_is_well_formed_escaped_and_the_same_every_time(name: str, document: bool) -> None:
    made = [ALL[name](PALETTE if document else None, 520 if document else None) for _ in "ab"]
    assert made[0] == made[1]
    tree(made[0])
    assert "<script" not in made[0]
    assert " style=" not in made[0]


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("axis", "keys")])
def test_a_named_chart_is_one_image_with_a_title_and_a_description(name: str) -> None:
    (image,) = [one for one in tree(ALL[name](None, None)).iter("svg") if one.get("role") == "img"]
    ids = image.attrib["aria-labelledby"].split()
    told = [one for one in image if one.tag in ("title", "desc")]
    assert [one.get("id") for one in told] == ids
    assert [one.text for one in told] == [NAMED.title, NAMED.desc]


def test_an_unnamed_chart_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in charts.dumbbell(2, 3, 4)


@pytest.mark.parametrize("name", [name for name in ALL if name != "keys"])
def test_a_document_needs_no_stylesheet(name: str) -> None:
    drawn = ALL[name](PALETTE, 520)
    assert not re.search(
        r'class="m-|var\(|%"(?=[^>]*<)', re.sub(r'(width|height|x1|x2|y2)="100%"', "", drawn)
    )
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn


def test_every_mark_has_a_rule_in_the_stylesheet() -> None:
    css = chart_css()
    for name, draw in ALL.items():
        for role in re.findall(r'class="m-([a-z0-9_-]+)"', draw(None, None)):
            assert role in ROLES, name
            assert f".m-{role}{{" in css


def test_counts_and_words_of_all_parts_are_told() -> None:
    key = charts.situation_key(PARTS)
    text = " ".join("".join(tree(key).itertext()).split())
    assert "11 valmiina" in text
    assert "1 peruttu" in text
    assert "tauolla" not in text
    document = "".join(tree(ALL["situations"](PALETTE, 520)).itertext())
    for words in ("11 valmiina", "3 odottaa määrärahaa", "3 myöhässä", "1 peruttu"):
        assert words in document


@given(st.lists(st.integers(0, 400), min_size=1, max_size=7))
def test_the_parts_of_a_bar_fill_it_in_proportion(counts: list[int]) -> None:
    names = list(zip(sorted(s for s in ROLES if s.startswith("part-")), counts, strict=False))
    drawn = tree(charts.situation_bar([Part(s[5:], n, "sana") for s, n in names]))
    widths = [float(one.attrib["width"].rstrip("%")) for one in drawn.findall("./svg/svg")]
    total = sum(counts)
    expected = [100 * n / total for _, n in names if n] if total else []
    assert widths == pytest.approx(expected, abs=0.01)


def test_levels_stand_at_their_place_on_the_scale() -> None:
    drawn = tree(charts.dumbbell(1, 3, 5))
    assert drawn.find(".//circle[@class='m-baseline']").get("cx") == "0%"  # type: ignore[union-attr]
    assert drawn.find(".//circle[@class='m-latest']").get("cx") == "50%"  # type: ignore[union-attr]
    assert drawn.find(".//line[@class='m-target']").get("x1") == "100%"  # type: ignore[union-attr]


def test_what_is_not_known_is_not_drawn() -> None:
    assert "circle" not in charts.dumbbell(None, None, 4)
    assert "m-target" not in charts.dumbbell(2, 3, None)
    assert "m-was" not in charts.levels_radar([Perspective(n, "a", None, 3) for n in (1, 2, 3)])
    assert charts.indicator_spark([]).count("line") == 0


def test_a_fall_is_not_drawn_as_a_gain() -> None:
    assert "m-lost" in charts.dumbbell(3, 2.5, 4)
    assert "m-won" not in charts.dumbbell(3, 2.5, 4)


@given(st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=11))
def test_names_at_the_ends_of_lines_never_cover_each_other(
    values: list[tuple[float, float]],
) -> None:
    drawn = tree(charts.series_lines([Series("nimi", pair) for pair in values], ["a", "b"]))
    heights = sorted(
        float(t.attrib["y"]) for t in drawn.iter("text") if t.get("class") == "m-value-accent"
    )
    assert len(heights) == len(values)
    assert all(b - a > 16 for a, b in pairwise(heights))


def test_an_indicator_is_drawn_from_zero() -> None:
    drawn = tree(charts.indicator_spark([Reading("a", 98, "98"), Reading("b", 100, "100")]))
    axis = float(drawn.find(".//line[@class='m-axis']").attrib["y1"])  # type: ignore[union-attr]
    dots = [axis - float(dot.attrib["cy"]) for dot in drawn.iter("circle")]
    assert dots[0] / dots[1] == pytest.approx(0.98, abs=0.01)


def test_numbers_and_labels_are_written_shortly() -> None:
    assert [written(value) for value in (0, 10, 2.5, -0.001, 1 / 3)] == [
        "0",
        "10",
        "2.5",
        "0",
        "0.33",
    ]
    assert wrapped("Sähköisten palvelujen kattavuus", 21) == ["Sähköisten palvelujen", "kattavuus"]
