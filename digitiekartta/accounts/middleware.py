"""Who is signed in, and how; and that a session is in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from digitiekartta.ui.clock import now

from .models import User
from .sessions import USED_AT, WAYS


class SignedInMiddleware:
    """Tells an account how its session was signed in, and marks a session used, once an hour.

    Without a session cookie nothing is touched, so that pages for everybody can be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            return self.get_response(request)
        request.user = cast("User", SimpleLazyObject(lambda: who_is_signed_in(request)))
        response = self.get_response(request)
        if getattr(request, "signed_in", False) and not request.session.is_empty():
            _mark_used(request)
        return response


def who_is_signed_in(request: HttpRequest) -> object:
    """The account of a request's session with the ways in which it was shown, or nobody."""
    user = get_user(request)
    if isinstance(user, User):
        user.ways = frozenset(request.session.get(WAYS, ()))
        request.signed_in = True  # type: ignore[attr-defined]
    return user


def _mark_used(request: HttpRequest) -> None:
    hour = now().replace(minute=0, second=0, microsecond=0).isoformat()
    if request.session.get(USED_AT) != hour and request.user.is_authenticated:
        request.session[USED_AT] = hour
