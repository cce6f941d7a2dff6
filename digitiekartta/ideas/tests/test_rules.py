"""The rules of ideas, without a database."""

from __future__ import annotations

import datetime

import pytest

from digitiekartta.ideas.rules import (
    BrokenIdea,
    IdeaError,
    IdeaState,
    check_step,
    links_in,
    median_days,
)

NOTE = {"fi": "Selvitetään."}


@pytest.mark.parametrize(
    ("state", "note", "has", "broken"),
    [
        (IdeaState.ANSWERED, {"fi": "  "}, "", BrokenIdea.NOTE_NEEDED),
        (IdeaState.HANDLING, NOTE, "", BrokenIdea.HANDLER_NEEDED),
        (IdeaState.IN_ACTION, NOTE, "handler", BrokenIdea.ACTION_NEEDED),
        (IdeaState.MERGED, NOTE, "action", BrokenIdea.IDEA_NEEDED),
    ],
)
def test_a_step_tells_what_it_means(
    state: IdeaState, note: dict[str, str], has: str, broken: BrokenIdea
) -> None:
    with pytest.raises(IdeaError) as raised:
        check_step(
            state,
            note=note,
            has_handler=has == "handler",
            has_action=has == "action",
            has_other=has == "other",
        )
    assert raised.value.rule is broken


@pytest.mark.parametrize(
    ("state", "has"),
    [
        (IdeaState.HANDLING, "handler"),
        (IdeaState.IN_ACTION, "action"),
        (IdeaState.MERGED, "other"),
        (IdeaState.ANSWERED, ""),
        (IdeaState.EXPERIMENT, ""),
    ],
)
def test_a_step_that_tells_what_it_means_may_be_taken(state: IdeaState, has: str) -> None:
    check_step(
        state,
        note=NOTE,
        has_handler=has == "handler",
        has_action=has == "action",
        has_other=has == "other",
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kirjoita //example.fi", 1),
        ("Ks. www.example.fi ja https://www.example.fi/a", 2),
        ("HTTP://EXAMPLE.FI", 1),
        ("Avoinna ma/ti, ei muuta", 0),
    ],
)
def test_links_are_counted_as_they_are_written(text: str, count: int) -> None:
    assert links_in([text]) == count


def test_answering_times_are_told_by_their_median() -> None:
    day = datetime.date(2026, 1, 1)
    spans = [(day, day + datetime.timedelta(days=days)) for days in (1, 4, 100)]
    assert median_days(spans) == 4
    assert median_days([]) is None
