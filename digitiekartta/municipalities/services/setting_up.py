"""A new municipality, by a one-time link or by the coordinator of the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from digitiekartta.accounts.rules import hashed_token, new_token
from digitiekartta.history.models import Entry
from digitiekartta.history.rules import Intent

from ..models import Membership, SetUpLink
from ..rules import Feature, Role
from .keeping import Text
from .members import grant_role
from .municipality import create_municipality

LINK_LIVES = timedelta(days=7)


class SetUpLinkError(ValueError):
    """A set-up link that does not work: unknown, used, or too old. Which one is not told."""


@dataclass(frozen=True, slots=True)
class NewMunicipality:
    """What a municipality begins with. ``small``: without everything that can be left out."""

    slug: str
    name: Text
    genitive: Text
    languages: Sequence[str]
    small: bool = True


def make_set_up_link(*, at: datetime) -> str:
    """A token by which one municipality can be set up within seven days. Only its hash is kept."""
    token = new_token()
    SetUpLink.objects.create(token_hash=hashed_token(token), expires_at=at + LINK_LIVES)
    return token


def set_up_link_works(*, token: str, at: datetime) -> bool:
    """Whether a token can be used."""
    links = SetUpLink.objects.filter(
        token_hash=hashed_token(token), used_at=None, expires_at__gt=at
    )
    return links.exists()


def set_up_municipality(
    *, new: NewMunicipality, account_id: UUID, at: datetime, token: str | None
) -> UUID:
    """A new municipality with its first coordinator; gives its ledger's id. Uses the token up.

    Without a token the caller knows that the account may: see ``may_set_up``. Raises
    SetUpLinkError and SlugTakenError; the link is then as it was.
    """
    with transaction.atomic():
        if token is not None:
            _use(token, at)
        intent = Intent(actor=account_id, at=at)
        ledger_id, _receipt = create_municipality(
            intent=intent,
            slug=new.slug,
            name=new.name,
            genitive=new.genitive,
            languages=list(new.languages),
            features={str(one): False for one in Feature} if new.small else {},
        )
        grant_role(ledger_id=ledger_id, intent=intent, account_id=account_id, role=Role.COORDINATOR)
    return ledger_id


def may_set_up(account_id: UUID) -> bool:
    """Whether an account is a coordinator of the installation's first municipality."""
    first = Entry.objects.filter(kind="create_municipality").order_by("at", "pk").first()
    return (
        first is not None
        and Membership.objects.filter(
            ledger_id=first.ledger_id, account=account_id, role=Role.COORDINATOR
        ).exists()
    )


def _use(token: str, at: datetime) -> None:
    links = SetUpLink.objects.select_for_update()
    link = links.filter(token_hash=hashed_token(token), used_at=None, expires_at__gt=at).first()
    if link is None:
        raise SetUpLinkError
    link.used_at = at
    link.save(update_fields=["used_at"])
