"""What every write of settings has in common: who may, and how it is committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.models import Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..permissions import COORDINATORS, NotAllowedError, member_by_actor
from ..rules import Role

Text = Mapping[str, str]
CHANGE_SETTINGS = "change_settings"


def commit(
    ledger_id: UUID,
    kind: str,
    intent: Intent,
    write: Callable[[Pen], Recorded | None],
    request: Mapping[str, Any],
) -> Receipt:
    """Commits a write, whoever asks: only for what commands and setting up do."""
    return history.commit(
        ledger_id=ledger_id, kind=kind, intent=intent, write=write, request=request
    )


def commit_setting(
    ledger_id: UUID,
    kind: str,
    intent: Intent,
    write: Callable[[Pen], Recorded | None],
    request: Mapping[str, Any],
) -> Receipt:
    """Commits a write that is the coordinator's. Raises NotAllowedError for anybody else."""

    def guarded(pen: Pen) -> Recorded | None:
        require(pen, COORDINATORS)
        return write(pen)

    return commit(ledger_id, kind, intent, guarded, request)


def require(pen: Pen, roles: frozenset[Role]) -> None:
    """Raises NotAllowedError when the writer has none of the roles. A command of the system may.

    Whoever writes is looked up under the lock, so that a role taken away meanwhile is gone.
    """
    actor = pen.intent.actor
    if actor is None:
        return
    member = member_by_actor(actor, pen.ledger.pk)
    if member is None or not member.has(*roles):
        raise NotAllowedError(CHANGE_SETTINGS)
