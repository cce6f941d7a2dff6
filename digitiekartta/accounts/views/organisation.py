"""The organisation's own sign-in: to it, and back. allauth speaks the protocol."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_POST

from digitiekartta.ui.language import DEFAULT

from ..entering import enter
from ..models import User
from ..organisation import account_of, tie
from ..rules import Way
from ..showing import show

PROVIDER = "organisaatio"


@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the organisation's sign-in. ``next`` comes back with whoever went."""
    view = _protocol(provider_id).login
    with translation.override(DEFAULT):  # one address to come back to, whatever the language
        answer: HttpResponseBase = view(request, provider_id)
    return answer


def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the organisation's sign-in sends whoever it knows."""
    view = _protocol(provider_id).callback
    answer: HttpResponseBase = view(request, provider_id)
    return answer


def came_back(request: HttpRequest, sociallogin: Any) -> HttpResponseBase:
    """Signs in whoever the organisation knows, if an account is hers.

    Whoever is signed in already and came from her own account ties the two together.
    """
    next_url = sociallogin.state.get("next") or ""
    if sociallogin.state.get("process") == "connect":
        if not request.user.is_authenticated:
            return failed(request)
        tied = tie(User.objects.get(pk=request.user.pk), sociallogin)
        return show(request, "organisation_tied" if tied else "organisation_unknown", {})
    account = account_of(sociallogin)
    if account is None:
        return show(request, "organisation_unknown", {}, 403)
    tie(account, sociallogin)
    return enter(request, account, Way.ORGANISATION, next_url)


def failed(request: HttpRequest) -> HttpResponse:
    """It did not work, or was cancelled."""
    return show(request, "organisation_failed", {}, 400)


def _protocol(provider_id: str) -> Any:
    if not settings.OIDC_NAME or provider_id != PROVIDER:
        raise Http404
    from allauth.socialaccount.providers.openid_connect import views  # noqa: PLC0415 -- slow to load

    return views
