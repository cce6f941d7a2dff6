"""What stands on the page of invitations, and in the mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from digitiekartta.accounts.mail import Mail

from ..models import Invitation
from ..rules import Role
from ..words import ROLES


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has accepted."""

    id: UUID
    email: str
    role: Any
    party: Mapping[str, str] | None
    person: str
    invited_at: datetime
    expires_at: datetime
    expired: bool


def invitation_rows(found: Iterable[Invitation], at: datetime) -> tuple[InvitationRow, ...]:
    """Invitations as they are listed."""
    return tuple(
        InvitationRow(
            id=one.pk,
            email=one.email,
            role=ROLES[Role(one.role)] if one.role else "",
            party=one.party.name if one.party else None,
            person=one.person.name if one.person else "",
            invited_at=one.invited_at,
            expires_at=one.expires_at,
            expired=one.expires_at <= at,
        )
        for one in found
    )


def invitation_mail(link: str, municipality: str, language: str) -> Mail:
    """The mail that brings an invitation."""
    with translation.override(language):
        lines = (
            gettext("You are invited to work on the digital roadmap: %(name)s.")
            % {"name": municipality},
            gettext("Open the link and press the button. It works once and for seven days:"),
            f"    {link}",
            gettext(
                "You need no password: later you sign in by a code that is sent to this address. "
                "If you did not expect an invitation, do nothing."
            ),
        )
        return Mail(
            gettext("Invitation to the digital roadmap: %(name)s") % {"name": municipality},
            "\n\n".join(lines) + "\n",
        )
