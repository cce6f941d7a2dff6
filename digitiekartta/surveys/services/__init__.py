"""A round's life, one verb each: made, opened, answered, closed, published."""

from .answers import store
from .closing import close_round, publish_results
from .codes import make_codes
from .copying import copy_round
from .counting import count_today
from .merging import merge_units, take_apart
from .opening import open_round
from .rounds import change_round, extend_round, make_round, remove_round
from .units import set_units

__all__ = [
    "change_round",
    "close_round",
    "copy_round",
    "count_today",
    "extend_round",
    "make_codes",
    "make_round",
    "merge_units",
    "open_round",
    "publish_results",
    "remove_round",
    "set_units",
    "store",
    "take_apart",
]
