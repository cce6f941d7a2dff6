"""Recording measured levels, and what is decided from them."""

from .deciding import Decided
from .priorities import ReasonNeededError, choose_priority, decide_priority, remove_priority
from .series import (
    Measured,
    NewSeries,
    add_series,
    adopt_round,
    estimate_levels,
    name_baseline,
)
from .targets import NewTarget, NotRankedError, adopt_target, rank_importance, set_targets

__all__ = [
    "Decided",
    "Measured",
    "NewSeries",
    "NewTarget",
    "NotRankedError",
    "ReasonNeededError",
    "add_series",
    "adopt_round",
    "adopt_target",
    "choose_priority",
    "decide_priority",
    "estimate_levels",
    "name_baseline",
    "rank_importance",
    "remove_priority",
    "set_targets",
]
