"""The first coordinator: an account, a role and a one-time link, from the command line."""

from __future__ import annotations

from datetime import datetime

from digitiekartta.accounts.services import ensure_account, make_sign_in_link
from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.rules import Role
from digitiekartta.municipalities.services import grant_role


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
