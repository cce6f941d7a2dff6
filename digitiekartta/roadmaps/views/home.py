"""Etusivu: where are we, what happened, what is next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from digitiekartta.municipalities.rules import Feature, is_on
from digitiekartta.surveys.queries import announced_round
from digitiekartta.ui.clock import now

from ..own_words import own_words
from ..pages.home import home_page
from ..plan.entities import Plan
from .done import done_by
from .own_side import ways_in_roadmap
from .pages import Reading, render_page


def home(request: HttpRequest, slug: str) -> HttpResponse:
    def build(plan: Plan) -> dict[str, Any]:
        on = plan.municipality.features
        return {
            "page": home_page(plan),
            "words": own_words(plan.municipality.wordings),
            "survey": announced_round(slug, now()) if is_on(on, Feature.SURVEYS) else None,
            "shows_levels": is_on(on, Feature.LEVELS),
        }

    def own(reading: Reading) -> dict[str, Any]:
        return {"ways": ways_in_roadmap(reading), "done": done_by(request, reading)}

    return render_page(request, slug, "home", build, also=own)
