"""What is typed when signing in and in one's own account. Errors keep what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from .models import User
from .rules import SHORTEST_PASSWORD

LANGUAGES = (("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English")))


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as nimi@kunta.fi."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class EmailForm(forms.Form):
    """Asking for a code."""

    email = _email()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class CodeForm(forms.Form):
    """Typing a code that was e-mailed, or that an app shows."""

    code = forms.CharField(
        label=_("The code"),
        max_length=40,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "off",
                "spellcheck": "false",
                "class": "w-m",
            }
        ),
    )


class PasswordForm(EmailForm):
    """Signing in by a password."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Type your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password. It is typed once: whoever errs signs in by a code and sets another."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Several ordinary words are easy to remember."),
        min_length=SHORTEST_PASSWORD,
        max_length=200,
        strip=False,
        error_messages={
            "required": _("Type a password."),
            "min_length": _("The password is too short: it must have at least 12 characters."),
        },
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            password_validation.validate_password(password, self._account)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("The password is too easy to guess. Choose another.")
            ) from None
        return password


class LanguageForm(forms.Form):
    """The language of mails."""

    language = forms.ChoiceField(
        label=_("Language of e-mails"), choices=LANGUAGES, widget=forms.RadioSelect
    )


class PasskeyForm(forms.Form):
    """A new passkey, as the browser has made it."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it later: the name of the device, for instance."),
        max_length=60,
        error_messages={"required": _("Give the passkey a name.")},
    )
    credential = forms.JSONField(widget=forms.HiddenInput, required=False)
