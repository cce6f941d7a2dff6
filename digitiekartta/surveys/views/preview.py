"""What respondents will meet, for the coordinator. Nothing can be sent from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digitiekartta.ui.clock import now

from ..models import Round, RoundUnit
from ..pages.asking import Ticket, form_page, wording_of_draft
from ..pages.protection import protection_page
from ..pages.respondent import Facts, facts_of
from ..rules import Way
from ..wording import Wording, wording_of
from .respondent_site import respondent_frame
from .rounds_desk import Desk, at_desk


@require_safe
@at_desk
def preview(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """A draft's form as it would be if it opened now; of another round, the form as it is asked."""
    one = desk.round(round_id)
    page = form_page(_facts(one), _wording(one), Ticket(), {}, preview=True)
    context: dict[str, Any] = {"page": page, "telling": None, "fault": "", "languages": []}
    return _shown(request, desk, one, "form", context)


@require_safe
@at_desk
def protection(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """How the answers to a draft will be protected."""
    return _public_page(request, desk, round_id, "protection")


@require_safe
@at_desk
def privacy(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """The privacy notice that a draft will have."""
    return _public_page(request, desk, round_id, "privacy_notice")


def _public_page(
    request: HttpRequest, desk: Desk, round_id: UUID, template: str
) -> HttpResponseBase:
    one = desk.round(round_id)
    page = protection_page(_facts(one), _wording(one).scale, desk.municipality.contact)
    return _shown(request, desk, one, template, {"page": page, "rounds": ()})


def _facts(one: Round) -> Facts:
    ways = RoundUnit.objects.filter(round=one, headcount__gt=0).values_list("way", flat=True)
    return facts_of(one, {Way(way) for way in ways}, now())


def _wording(one: Round) -> Wording:
    if one.wording:
        return wording_of(one.wording)
    return wording_of_draft(one, one.framework.perspectives.order_by("number"))


def _shown(
    request: HttpRequest, desk: Desk, one: Round, template: str, context: Mapping[str, Any]
) -> HttpResponseBase:
    values = {
        "frame": respondent_frame(
            request, desk.municipality, example=one.example, opened=False, to_anybody=False
        ),
        "slug": desk.slug,
        "municipality": desk.municipality,
        "preview": True,
        **context,
    }
    return render(request, f"surveys/{template}.html", values)
