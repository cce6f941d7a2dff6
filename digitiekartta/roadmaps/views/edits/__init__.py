"""The edits: one file for each kind, with what its form is and which service it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .edit import Edit
from .ending import CANCEL, MERGE, PAUSE, RESTORE, RESUME
from .money import FUND, LINE
from .parts import DEPENDENCIES, EFFECTS, LINKS, WORK
from .placing import NEW_ACTION, NOTE, PLACE, VISIBILITY
from .progress import PROGRESS
from .responsibility import ACCEPT, HAND_OVER, OBJECT, PERSON, WITHDRAW
from .roadmap import (
    CHANGE_GOAL,
    CHANGE_INDICATOR,
    FOREWORD,
    MODEL,
    NEW_GOAL,
    NEW_INDICATOR,
    VALUE,
    VISION,
)
from .schedule import SCHEDULE
from .splitting import SPLIT
from .wording import WORDING


def _by_part(edits: Iterable[Edit]) -> Mapping[str, Edit]:
    return {one.part: one for one in edits}


EDITS = _by_part(
    (
        SCHEDULE,
        SPLIT,
        WORDING,
        HAND_OVER,
        PERSON,
        ACCEPT,
        OBJECT,
        WITHDRAW,
        PROGRESS,
        FUND,
        LINE,
        LINKS,
        DEPENDENCIES,
        EFFECTS,
        WORK,
        PLACE,
        VISIBILITY,
        NOTE,
        PAUSE,
        RESUME,
        MERGE,
        CANCEL,
        RESTORE,
    )
)
"""Of an action, by the last part of their addresses."""
ROADMAP_EDITS = _by_part((NEW_ACTION, NEW_GOAL, VISION, FOREWORD, MODEL))
"""Of the roadmap as a whole."""
GOAL_EDITS = _by_part((CHANGE_GOAL, NEW_INDICATOR, CHANGE_INDICATOR, VALUE))
"""Of a goal and its indicators."""
