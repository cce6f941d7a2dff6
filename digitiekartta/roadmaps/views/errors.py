"""What goes wrong, told clearly, with a way on."""

from __future__ import annotations

import re
from dataclasses import replace

from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from digitiekartta.documents.registry import Audience
from digitiekartta.ui.clock import now
from digitiekartta.ui.frame import Frame
from digitiekartta.ui.language import DEFAULT, PREFIXED, language_of

from ..queries import NoRoadmapError, plan_of, published_site
from .frame import bare_frame, frame_of

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, inside the municipality's frame where the address names a public one.

    A municipality that is not published is answered exactly as one that does not exist.
    """
    return _answer(request, 404, _message(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: made without the database, which may be what failed."""
    return _answer(request, 500)


def _answer(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    match = request.resolver_match
    if match is not None and not match.url_name:
        request.resolver_match = None  # an address without a name can't be told in other languages
    with translation.override(language_of(request.path_info)):
        frame = _outside(request) if status == 500 else _frame(request)
        context = {
            "frame": frame,
            "status": status,
            "message": message,
            # The same at every address, so that it tells of none whether there is a page.
            "sign_in_url": reverse("accounts:sign_in") if status == 404 else "",
        }
        return render(request, "ui/error.html", context, status=status)


def _message(exception: Exception) -> str:
    """The sentence that a view gave; Django's own messages are for developers."""
    first = exception.args[0] if exception.args else ""
    return first if isinstance(exception, Http404) and isinstance(first, str) else ""


def _frame(request: HttpRequest) -> Frame:
    slug = _first_part(request.path_info)
    try:
        site = published_site(slug) if _SLUG.fullmatch(slug) else None
        if site is None:
            return _outside(request)
        plan = plan_of(site.ledger_id, audience=Audience.PUBLIC, on=now().date())
    except (DatabaseError, NoRoadmapError):
        return _outside(request)
    languages = plan.municipality.languages
    if language_of(request.path_info) in languages:
        return frame_of(request, plan)
    with translation.override(next(iter(languages), DEFAULT)):
        home = reverse("roadmaps:home", args=[slug])
    return replace(bare_frame(request), home_url=home)


def _outside(request: HttpRequest) -> Frame:
    """The frame of no municipality; its way on is the front page in the address's language."""
    return replace(bare_frame(request), home_url=reverse("roadmaps:front"))


def _first_part(path: str) -> str:
    """The part of an address that names a municipality: the first after the language."""
    parts = [one for one in path.split("/") if one]
    if parts and parts[0] in PREFIXED:
        parts = parts[1:]
    return parts[0] if parts else ""
