"""Haku: what the roadmap says about something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..own_words import own_words
from ..pages.search import QUERY, clean_query, search_page
from .pages import render_page


def search(request: HttpRequest, slug: str) -> HttpResponse:
    query = clean_query(request.GET.get(QUERY, ""))
    language = get_language() or "fi"
    return render_page(
        request,
        slug,
        "search",
        lambda plan: {
            "page": search_page(plan, query, language),
            "situations": own_words(plan.municipality.wordings).situations,
        },
        query=(QUERY,),
    )
