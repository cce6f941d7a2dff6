"""Etusivu: where are we, what happened, what is next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .. import words
from ..pages.home import home_page
from .pages import render_page


def home(request: HttpRequest, slug: str) -> HttpResponse:
    return render_page(
        request, slug, "home", lambda plan: {"page": home_page(plan), "words": words}
    )
