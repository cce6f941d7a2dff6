"""The statements that the law asks for: accessibility and privacy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..pages.statements import statement_page
from .pages import render_page


def accessibility(request: HttpRequest, slug: str) -> HttpResponse:
    return render_page(
        request, slug, "accessibility", lambda plan: {"page": statement_page(plan, feedback=True)}
    )


def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    return render_page(request, slug, "privacy", lambda plan: {"page": statement_page(plan)})
