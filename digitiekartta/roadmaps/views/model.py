"""Toimintamalli: who owns, who decides, when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ..comparing import own_authorities
from ..pages.clock_ring import clock_ring
from ..pages.model import model_page
from ..plan.entities import Plan
from .done import done_by
from .own_side import ways_in_roadmap
from .pages import Reading, render_page, site_or_404


def model(request: HttpRequest, slug: str) -> HttpResponse:
    """Who owns, approves, keeps and carries out; whose decision; the year's dates."""
    site = site_or_404(slug)

    def build(plan: Plan) -> dict[str, Any]:
        page = model_page(plan, own_authorities(site.ledger_id))
        return {"page": page, "ring": clock_ring(page.clock, get_language() or "fi")}

    def own(reading: Reading) -> dict[str, Any]:
        return {"ways": ways_in_roadmap(reading), "done": done_by(request, reading)}

    return render_page(request, slug, "model", build, also=own)
