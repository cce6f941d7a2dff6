"""Who may do what in a roadmap, told once: services, pages, settings and tests read it.

Source: "Toimenpiteiden päivittämisestä, seurannasta ja valvonnasta vastaa digitiimi"; the sectors
and the responsible parties carry out; the management team and the board decide (docs/process.md).
What a change needs to become valid is another matter: see ``decisions.rules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """What somebody of the municipality is to an action, or to the roadmap."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    SECTOR_TEAM = "sector_team"
    SECTOR_HEAD = "sector_head"
    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    MANAGEMENT = "management"
    SECRETARY = "secretary"
    STAFF = "staff"


class Deed(StrEnum):
    """What can be done."""

    SEE_WORKING_PLAN = "see_working_plan"
    ADD_ACTION = "add_action"
    REWORD = "reword"
    RESCHEDULE = "reschedule"
    SPLIT = "split"
    HAND_OVER = "hand_over"
    OBJECT = "object"
    ACCEPT = "accept"
    FUND = "fund"
    LINK = "link"
    DEPEND = "depend"
    MERGE = "merge"
    CANCEL = "cancel"
    ORDER = "order"
    ESTIMATE = "estimate"
    EFFECT = "effect"
    REPORT = "report"
    REPORT_FOR_OTHERS = "report_for_others"
    SET_VISIBILITY = "set_visibility"
    NAME_PERSON = "name_person"
    EDIT_TEXTS = "edit_texts"
    EDIT_GOALS = "edit_goals"
    CHANGE_SETTINGS = "change_settings"
    REMOVE_EXAMPLES = "remove_examples"


_KEEPERS = frozenset({Standing.COORDINATOR, Standing.TEAM})
_OWN = frozenset({Standing.RESPONSIBLE, Standing.DEPUTY})
_SECTOR = frozenset({Standing.SECTOR_TEAM, Standing.SECTOR_HEAD})
_COORDINATOR = frozenset({Standing.COORDINATOR})

RIGHTS: Mapping[Deed, frozenset[Standing]] = {
    Deed.SEE_WORKING_PLAN: _KEEPERS
    | _SECTOR
    | {Standing.MANAGEMENT, Standing.SECRETARY, Standing.RESPONSIBLE, Standing.DEPUTY},
    Deed.ADD_ACTION: _KEEPERS | {Standing.SECTOR_HEAD},
    Deed.REWORD: _KEEPERS,
    Deed.RESCHEDULE: _KEEPERS,
    Deed.SPLIT: _KEEPERS,
    Deed.HAND_OVER: _KEEPERS,
    Deed.OBJECT: _OWN | _SECTOR,
    Deed.ACCEPT: _OWN | _SECTOR,
    Deed.FUND: _KEEPERS,
    Deed.LINK: _KEEPERS | _OWN,
    Deed.DEPEND: _KEEPERS,
    Deed.MERGE: _KEEPERS,
    Deed.CANCEL: _KEEPERS,
    Deed.ORDER: _KEEPERS,
    Deed.ESTIMATE: _KEEPERS | _OWN | _SECTOR,
    Deed.EFFECT: _KEEPERS | _OWN,
    Deed.REPORT: _COORDINATOR | _OWN | _SECTOR,
    Deed.REPORT_FOR_OTHERS: _KEEPERS | _SECTOR,
    Deed.SET_VISIBILITY: _KEEPERS,
    Deed.NAME_PERSON: _KEEPERS | _SECTOR,
    Deed.EDIT_TEXTS: _KEEPERS,
    Deed.EDIT_GOALS: _KEEPERS,
    Deed.CHANGE_SETTINGS: _COORDINATOR,
    Deed.REMOVE_EXAMPLES: _COORDINATOR,
}


def may(deed: Deed, standings: frozenset[Standing]) -> bool:
    """Whether somebody with these standings may do it."""
    return not RIGHTS[deed].isdisjoint(standings)
