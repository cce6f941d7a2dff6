"""The coordinator's pages for the tests: who signs in, and what a page's form carries along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import Role
from tests.kauhava import intent
from tests.pages import Page


def member(ledger_id: Any, role: Role | None, email: str) -> Any:
    """Somebody with an account, with or without a role in the municipality."""
    user = get_user_model().objects.create_user(email=email)
    if role is not None:
        municipalities.grant_role(
            ledger_id=ledger_id, intent=intent(), account_id=user.pk, role=role
        )
    return user


def stamped(page: Page, **fields: Any) -> dict[str, Any]:
    """What a page's form carries along, with what is filled in."""
    hidden = {
        name: str(page.all(f"main input[name={name}]")[0]["value"]) for name in ("revision", "key")
    }
    return {**hidden, **fields}
