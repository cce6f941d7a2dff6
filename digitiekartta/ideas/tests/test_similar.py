"""Which ideas are shown to somebody who proposes one like them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.ideas.pages.reading import Idea, Other
from digitiekartta.ideas.pages.similar import similar_ideas
from digitiekartta.ideas.rules import IdeaState, Origin


def _idea(number: int, title: str, proposal: str = "", language: str = "fi", **more: Any) -> Idea:
    nothing: dict[str, Any] = {key: {} for key in ("reason", "benefit", "perspective", "handler")}
    values = {
        "id": str(number),
        "number": number,
        "title": {language: title},
        "proposal": {language: proposal},
        "origin": Origin.MEMBER,
        "received_on": datetime.date(2026, 1, 1),
        "state": IdeaState.RECEIVED,
        "action": None,
        "merged_into": None,
        "merged": (),
        "steps": (),
        "supporters": 0,
        "mine": False,
        "is_public": True,
        "example": False,
        "internal_note": {},
        **nothing,
        **more,
    }
    return Idea(**values)


IDEAS = (
    _idea(1, "Kirjaston tilojen varaus verkossa", "Tilat näkyisivät verkossa."),
    _idea(2, "Vikailmoitukseen kuva", "Katuvalon voisi kuvata puhelimella."),
    _idea(3, "Ansökan till dagvården på svenska", language="sv"),
)


@pytest.mark.parametrize(
    ("title", "proposal", "language", "found"),
    [
        ("Varaukset kirjaston tiloihin", "", "fi", [1]),
        ("Kuva vikailmoituksiin", "", "fi", [2]),
        ("Blankett för dagvård", "Ansökningar på svenska.", "sv", [3]),
        ("Uimahallin ruuhkat verkkoon", "Kävijämäärä näkyisi verkossa.", "fi", []),
        ("Sähköinen arkisto", "", "fi", []),
        ("", "", "fi", []),
    ],
)
def test_an_idea_is_found_in_other_forms_of_its_words_but_not_by_one_common_word(
    title: str, proposal: str, language: str, found: list[int]
) -> None:
    shown = similar_ideas(IDEAS, title, proposal, language)
    assert [one.number for one in shown] == found


def test_a_merged_idea_is_not_shown_again() -> None:
    merged = _idea(4, "Kirjaston tilojen varaus", merged_into=Other(1, {}))
    assert similar_ideas([merged], "Kirjaston tilojen varaus", "", "fi") == ()
