"""Inviting somebody, and what roles must show when signing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.accounts.rules import Requirement

from ..rules import Role
from ..words import LANGUAGE_CHOICES, PARTY_ROLES, ROLES

Choices = Sequence[tuple[str, str]]
REQUIREMENTS = {
    Requirement.SECOND_FACTOR: _("A second factor: a passkey or an authenticator app"),
    Requirement.ORGANISATION: _("The organisation's own sign-in"),
}


class InvitationForm(forms.Form):
    """Whom, into which role, for which party."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write the address to invite."),
            "invalid": _("Write an e-mail address such as nimi@kunta.fi."),
        },
    )

    def __init__(
        self, *args: Any, languages: Sequence[str], parties: Choices, people: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            required=False,
            choices=[("", _("No role: responsible for actions of her own")), *ROLES.items()],
        )
        self.fields["party"] = forms.ChoiceField(
            label=_("Represents"),
            required=False,
            choices=[("", _("The whole municipality")), *parties],
            help_text=_("The sector of a team member or of a head."),
        )
        self.fields["person"] = forms.ChoiceField(
            label=_("Person"),
            required=False,
            choices=[("", _("Nobody who is listed yet")), *people],
            help_text=_("Then the actions of that person are hers when she signs in."),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the invitation"),
            choices=[one for one in LANGUAGE_CHOICES if one[0] in languages],
            initial=languages[0] if languages else "fi",
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role = values.get("role")
        if role == Role.HEAD and not values.get("party"):
            self.add_error("party", _("Choose the sector that the head answers for."))
        if not role and not values.get("person"):
            self.add_error("role", _("Choose a role, or the person that she is."))
        if role and Role(role) not in PARTY_ROLES:
            values["party"] = ""
        return values

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the service's arguments."""
        held = self.cleaned_data
        return {
            "email": held["email"].strip().lower(),
            "language": held["language"],
            "role": Role(held["role"]) if held["role"] else None,
            "party_id": UUID(held["party"]) if held["party"] else None,
            "person_id": UUID(held["person"]) if held["person"] else None,
        }


class DemandsForm(forms.Form):
    """What each role must show. ``own`` are the roles of whoever sets them, ``shown`` what she has
    shown: nobody may shut herself out."""

    def __init__(
        self,
        *args: Any,
        rules: Mapping[str, str],
        organisation: bool,
        own: frozenset[Role],
        met: Mapping[str, bool],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._own, self._met = own, met
        offered = [
            (str(one), word)
            for one, word in REQUIREMENTS.items()
            if organisation or one is not Requirement.ORGANISATION
        ]
        for role, word in ROLES.items():
            self.fields[str(role)] = forms.ChoiceField(
                label=word,
                required=False,
                choices=[("", _("Any way of signing in")), *offered],
                initial=rules.get(role, ""),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for role in self._own:
            demand = values.get(str(role))
            if demand and not self._met.get(demand):
                self.add_error(
                    str(role),
                    _("This is your own role: sign in so first, or you shut yourself out."),
                )
        return values
