"""The form as its respondents will meet it, for the coordinator. Nothing can be sent from it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digitiekartta.ui.clock import now

from ..models import RoundUnit
from ..pages.asking import Ticket, form_page, wording_of_draft
from ..pages.respondent import facts_of
from ..rules import Way
from ..wording import wording_of
from .respondent_site import respondent_frame
from .rounds_desk import Desk, at_desk


@require_safe
@at_desk
def preview(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """A draft's form as it would be if it opened now; of another round, the form as it is asked."""
    one = desk.round(round_id)
    perspectives = one.framework.perspectives.order_by("number")
    wording = wording_of(one.wording) if one.wording else wording_of_draft(one, perspectives)
    ways = RoundUnit.objects.filter(round=one, headcount__gt=0).values_list("way", flat=True)
    facts = facts_of(one, {Way(way) for way in ways}, now())
    context = {
        "frame": respondent_frame(
            request, desk.municipality, example=one.example, opened=False, to_anybody=False
        ),
        "slug": desk.slug,
        "municipality": desk.municipality,
        "page": form_page(facts, wording, Ticket(), {}, preview=True),
        "telling": None,
        "fault": "",
        "languages": [],
    }
    return render(request, "surveys/form.html", context)
