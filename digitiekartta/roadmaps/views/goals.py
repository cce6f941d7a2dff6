"""Tavoitteet: why these actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..own_words import own_words
from ..pages.goals import goals_page
from .pages import render_page


def goals(request: HttpRequest, slug: str) -> HttpResponse:
    return render_page(
        request,
        slug,
        "goals",
        lambda plan: {
            "page": goals_page(plan),
            "words": own_words(plan.municipality.wordings),
        },
    )
