"""Whatever colour a municipality has, what is drawn in it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.ui.colours import Rgb, contrast, from_oklch, parse, to_oklch
from digitiekartta.ui.theme import DEFAULT_COLOUR, ENOUGH, SURFACES, dark, light, theme_css

COLOURS = st.builds(Rgb, *[st.integers(0, 255)] * 3).map(lambda colour: colour.hex)
SITUATIONS = ("done", "ongoing", "not_begun", "waiting_for_money", "late", "paused", "cancelled")
FILLED = ("done", "ongoing", "late", "accent")
# WCAG 1.4.11 asks for 3 of what tells where a field is.
ENOUGH_FOR_EDGES = 3


def ratio(tokens: dict[str, str], one: str, other: str) -> float:
    return contrast(parse(tokens[one]), parse(tokens[other]))


@given(COLOURS)
def test_the_accent_is_readable_in_both_themes(colour: str) -> None:
    for tokens in (light(colour), dark(colour)):
        for surface in SURFACES:
            assert ratio(tokens, "accent", surface) >= ENOUGH
            assert ratio(tokens, "ongoing", surface) >= ENOUGH
        for filled in FILLED:
            assert ratio(tokens, "accent-ink", filled) >= ENOUGH
        for step in range(1, 6):
            assert ratio(tokens, f"on-step-{step}", f"step-{step}") >= ENOUGH


@given(COLOURS)
def test_words_are_readable_on_every_surface(colour: str) -> None:
    for tokens in (light(colour), dark(colour)):
        for surface in SURFACES:
            for word in ("ink", "soft"):
                assert ratio(tokens, word, surface) >= ENOUGH
        for surface in ("paper", "card"):
            for name in (*SITUATIONS, "error"):
                assert ratio(tokens, name, surface) >= ENOUGH
            assert ratio(tokens, "edge", surface) >= ENOUGH_FOR_EDGES
        assert ratio(tokens, "ink", "flash") >= ENOUGH


@given(COLOURS)
def test_a_colour_survives_the_way_there_and_back(colour: str) -> None:
    back = from_oklch(to_oklch(parse(colour)))
    assert max(abs(a - b) for a, b in zip(back, parse(colour), strict=True)) <= 1


def test_a_readable_colour_is_left_as_it_is() -> None:
    assert light(DEFAULT_COLOUR)["accent"] == DEFAULT_COLOUR


def test_a_red_municipality_does_not_look_late() -> None:
    for tokens in (light("#c8102e"), dark("#c8102e")):
        assert tokens["ongoing"] != tokens["accent"]
    assert light("#0f4c5c")["ongoing"] == light("#0f4c5c")["accent"]


@pytest.mark.parametrize("text", ["", "red", "#12", "#1234567", "#ggg", "#123;}"])
def test_what_is_not_a_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        theme_css(text)


def test_both_themes_and_the_choice_are_in_the_sheet() -> None:
    css = theme_css("#abc")
    assert css.count("--accent:") == 3
    assert "[data-theme=dark]" in css
    assert css == theme_css("#aabbcc")
