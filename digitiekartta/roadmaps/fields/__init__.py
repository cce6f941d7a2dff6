"""The roadmap's entities in the document."""

from .action import ACTION
from .parts import DEPENDENCY, EFFECT, FUNDING, LINK, PROGRESS_NOTE, WORK_ESTIMATE
from .roadmap import GOAL, INDICATOR, INDICATOR_VALUE, ROADMAP

ENTITIES = (
    ROADMAP,
    GOAL,
    INDICATOR,
    INDICATOR_VALUE,
    ACTION,
    FUNDING,
    EFFECT,
    WORK_ESTIMATE,
    DEPENDENCY,
    LINK,
    PROGRESS_NOTE,
)

__all__ = [
    "ACTION",
    "DEPENDENCY",
    "EFFECT",
    "ENTITIES",
    "FUNDING",
    "GOAL",
    "INDICATOR",
    "INDICATOR_VALUE",
    "LINK",
    "PROGRESS_NOTE",
    "ROADMAP",
    "WORK_ESTIMATE",
]
