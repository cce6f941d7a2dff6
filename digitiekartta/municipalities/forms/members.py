"""Roles and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.accounts.models import Person
from digitiekartta.documents.registry import Audience

from ..rules import Role
from ..words import PARTY_ROLES, ROLES
from .texts import choice_field

Choices = Sequence[tuple[str, str]]
VISIBILITIES = (
    (Audience.MEMBERS, _("The municipality's own people alone")),
    (Audience.PUBLIC, _("Everybody, where the municipality shows names")),
)


class RoleForm(forms.Form):
    """A role for somebody who is of the municipality already."""

    def __init__(self, *args: Any, accounts: Choices, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = choice_field(_("Who"), accounts, required=True)
        self.fields["role"] = choice_field(_("Role"), ROLES.items(), required=True)
        self.fields["party"] = choice_field(
            _("Represents"),
            parties,
            empty=_("The whole municipality"),
            hint=_("The sector of a team member or of a head."),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role, party = values.get("role"), values.get("party")
        if role == Role.HEAD and not party:
            self.add_error("party", _("Choose the sector that the head answers for."))
        if role and party and Role(role) not in PARTY_ROLES:
            values["party"] = ""
        return values

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the service's arguments."""
        held = self.cleaned_data
        return {
            "account_id": UUID(held["account"]),
            "role": Role(held["role"]),
            "party_id": UUID(held["party"]) if held["party"] else None,
        }


class PersonForm(forms.Form):
    """Somebody who can be responsible."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give the name.")}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Reminders go here. Only the digital team sees it."),
        error_messages={"invalid": _("Write the address as name@example.fi.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may read the name"), choices=VISIBILITIES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, person: Person | None, accounts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = choice_field(
            _("Account"),
            accounts,
            empty=_("No account"),
            hint=_("A person without an account reports by a personal link, or on behalf."),
        )
        held = person or Person()
        for name in ("name", "email", "account"):
            self.fields[name].initial = getattr(held, name) or ""
        self.fields["audience"].initial = held.audience or Audience.PUBLIC

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the person's fields."""
        held = self.cleaned_data
        return {
            "name": held["name"],
            "email": held["email"],
            "audience": held["audience"],
            "account": UUID(held["account"]) if held["account"] else None,
        }
