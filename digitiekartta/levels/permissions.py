"""Who may record levels, targets and priorities: the coordinator."""

from __future__ import annotations

from digitiekartta.history.pen import Pen
from digitiekartta.municipalities.permissions import Member, NotAllowedError, member_by_actor
from digitiekartta.municipalities.rules import Role

DEED = "record_levels"


def may_record(member: Member | None) -> bool:
    """Whether somebody may record what the management team decided of levels."""
    return member is not None and member.has(Role.COORDINATOR)


def require_coordinator(pen: Pen) -> None:
    """Raises NotAllowedError when the writer is not the coordinator. A command of the system may.

    Looked up under the lock, so that a role taken away meanwhile is gone.
    """
    actor = pen.intent.actor
    if actor is not None and not may_record(member_by_actor(actor, pen.ledger.pk)):
        raise NotAllowedError(DEED)
