"""The first coordinator: an account, a role and a one-time link, from the command line."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from digitiekartta.accounts.models import User
from digitiekartta.accounts.services import ensure_account, make_sign_in_link
from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.models import Membership, Municipality
from digitiekartta.municipalities.rules import Role
from digitiekartta.municipalities.services import grant_role, make_set_up_link

from .example.cast import CAST, ensure_cast, example_ledger
from .problems import ProblemError

FIRST = "koordinaattori@localhost"
"""The account that the first start gives the coordinator's role."""


def coordinator_token(*, slug: str, email: str, at: datetime) -> str:
    """Makes somebody the coordinator of a municipality; gives the token of a one-time link.

    Raises Municipality.DoesNotExist for an unknown slug.
    """
    municipality = Municipality.objects.get(slug=slug)
    account = ensure_account(email=email)
    grant_role(
        ledger_id=municipality.ledger_id,
        intent=Intent(actor=None, at=at, reason="Komentoriviltä"),
        account_id=account.pk,
        role=Role.COORDINATOR,
    )
    return make_sign_in_link(account=account, at=at)


def coordinator_link(*, slug: str, email: str, site: str, at: datetime) -> str:
    """The address of a coordinator's one-time link. ``site`` is the site's address, without a slash
    at its end. Raises ProblemError for an unknown municipality and for what is no e-mail address.
    """
    try:
        validate_email(email)
        token = coordinator_token(slug=slug, email=email, at=at)
    except ValidationError:
        raise ProblemError(f"{email!r} is not an e-mail address") from None
    except Municipality.DoesNotExist:
        raise ProblemError(f"there is no municipality {slug!r}") from None
    return site + reverse("accounts:sign_in_by_link", args=[token])


def first_link(*, site: str, at: datetime) -> str | None:
    """A link for the coordinator of the only municipality, where it has none yet."""
    slugs = list(Municipality.objects.values_list("slug", flat=True)[:2])
    if len(slugs) != 1 or Membership.objects.filter(role=Role.COORDINATOR).exists():
        return None
    token = coordinator_token(slug=slugs[0], email=FIRST, at=at)
    return site + reverse("accounts:sign_in_by_link", args=[token])


def cast_links(*, site: str, at: datetime) -> list[tuple[str, str]]:
    """Who each of the example's cast is, with a one-time link; the coordinator of the first start
    is one of them. Nothing where there is no example."""
    ledger_id = example_ledger()
    if ledger_id is None:
        return []
    accounts = ensure_cast(ledger_id=ledger_id, at=at)
    sides = [(one.label, accounts[one.key]) for one in CAST]
    first = User.objects.filter(email=FIRST, is_active=True).first()
    if first is not None and Membership.objects.filter(account=first.pk).exists():
        sides.insert(0, ("coordinator", first))
    return [
        (label, site + reverse("accounts:sign_in_by_link", args=[_token(account, at)]))
        for label, account in sides
    ]


def _token(account: User, at: datetime) -> str:
    return make_sign_in_link(account=account, at=at)


def set_up_link(*, site: str, at: datetime) -> str:
    """The address by which one new municipality is set up. ``site`` is as above."""
    return site + reverse("setting_up:new_by_link", args=[make_set_up_link(at=at)])
