"""The list of ideas: those of a stage, or all. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..rules import OPEN, IdeaState
from .reading import Idea

STAGES = {
    "avoimet": OPEN,
    "kokeilussa": frozenset({IdeaState.EXPERIMENT}),
    "toimenpiteina": frozenset({IdeaState.IN_ACTION}),
    "vastatut": frozenset({IdeaState.ANSWERED, IdeaState.MERGED}),
}
"""The stages of the list by their names in the address."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A choice of the list. ``key`` is empty for all ideas."""

    key: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    stages: tuple[Stage, ...]
    ideas: tuple[Idea, ...]
    total: int


def list_page(ideas: Sequence[Idea], chosen: str) -> ListPage:
    """The ideas of a stage; of an unknown stage, all. Open ones come first, the newest first."""
    chosen = chosen if chosen in STAGES else ""
    stages = [Stage("", len(ideas), chosen == "")]
    for key, states in STAGES.items():
        count = sum(one.state in states for one in ideas)
        if count or key == chosen:
            stages.append(Stage(key, count, key == chosen))
    shown = [one for one in ideas if not chosen or one.state in STAGES[chosen]]
    shown.sort(key=lambda one: (not one.is_open, -one.number))
    return ListPage(tuple(stages), tuple(shown), len(ideas))
