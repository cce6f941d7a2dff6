"""A person's own link, for whoever has no account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ..models import Person, PersonalLink
from ..rules import PERSONAL_LINK_LIVES, LinkError, hashed_token, new_token


def make_personal_link(*, person: Person, by: UUID | None, at: datetime) -> str:
    """The token of a new link; it is told once and not kept. Earlier links of the person end.

    Raises LinkError for somebody who has left.
    """
    if person.left_on is not None:
        raise LinkError
    working_links(person.ledger_id, at).filter(person=person).update(revoked_at=at)
    PersonalLink.objects.filter(person=person).update(asked_at=None)
    token = new_token()
    PersonalLink.objects.create(
        person=person,
        token_hash=hashed_token(token),
        made_by=by,
        made_at=at,
        expires_at=at + PERSONAL_LINK_LIVES,
    )
    return token


def holder_of(*, token: str, at: datetime) -> PersonalLink:
    """The link that a token opens, with its person. Changes nothing.

    Raises LinkError when it is unknown, revoked or too old, or the person has left.
    """
    link = (
        PersonalLink.objects.select_related("person")
        .filter(token_hash=hashed_token(token), revoked_at=None, expires_at__gt=at)
        .first()
    )
    if link is None or link.person.left_on is not None:
        raise LinkError
    return link


def ended_link(*, token: str) -> PersonalLink | None:
    """A link that was once: who holds its token may ask for a new one."""
    found = PersonalLink.objects.select_related("person").filter(token_hash=hashed_token(token))
    return found.filter(person__left_on=None).first()


def ask_for_link(*, token: str, at: datetime) -> None:
    """Notes that whoever held a link wants a new one. Raises LinkError for an unknown token."""
    link = ended_link(token=token)
    if link is None:
        raise LinkError
    PersonalLink.objects.filter(pk=link.pk, asked_at=None).update(asked_at=at)


def note_use(*, link: PersonalLink, at: datetime) -> None:
    """Notes that something was written by a link."""
    PersonalLink.objects.filter(pk=link.pk).update(used_at=at)


def revoke_personal_links(*, ledger_id: UUID, person_id: UUID, at: datetime) -> int:
    """Ends a person's links at once; how many there were."""
    return working_links(ledger_id, at).filter(person_id=person_id).update(revoked_at=at)


def working_links(ledger_id: UUID, at: datetime) -> QuerySet[PersonalLink]:
    """The links of a municipality that open."""
    found = PersonalLink.objects.filter(person__ledger_id=ledger_id, revoked_at=None)
    return found.filter(expires_at__gt=at)


def links_asked_for(ledger_id: UUID) -> QuerySet[PersonalLink]:
    """The ended links whose holders wait for a new one."""
    found = PersonalLink.objects.select_related("person").filter(person__ledger_id=ledger_id)
    return found.filter(~Q(asked_at=None), person__left_on=None)
