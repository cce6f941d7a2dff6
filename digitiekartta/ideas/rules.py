"""How an idea is handled, and what a proposal may hold. No Django, no clock."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from statistics import median

TITLE_LONGEST = 120
TEXT_LONGEST = 2000
NOTE_LONGEST = 2000
MOST_LINKS = 2
"""How many links a resident's proposal may hold: spam lives of links, an idea needs none."""
SHORTEST_SECONDS = 4
"""Nobody reads the form and writes an idea faster than this; a program does."""
LONGEST_SECONDS = 24 * 3600

_LINK = re.compile(r"(?:https?:)?//\S|\bwww\.\S", re.IGNORECASE)


class Origin(StrEnum):
    """Who proposed an idea."""

    MEMBER = "member"
    RESIDENT = "resident"


class IdeaState(StrEnum):
    """Where the handling of an idea is."""

    RECEIVED = "received"
    HANDLING = "handling"
    EXPERIMENT = "experiment"
    IN_ACTION = "in_action"
    MERGED = "merged"
    ANSWERED = "answered"


OPEN = frozenset({IdeaState.RECEIVED, IdeaState.HANDLING})
"""Nobody has been given an answer yet."""


class ProposedBy(StrEnum):
    """Who may propose ideas. Whether there are ideas at all is a feature of the municipality."""

    MEMBERS = ""
    EVERYBODY = "everybody"


class BrokenIdea(StrEnum):
    """Why an idea can't be handled so; ``words`` tells each in a sentence."""

    NOTE_NEEDED = "note_needed"
    HANDLER_NEEDED = "handler_needed"
    ACTION_NEEDED = "action_needed"
    IDEA_NEEDED = "idea_needed"
    ITSELF = "itself"
    MERGED_ALREADY = "merged_already"
    TITLE_NEEDED = "title_needed"


class IdeaError(ValueError):
    """An idea can't be handled so; nothing was changed."""

    def __init__(self, rule: BrokenIdea) -> None:
        super().__init__(str(rule))
        self.rule = rule


def check_step(
    state: IdeaState,
    *,
    note: Mapping[str, str],
    has_handler: bool,
    has_action: bool,
    has_other: bool,
) -> None:
    """Raises IdeaError where a step lacks what it must tell.

    Every step tells something to everybody: who handles, of which action it is a part, with which
    idea it was merged, and in any case a note.
    """
    if not any(text.strip() for text in note.values()):
        raise IdeaError(BrokenIdea.NOTE_NEEDED)
    if state is IdeaState.HANDLING and not has_handler:
        raise IdeaError(BrokenIdea.HANDLER_NEEDED)
    if state is IdeaState.IN_ACTION and not has_action:
        raise IdeaError(BrokenIdea.ACTION_NEEDED)
    if state is IdeaState.MERGED and not has_other:
        raise IdeaError(BrokenIdea.IDEA_NEEDED)


def links_in(texts: Iterable[str]) -> int:
    """How many links texts hold."""
    return sum(len(_LINK.findall(text)) for text in texts)


def median_days(spans: Iterable[tuple[datetime.date, datetime.date]]) -> float | None:
    """The median of the days from receiving to answering; None of nothing."""
    days = [(answered - received).days for received, answered in spans]
    return median(days) if days else None
