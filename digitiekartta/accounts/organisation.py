"""The organisation's own sign-in (OpenID Connect): who comes back from it."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest

from .models import User


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets allauth do the protocol, and takes over as soon as it is known who came."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Signs in, ties the organisation's name to the account that is signed in, or says no."""
        from .views.organisation import came_back  # noqa: PLC0415 -- views are above

        raise ImmediateHttpResponse(came_back(request, sociallogin))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Cancelled, or the provider does not answer as it should."""
        from .views.organisation import failed  # noqa: PLC0415

        raise ImmediateHttpResponse(failed(request))


def account_of(sociallogin: Any) -> User | None:
    """The account of whoever came from the organisation's sign-in: the one tied to it, else that of
    her e-mail address, where the provider has verified it or the settings trust its addresses.
    """
    if sociallogin.is_existing:
        found: User | None = User.objects.filter(pk=sociallogin.user.pk, is_active=True).first()
        return found
    trusted = getattr(settings, "OIDC_TRUST_EMAIL", False)
    for one in sociallogin.email_addresses:
        if one.verified is True or trusted:
            by_address = User.objects.filter(email=one.email.lower(), is_active=True).first()
            if by_address is not None and not _tied(by_address):
                return by_address
    return None


def _tied(account: User) -> bool:
    """Somebody of the organisation has the account already: it is not given to another, whom the
    organisation may have given the address anew."""
    return bool(SocialAccount.objects.filter(user=account).exists())


def tie(account: User, sociallogin: Any) -> bool:
    """Remembers whose account it is by the organisation's own lasting name, which an address is
    not. Nothing else of what the organisation tells is kept. Whether the account is hers now."""
    provider, uid = sociallogin.account.provider, sociallogin.account.uid
    held = SocialAccount.objects.filter(provider=provider, uid=uid).first()
    if held is not None:
        return bool(held.user_id == account.pk)
    if _tied(account):
        return False
    SocialAccount.objects.create(user=account, provider=provider, uid=uid, extra_data={})
    return True


def is_tied(account: User) -> bool:
    """Whether the organisation's own sign-in leads to the account."""
    return _tied(account)
