"""Proposing an idea and supporting one, by members."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.ui.clock import HELSINKI

from ..models import Idea, IdeaSupport
from ..permissions import PROPOSE, SUPPORT, require_member
from ..rules import BrokenIdea, IdeaError, IdeaState, Origin


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes, in one language."""

    language: str
    title: str
    proposal: str
    reason: str = ""
    benefit: str = ""
    perspective_id: UUID | None = None

    def as_data(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "title": self.title,
            "proposal": self.proposal,
            "reason": self.reason,
            "benefit": self.benefit,
            "perspective": str(self.perspective_id or ""),
        }


def propose_idea(
    *,
    ledger_id: UUID,
    intent: Intent,
    proposal: Proposal,
    audience: Audience = Audience.MEMBERS,
    example: bool = False,
) -> Receipt:
    """A member's idea: for members, until the digital team publishes it.

    Raises IdeaError without a title.
    """

    def write(pen: Pen) -> Idea:
        require_member(pen, PROPOSE)
        return add_idea(pen, proposal, Origin.MEMBER, audience, example=example)

    return history.commit(
        ledger_id=ledger_id,
        kind="propose_idea",
        intent=intent,
        write=write,
        request=proposal.as_data(),
    )


def add_idea(
    pen: Pen,
    proposal: Proposal,
    origin: Origin,
    audience: Audience,
    *,
    received_on: datetime.date | None = None,
    example: bool = False,
) -> Idea:
    """A new idea with the next number of the ledger. Raises IdeaError without a title."""
    if not proposal.title.strip():
        raise IdeaError(BrokenIdea.TITLE_NEEDED)
    chosen = proposal.perspective_id
    return pen.add(
        Idea,
        number=_next_number(pen.ledger.pk),
        title=_text(proposal, proposal.title),
        proposal=_text(proposal, proposal.proposal),
        reason=_text(proposal, proposal.reason),
        benefit=_text(proposal, proposal.benefit),
        perspective=pen.get(Perspective, chosen) if chosen is not None else None,
        origin=origin,
        received_on=received_on or day_of(pen.intent),
        state=IdeaState.RECEIVED,
        audience="" if audience is Audience.PUBLIC else str(audience),
        example=example,
    )


def day_of(intent: Intent) -> datetime.date:
    """The day of a write, in Finland."""
    return intent.at.astimezone(HELSINKI).date()


def _text(proposal: Proposal, written: str) -> dict[str, str]:
    return {proposal.language: written.strip()} if written.strip() else {}


def _next_number(ledger_id: UUID) -> int:
    """One more than the largest there is: ideas are not deleted, examples excepted."""
    held = Idea.objects.filter(ledger_id=ledger_id)
    return int(held.aggregate(most=Max("number"))["most"] or 0) + 1


def support_idea(*, ledger_id: UUID, intent: Intent, idea_id: UUID) -> Receipt:
    """The writer supports an idea; a second time changes nothing."""

    def write(pen: Pen) -> Idea:
        require_member(pen, SUPPORT)
        idea = pen.get(Idea, idea_id)
        held = IdeaSupport.objects.filter(idea=idea, account=_supporter(intent))
        if not held.exists():
            pen.add(IdeaSupport, idea=idea, account=_supporter(intent))
        return idea

    return history.commit(
        ledger_id=ledger_id,
        kind="support_idea",
        intent=intent,
        write=write,
        request={"idea": str(idea_id)},
    )


def _supporter(intent: Intent) -> UUID:
    """Who supports. Raises NotAllowedError for a command of the system: it has no opinion."""
    if intent.actor is None:
        raise NotAllowedError(SUPPORT)
    return intent.actor


def withdraw_support(*, ledger_id: UUID, intent: Intent, idea_id: UUID) -> Receipt:
    """The writer no longer supports an idea."""

    def write(pen: Pen) -> Idea:
        require_member(pen, SUPPORT)
        idea = pen.get(Idea, idea_id)
        for held in IdeaSupport.objects.filter(idea=idea, account=_supporter(intent)):
            pen.remove(held)
        return idea

    return history.commit(
        ledger_id=ledger_id,
        kind="withdraw_support",
        intent=intent,
        write=write,
        request={"idea": str(idea_id)},
    )
