"""What the log tells everybody about one action: every change of its plan, with the reason.

The action's record is rebuilt entry by entry and each state redacted as it would be today, so that
what is not public, or has been withdrawn since, is in none of the states that are compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.decisions.rules import AT_ONCE, authority_of_existence, authority_of_field
from digitiekartta.documents.changes import Change, diff
from digitiekartta.documents.document import Document, document_of
from digitiekartta.documents.redaction import redact, restrict
from digitiekartta.documents.registry import RESTRICTED, Audience, Record
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import changes_of, current, entries_about
from digitiekartta.ui.clock import HELSINKI

from .change_kinds import ChangeKind
from .comparing import own_authorities, public_since
from .describing import Line, describe
from .fields import ACTION
from .plan.entities import Action, Plan
from .registry import REGISTRY

_AROUND = ("roadmap", "party", "goal", "priority", "perspective", "framework")
_TOLD_ELSEWHERE = frozenset(
    {"status", "percentage", "person", "deputies", "assigned_on", "accepted_on", "objection"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """One change of an action's plan. ``reason_language`` is empty where it is the reader's."""

    on: datetime.date
    kinds: tuple[ChangeKind, ...]
    lines: tuple[Line, ...]
    reason: str
    reason_language: str


def told_changes(ledger_id: UUID, plan: Plan, action: Action, language: str) -> tuple[Told, ...]:
    """What changed in the plan of a public action, latest first. Three queries."""
    today = current(ledger_id).document
    log = _ActionLog(ledger_id, plan, action, today, language)
    since = public_since(ledger_id, plan.roadmap.id) or plan.on
    entries = entries_about(ledger_id, UUID(action.id))
    told = [one for one in log.read(reversed(entries)) if one.on >= since]
    return tuple(reversed(told))


class _ActionLog:
    def __init__(
        self, ledger_id: UUID, plan: Plan, action: Action, today: Document, language: str
    ) -> None:
        self._id = action.id
        self._today = today
        self._language = language
        self._own = own_authorities(ledger_id)
        self._restricted: Mapping[str, str] = (today.get("action", action.id) or {}).get(
            RESTRICTED.name
        ) or {}
        self._frozen_at = self._frozen_revision(plan)

    def _frozen_revision(self, plan: Plan) -> int | None:
        """The revision that the valid version was made of; None where there is no version."""
        if plan.version is None:
            return None
        return int((self._today.get("version", plan.version.id) or {}).get("frozen_revision") or 0)

    def read(self, entries: Iterable[Entry]) -> Iterator[Told]:
        """The entries in their order, as everybody may know them."""
        record: Record | None = None
        for entry in entries:
            before, changes = record, [one for one in changes_of(entry) if one.id == self._id]
            record = _changed(record, changes)
            if changes and record is not None and entry.audience == Audience.PUBLIC:
                yield from self._told(entry, before, record)

    def _told(self, entry: Entry, before: Record | None, after: Record) -> Iterator[Told]:
        old, new = self._public(before), self._public(after)
        changes = [one for one in diff(old, new) if one.id == self._id]
        valid = [one for one in changes if self._is_told(one, entry.revision)]
        if not any(one.field != "reason" for one in valid):
            return
        description = describe(valid, old, new, self._language)
        items = [item for group in description.groups for item in group.items]
        own = next((item.reason for item in items if item.reason), "")
        yield Told(
            on=entry.at.astimezone(HELSINKI).date(),
            kinds=tuple(group.kind for group in description.groups),
            lines=tuple(line for item in items for line in item.lines),
            **self._reason(entry.reason, own),
        )

    def _reason(self, recorded: str, own: str) -> dict[str, Any]:
        """The reason in the reader's language where there is one, else as it was recorded."""
        if "reason" in self._restricted:
            return {"reason": "", "reason_language": ""}
        if own and (self._language != "fi" or not recorded):
            return {"reason": own, "reason_language": ""}
        return {"reason": recorded, "reason_language": "fi" if recorded else ""}

    def _is_told(self, change: Change, revision: int) -> bool:
        if change.field in _TOLD_ELSEWHERE:
            return False
        authority = (
            authority_of_existence(ACTION, self._own)
            if change.field is None
            else authority_of_field(ACTION, change.field, self._own)
        )
        return authority in AT_ONCE or self._frozen_at is None or revision <= self._frozen_at

    def _public(self, record: Record | None) -> Document:
        records = {} if record is None else {self._id: record}
        other = (record or {}).get("merged_into")
        if other:
            records[other] = self._today.get("action", other) or {}
        around = {name: self._today.of(name) for name in _AROUND}
        document = document_of(
            {**around, "action": {id: one for id, one in records.items() if one}}
        )
        return redact(restrict(document, self._today), Audience.PUBLIC, REGISTRY)


def _changed(record: Record | None, changes: Iterable[Change]) -> Record | None:
    """The record after the changes of one entry."""
    for change in changes:
        if change.field is None:
            record = change.new
        elif record is not None:
            kept = {name: value for name, value in record.items() if name != change.field}
            record = kept if change.new is None else {**kept, change.field: change.new}
    return record
