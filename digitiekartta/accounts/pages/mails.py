"""The texts of mails."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from ..mail import Mail
from ..rules import shown_code


def code_mail(code: str, site: str, language: str) -> Mail:
    """The mail that brings a sign-in code. The code stands in no subject: those show on locked
    screens."""
    with translation.override(language):
        return Mail(
            gettext("Sign-in code"),
            "\n\n".join(
                (
                    gettext("Your code for signing in to %(site)s:") % {"site": site},
                    f"    {shown_code(code)}",
                    gettext(
                        "Type it on the page where you asked for it. "
                        "It works once and for 10 minutes."
                    ),
                    gettext(
                        "If you did not ask for a code, do nothing: without it nobody gets in. "
                        "Never give the code to anybody."
                    ),
                )
            )
            + "\n",
        )
