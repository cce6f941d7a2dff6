"""The coordinator's overview: what happened since she was last here, action by action."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.history.models import Entry
from digitiekartta.roadmaps.plan.entities import Action


@dataclass(frozen=True, slots=True)
class Happening:
    """One write: who, what kind, when, why; ``action`` where it is about one."""

    revision: int
    kind: str
    at: datetime.datetime
    who: str
    reason: str
    action: Action | None


def happenings(
    entries: Iterable[Entry], actions: Mapping[str, Action], names: Mapping[UUID, str]
) -> tuple[Happening, ...]:
    """The entries of the log as they are told, in their order."""
    return tuple(
        Happening(
            revision=one.revision,
            kind=one.kind,
            at=one.at,
            who=names.get(one.actor, "") if one.actor else "",
            reason=one.reason,
            action=_action_of(one, actions),
        )
        for one in entries
    )


def _action_of(entry: Entry, actions: Mapping[str, Action]) -> Action | None:
    """The action that an entry is about, or one of whose parts it changed."""
    found = actions.get(str(entry.entity_id))
    for _, id, field, _, new in entry.changes:
        if found is None:
            found = actions.get(id)
        if found is None and field is None and isinstance(new, dict):
            found = actions.get(new.get("action", ""))
    return found
