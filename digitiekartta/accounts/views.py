"""Signing in by a one-time link, and out."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from digitiekartta.ui.clock import now
from digitiekartta.ui.framing import bare_frame

from .rules import LinkError
from .services import use_sign_in_link


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Opening the link changes nothing, since mail scanners open links; one press signs in."""
    if request.method != "POST":
        return _page(request, "sign_in", 200)
    try:
        account = use_sign_in_link(token=token, at=now())
    except LinkError:
        return _page(request, "link_failed", 404)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(reverse("roadmaps:front"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ends the session."""
    logout(request)
    return redirect(reverse("roadmaps:front"))


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    context = {"frame": bare_frame(request)}
    response = render(request, f"accounts/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response
