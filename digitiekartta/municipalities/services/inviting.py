"""Invitations: made, taken back, accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.rules import INVITATION_LIVES, LinkError, hashed_token, new_token
from digitiekartta.accounts.services import ensure_account, set_language
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent

from ..models import Invitation, Membership, Municipality, Party
from ..permissions import COORDINATORS, NotAllowedError, member_by_account
from ..rules import Role
from .keeping import commit, commit_setting


def invite(
    *,
    ledger_id: UUID,
    by: UUID,
    at: datetime,
    email: str,
    language: str,
    role: Role | None,
    party_id: UUID | None = None,
    person_id: UUID | None = None,
) -> str:
    """Invites somebody into a role or to be a person of the municipality; gives the link's token,
    which is told once and not kept. An earlier invitation of the same address is void.

    Raises NotAllowedError for anybody but a coordinator, and DoesNotExist for a party or a person
    of another municipality.
    """
    _require_coordinator(ledger_id, by)
    party = Party.objects.get(pk=party_id, ledger_id=ledger_id) if party_id else None
    person = Person.objects.get(pk=person_id, ledger_id=ledger_id) if person_id else None
    token = new_token()
    with transaction.atomic():
        Invitation.objects.filter(ledger_id=ledger_id, email=email.lower()).delete()
        Invitation.objects.create(
            ledger_id=ledger_id,
            email=email.lower(),
            language=language,
            role=role or "",
            party=party,
            person=person,
            token_hash=hashed_token(token),
            invited_by=by,
            invited_at=at,
            expires_at=at + INVITATION_LIVES,
        )
    return token


def take_back_invitation(*, ledger_id: UUID, by: UUID, invitation_id: UUID) -> None:
    """The link works no more. Raises NotAllowedError for anybody but a coordinator."""
    _require_coordinator(ledger_id, by)
    Invitation.objects.filter(pk=invitation_id, ledger_id=ledger_id).delete()


def open_invitations(ledger_id: UUID) -> QuerySet[Invitation]:
    """Those that nobody has accepted, latest first, the expired ones too."""
    found = Invitation.objects.filter(ledger_id=ledger_id).select_related("party", "person")
    return found.order_by("-invited_at")


def invitation_of(*, token: str, at: datetime) -> Invitation:
    """The invitation of a link. Raises LinkError when it is unknown, used, void or too old."""
    found = Invitation.objects.filter(token_hash=hashed_token(token), expires_at__gt=at)
    invitation = found.select_related("party", "person").first()
    if invitation is None:
        raise LinkError
    return invitation


def accept_invitation(*, token: str, at: datetime) -> User:
    """Makes the account, gives the role, and gives back whom the link signs in. It works once.

    Raises LinkError.
    """
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",))
        invitation = locked.filter(token_hash=hashed_token(token), expires_at__gt=at).first()
        if invitation is None:
            raise LinkError
        account = ensure_account(email=invitation.email)
        if not account.is_active:
            raise LinkError
        if account.last_login is None:
            set_language(account=account, language=invitation.language)
        _give(invitation, account, at)
        invitation.delete()
    return account


def set_sign_in_rules(*, ledger_id: UUID, intent: Intent, rules: Mapping[str, str]) -> None:
    """What each role must show when signing in. Raises NotAllowedError."""

    def write(pen: Pen) -> Municipality:
        municipality = Municipality.objects.get(ledger_id=ledger_id)
        pen.set(municipality, sign_in_rules={role: one for role, one in rules.items() if one})
        return municipality

    commit_setting(ledger_id, "set_sign_in_rules", intent, write, dict(rules))


def _give(invitation: Invitation, account: User, at: datetime) -> None:
    """Writes role and person as one change, in the name of whoever comes."""

    def write(pen: Pen) -> Person | Membership | None:
        about: Person | Membership | None = None
        if invitation.person_id is not None:
            about = pen.get(Person, invitation.person_id)
            pen.set(about, account=account.pk)
        if invitation.role:
            held = Membership.objects.filter(
                ledger=pen.ledger, account=account.pk, role=invitation.role
            ).first()
            if held is None:
                held = pen.add(
                    Membership, account=account.pk, role=invitation.role, party=invitation.party
                )
            else:
                pen.set(held, party=invitation.party)
            about = held
        return about

    intent = Intent(actor=account.pk, at=at, cause=invitation.invited_by)
    commit(invitation.ledger_id, "accept_invitation", intent, write, {})


def _require_coordinator(ledger_id: UUID, by: UUID) -> None:
    member = member_by_account(by, ledger_id)
    if member is None or not member.has(*COORDINATORS):
        raise NotAllowedError("invite")
