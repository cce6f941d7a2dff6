"""What residents send: received outside the log, published into it, or turned away."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db import transaction

from digitiekartta.accounts.mail import Mail, send
from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Municipality, Perspective
from digitiekartta.municipalities.permissions import Member, NotAllowedError
from digitiekartta.ui.clock import HELSINKI

from ..models import Idea, Received
from ..permissions import HANDLE, may_handle, may_propose, require_handler
from ..rules import Origin
from ..words import turned_away_mail
from .proposing import Proposal, add_idea


def receive_idea(
    *,
    municipality: Municipality,
    key: UUID,
    proposal: Proposal,
    email: str,
    at: datetime.datetime,
) -> None:
    """Keeps what a resident sent until it is moderated. The same key is kept once.

    Raises NotAllowedError where residents may not propose.
    """
    if not may_propose(None, municipality):
        raise NotAllowedError(HANDLE)
    Received.objects.get_or_create(
        pk=key,
        defaults={
            "ledger_id": municipality.ledger_id,
            "language": proposal.language,
            "title": proposal.title,
            "proposal": proposal.proposal,
            "reason": proposal.reason,
            "benefit": proposal.benefit,
            "perspective": proposal.perspective_id,
            "email": email,
            "received_at": at,
        },
    )


def publish_received(*, ledger_id: UUID, intent: Intent, received_id: UUID) -> Receipt:
    """Makes a public idea of what a resident sent. Only her address stays here, for the answer.

    Raises Received.DoesNotExist for what is another municipality's or has been moderated.
    """

    def write(pen: Pen) -> Idea:
        require_handler(pen)
        held = Received.objects.get(pk=received_id, ledger_id=ledger_id, idea=None)
        day = held.received_at.astimezone(HELSINKI).date()
        idea = add_idea(pen, _proposal_of(held), Origin.RESIDENT, Audience.PUBLIC, received_on=day)
        _keep_address_alone(held, idea)
        return idea

    return history.commit(
        ledger_id=ledger_id,
        kind="publish_idea",
        intent=intent,
        write=write,
        request={"received": str(received_id)},
    )


def _proposal_of(held: Received) -> Proposal:
    """A perspective that has gone meanwhile is left out."""
    rows = Perspective.objects.filter(ledger_id=held.ledger_id)
    known = held.perspective is not None and rows.filter(pk=held.perspective).exists()
    return Proposal(
        language=held.language,
        title=held.title,
        proposal=held.proposal,
        reason=held.reason,
        benefit=held.benefit,
        perspective_id=held.perspective if known else None,
    )


def _keep_address_alone(held: Received, idea: Idea) -> None:
    if not held.email:
        held.delete()
        return
    held.idea = idea
    held.title = held.proposal = held.reason = held.benefit = ""
    held.save()


def turn_away(
    *, municipality: Municipality, member: Member, received_id: UUID, answer: str
) -> None:
    """Leaves unpublished what a resident sent and forgets it; an answer goes to her address.

    Raises NotAllowedError, and Received.DoesNotExist where it has been moderated already.
    """
    if not may_handle(member):
        raise NotAllowedError(HANDLE)
    with transaction.atomic():
        rows = Received.objects.select_for_update()
        held = rows.get(pk=received_id, ledger_id=municipality.ledger_id, idea=None)
        held.delete()
        if held.email and answer.strip():
            subject, text = turned_away_mail(municipality.name, held.title, answer, held.language)
            to = held.email
            transaction.on_commit(lambda: send(Mail(subject, text), to=to))
