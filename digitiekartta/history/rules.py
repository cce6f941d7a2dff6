"""What a writer brings along, and what writing can end in. No Django, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import Audience


@dataclass(frozen=True, slots=True)
class Intent:
    """Who writes, when, why, having seen which revision, and under which idempotency key.

    ``expected_revision`` is the ledger's revision that the writer saw; None trusts whatever stands.
    ``key`` makes a repeat return the first result. ``cause`` is the id of what led to the change,
    a decision for instance. ``at`` carries a time zone.
    """

    actor: UUID | None
    at: datetime
    reason: str = ""
    expected_revision: int | None = None
    key: str | None = None
    cause: UUID | None = None
    audience: Audience = Audience.PUBLIC

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a time without a time zone")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a write came to: the ledger's revision after it, and the entity written.

    ``repeated`` tells that the same key was written before and this is its first result.
    """

    revision: int
    entity_id: UUID | None = None
    repeated: bool = field(default=False, compare=False)


class ConflictError(Exception):
    """Somebody changed the same fields after the revision that the writer saw."""

    def __init__(self, conflicts: Sequence[Conflict], revision: int) -> None:
        super().__init__("changed by somebody else meanwhile")
        self.conflicts = tuple(conflicts)
        self.revision = revision


class KeyReusedError(Exception):
    """An idempotency key came back with another request than its first."""
