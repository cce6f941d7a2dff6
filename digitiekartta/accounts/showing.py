"""How a page of signing in is shown: never kept. (No page tells its address to another site.)"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from digitiekartta.ui.frame import NavItem
from digitiekartta.ui.framing import bare_frame

from .models import User
from .rules import LimitError
from .services import count_try, network_of

Args = ParamSpec("Args")
_LONGEST_NEXT = 500


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page in the frame without a municipality. ``template`` names one of these pages, or one of
    another module by its folder."""
    frame = bare_frame(request)
    viewer = request.user if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else None
    if viewer is not None and viewer.is_authenticated:
        here = request.path == (address := reverse("accounts:account"))
        frame = dataclasses.replace(
            frame,
            account=(NavItem(gettext("My account"), address, here),),
            sign_out=NavItem(gettext("Sign out"), reverse("accounts:sign_out")),
        )
    name = template if "/" in template else f"accounts/{template}"
    response = render(request, f"{name}.html", {"frame": frame, **context}, status=status)
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """Marks an answer as nobody else's."""
    add_never_cache_headers(response)
    return response


def go(name: str, next_url: str = "") -> HttpResponseRedirect:
    """On to another page of these, taking along where somebody was going."""
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return HttpResponseRedirect(reverse(name) + query)


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a path, for a mail: under the public address where one is set."""
    public: str = settings.PUBLIC_URL
    return public + path if public else request.build_absolute_uri(path)


def next_of(request: HttpRequest) -> str:
    """Where somebody was going, as far as it is an address of this site; else nothing."""
    given = request.POST.get("next") or request.GET.get("next") or _came_from(request)
    safe = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if safe and len(given) <= _LONGEST_NEXT else ""


def _came_from(request: HttpRequest) -> str:
    """The page of this site that led here, such as one that was not found by a stranger; nothing
    where it is one of signing in, or where a form is sent."""
    came = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" or came.netloc != request.get_host():
        return ""
    if came.path.startswith("/k/"):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def count_address(request: HttpRequest, name: str) -> None:
    """Counts a try of the reader's network address. Raises LimitError beyond the limit."""
    count_try(name, network_of(request.META.get("REMOTE_ADDR", "")))


Own = Callable[Concatenate[HttpRequest, User, Args], HttpResponseBase]


def for_owner(view: Own[Args]) -> Callable[Concatenate[HttpRequest, Args], HttpResponseBase]:
    """A page of one's own account: whoever is not signed in is led to sign in first."""

    def answered(
        request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return go("accounts:sign_in", request.get_full_path())
        account = User.objects.get(pk=request.user.pk)
        try:
            return view(request, account, *args, **kwargs)
        except LimitError:
            return too_many(request)

    functools.update_wrapper(answered, view)
    return answered


def too_many(request: HttpRequest) -> HttpResponse:
    """There have been too many tries."""
    return show(request, "too_many", {}, 429)
