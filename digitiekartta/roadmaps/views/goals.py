"""Tavoitteet: why these actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from ..own_words import own_words
from ..pages.goals import goals_page
from .done import done_by
from .own_side import ways_in_roadmap, ways_to_goals
from .pages import Reading, render_page


def goals(request: HttpRequest, slug: str) -> HttpResponse:
    """The vision, the goals with their indicators, and what is done for each."""

    def own(reading: Reading) -> Mapping[str, Any]:
        return {
            "ways": ways_in_roadmap(reading),
            "goal_ways": ways_to_goals(reading),
            "done": done_by(request, reading),
        }

    return render_page(
        request,
        slug,
        "goals",
        lambda plan: {
            "page": goals_page(plan),
            "words": own_words(plan.municipality.wordings),
        },
        also=own,
    )
