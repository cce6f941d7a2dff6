"""Writing the roadmap: one verb each, in one transaction, under the ledger's lock."""

from .actions import add_action, cancel_action, merge_actions, reword_action, set_visibility
from .assignments import (
    accept_assignment,
    name_person,
    object_to_assignment,
    withdraw_objection,
)
from .bulk import change_actions
from .examples import remove_examples
from .goals import GoalTold, IndicatorTold, change_goal, change_indicator
from .money import (
    Line,
    add_funding,
    change_funding,
    decide_funding,
    record_actual,
    remove_funding,
)
from .ordering import order_action
from .part_lists import (
    NewEffect,
    NewLink,
    change_dependencies,
    change_effects,
    change_links,
    estimate_half_years,
)
from .parts import add_dependency, add_effect, add_link, estimate_work
from .placing import place_action, restore_action
from .progress import report_progress
from .roadmap import (
    add_goal,
    add_indicator,
    create_roadmap,
    publish_roadmap,
    record_value,
    write_texts,
)
from .scheduling import hand_over_action, reschedule_action
from .splitting import split_action
from .undoing import undo

__all__ = [
    "GoalTold",
    "IndicatorTold",
    "Line",
    "NewEffect",
    "NewLink",
    "accept_assignment",
    "add_action",
    "add_dependency",
    "add_effect",
    "add_funding",
    "add_goal",
    "add_indicator",
    "add_link",
    "cancel_action",
    "change_actions",
    "change_dependencies",
    "change_effects",
    "change_funding",
    "change_goal",
    "change_indicator",
    "change_links",
    "create_roadmap",
    "decide_funding",
    "estimate_half_years",
    "estimate_work",
    "hand_over_action",
    "merge_actions",
    "name_person",
    "object_to_assignment",
    "order_action",
    "place_action",
    "publish_roadmap",
    "record_actual",
    "record_value",
    "remove_examples",
    "remove_funding",
    "report_progress",
    "reschedule_action",
    "restore_action",
    "reword_action",
    "set_visibility",
    "split_action",
    "undo",
    "withdraw_objection",
    "write_texts",
]
