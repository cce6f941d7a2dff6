"""Who may propose, support and handle ideas."""

from __future__ import annotations

from digitiekartta.history.pen import Pen
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.permissions import (
    COORDINATORS,
    TEAM,
    Member,
    NotAllowedError,
    member_by_actor,
)

from .rules import ProposedBy

PROPOSE, SUPPORT, HANDLE = "propose_idea", "support_idea", "handle_idea"


def may_propose(member: Member | None, municipality: Municipality) -> bool:
    """Everybody of the municipality; residents where it has said so and its site is public."""
    open_to_all = municipality.published and municipality.ideas_from == ProposedBy.EVERYBODY
    return member is not None or open_to_all


def may_handle(member: Member | None) -> bool:
    """Publishing and handling ideas is the digital team's and the coordinator's."""
    return member is not None and member.has(*TEAM)


def may_set(member: Member | None) -> bool:
    """Who may propose, the coordinator says."""
    return member is not None and member.has(*COORDINATORS)


def require_handler(pen: Pen) -> None:
    """Raises NotAllowedError when the writer may not handle ideas. A command of the system may.

    Looked up under the lock, so that a role taken away meanwhile is gone.
    """
    actor = pen.intent.actor
    if actor is not None and not may_handle(member_by_actor(actor, pen.ledger.pk)):
        raise NotAllowedError(HANDLE)


def require_member(pen: Pen, deed: str) -> None:
    """Raises NotAllowedError when the writer is nobody of the municipality."""
    actor = pen.intent.actor
    if actor is not None and member_by_actor(actor, pen.ledger.pk) is None:
        raise NotAllowedError(deed)
