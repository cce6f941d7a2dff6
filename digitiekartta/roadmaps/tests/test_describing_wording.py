"""Two wordings side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.roadmaps.wording import Fate, rewording


def _texts(old: str, new: str) -> list[tuple[str, str]]:
    return [(one.text, str(one.fate)) for one in rewording(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", []),
        ("sama", "sama", [("sama", "stayed")]),
        ("", "uusi", [("uusi", "came")]),
        ("vanha", "", [("vanha", "went")]),
        (
            "aivan toinen",
            "kissa istuu puussa",
            [("aivan toinen", "went"), ("kissa istuu puussa", "came")],
        ),
    ],
)
def test_the_ends_of_the_scale(old: str, new: str, told: list[tuple[str, str]]) -> None:
    assert _texts(old, new) == told


def test_what_stayed_far_from_the_changes_is_left_out() -> None:
    words = " ".join(f"sana{n}" for n in range(100))
    stretches = rewording(f"{words} vanha {words}", f"{words} uusi {words}")
    assert [one.fate for one in stretches] == [Fate.STAYED, Fate.WENT, Fate.CAME, Fate.STAYED]
    assert stretches[0].text.startswith("… ")
    assert stretches[-1].text.endswith("…")
    assert len(stretches[0].text) < 200


def test_very_long_texts_are_told_whole() -> None:
    old, new = "a " * 2000, "b " * 2000
    assert [one.fate for one in rewording(old, new)] == [Fate.WENT, Fate.CAME]


@given(st.text(max_size=20), st.text(max_size=20))
def test_short_texts_can_be_put_together_again(old: str, new: str) -> None:
    stretches = rewording(old, new)
    assert "".join(one.text for one in stretches if one.fate is not Fate.CAME) == old
    assert "".join(one.text for one in stretches if one.fate is not Fate.WENT) == new
