"""Toimintamalli: who owns, who decides, when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..comparing import own_authorities
from ..pages.model import model_page
from .pages import render_page, site_or_404


def model(request: HttpRequest, slug: str) -> HttpResponse:
    site = site_or_404(slug)
    return render_page(
        request,
        slug,
        "model",
        lambda plan: {"page": model_page(plan, own_authorities(site.ledger_id))},
    )
