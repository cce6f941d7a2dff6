"""The frame of a page that somebody came to from her mail, without signing in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from digitiekartta.municipalities.framing import Shown, identity_of, municipality_frame
from digitiekartta.municipalities.models import Municipality


def show(
    request: HttpRequest,
    municipality: Municipality,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page in the municipality's frame, never kept and in no search engine."""
    frame = municipality_frame(request, identity_of(municipality), Shown(to_anybody=True))
    values = {
        "frame": frame,
        "layout": "ui/frame.html",
        "municipality": municipality,
        "slug": municipality.slug,
        **context,
    }
    response = render(request, f"notices/{template}.html", values, status=status)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def is_one_press(request: HttpRequest) -> bool:
    """Whether a mail program sent the one press of RFC 8058."""
    return request.POST.get("List-Unsubscribe") == "One-Click"
