"""What a change is about: the groups in which people read changes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from digitiekartta.documents.changes import Change
from digitiekartta.documents.registry import Record

from .rules import EffectPhase

if TYPE_CHECKING:
    from .saying import Sides


class ChangeKind(StrEnum):
    """The groups of changes."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MERGED = "merged"
    REWORDED = "reworded"
    GOALS = "goals"
    LEVELS = "levels"
    MONEY = "money"
    PEOPLE = "people"
    DECIDED = "decided"
    PROGRESSED = "progressed"
    MEASURED = "measured"
    OTHER = "other"


READING_ORDER = tuple(ChangeKind)
"""What was planned first, then what was done."""
FOLLOW_UP = frozenset(
    {ChangeKind.MONEY, ChangeKind.DECIDED, ChangeKind.PROGRESSED, ChangeKind.MEASURED}
)
"""The kinds that follow the plan; the others change it."""

_WORDING = ("title", "statement", "benefit", "outside_partners", "communication", "training")
_ACTION_FIELDS: Mapping[str, ChangeKind] = {
    **dict.fromkeys(("first", "last", "recurring"), ChangeKind.MOVED),
    **dict.fromkeys(_WORDING, ChangeKind.REWORDED),
    **dict.fromkeys(("status", "percentage", "reason"), ChangeKind.PROGRESSED),
    **dict.fromkeys(
        ("responsible", "person", "deputies", "partners", "all_sectors"), ChangeKind.PEOPLE
    ),
    "goal": ChangeKind.GOALS,
}
_ROADMAP_TEXTS = ("title", "foreword", "vision", "vision_lead", "operating_model")
_ENTITIES: Mapping[str, ChangeKind] = {
    "goal": ChangeKind.GOALS,
    "indicator": ChangeKind.GOALS,
    "indicator_value": ChangeKind.MEASURED,
    "series": ChangeKind.MEASURED,
    "measurement": ChangeKind.MEASURED,
    "round": ChangeKind.MEASURED,
    "round_unit": ChangeKind.MEASURED,
    "result": ChangeKind.MEASURED,
    "target": ChangeKind.LEVELS,
    "priority": ChangeKind.LEVELS,
    "perspective": ChangeKind.LEVELS,
    "framework": ChangeKind.LEVELS,
    "funding": ChangeKind.MONEY,
    # An estimate moves with its action's schedule, and is told beside it.
    "work_estimate": ChangeKind.MOVED,
    "party": ChangeKind.PEOPLE,
    "seat": ChangeKind.PEOPLE,
    "person": ChangeKind.PEOPLE,
    "decision": ChangeKind.DECIDED,
    "note": ChangeKind.PROGRESSED,
}
_OWNERS: Mapping[str, tuple[str, str]] = {
    "funding": ("action", "action"),
    "effect": ("action", "action"),
    "work_estimate": ("action", "action"),
    "dependency": ("action", "action"),
    "link": ("action", "action"),
    "note": ("action", "action"),
    "indicator_value": ("indicator", "indicator"),
    "measurement": ("series", "series"),
    "target": ("perspective", "perspective"),
    "priority": ("perspective", "perspective"),
    "seat": ("body", "party"),
}
"""By entity type: the field that names what it belongs to, and that one's type."""

_SILENT_TYPES = frozenset({"version"})
_SILENT_FIELDS = frozenset(
    {"rank", "example", "serial", "slug", "colour", "published", "valid_version", "framework"}
    | {"original_first", "original_last"}
)


def is_silent(change: Change) -> bool:
    """Whether a change is bookkeeping: order, addresses, looks, and the versions told elsewhere."""
    return change.entity in _SILENT_TYPES or change.field in _SILENT_FIELDS


def owner_of(change: Change, sides: Sides) -> tuple[str, str]:
    """The type and id of what the change is about: a funding line is about its action."""
    field, owner_type = _OWNERS.get(change.entity, ("", ""))
    owner = sides.record(change.entity, change.id).get(field) if field else None
    return (owner_type, owner) if owner else (change.entity, change.id)


def kind_of(change: Change, sides: Sides) -> ChangeKind:
    """The group that a change belongs to. An effect that was observed is progress."""
    if change.entity == "action":
        return _kind_on_action(change)
    if change.entity == "roadmap" and change.field in _ROADMAP_TEXTS:
        return ChangeKind.REWORDED
    if change.entity == "effect" and _is_observed(sides.record("effect", change.id)):
        return ChangeKind.PROGRESSED
    return _ENTITIES.get(change.entity, ChangeKind.OTHER)


def _is_observed(effect: Record) -> bool:
    return bool(effect.get("phase") == EffectPhase.OBSERVED)


def _kind_on_action(change: Change) -> ChangeKind:
    if change.field is None:
        return ChangeKind.NEW if change.adds else ChangeKind.OTHER
    if change.field == "cancelled" and change.new:
        return ChangeKind.CANCELLED
    if change.field == "merged_into" and change.new:
        return ChangeKind.MERGED
    return _ACTION_FIELDS.get(change.field, ChangeKind.OTHER)
