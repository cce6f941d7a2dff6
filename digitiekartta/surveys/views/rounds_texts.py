"""Ready texts to send, in each of the municipality's languages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from digitiekartta.ui.clock import now

from ..messages import Addresses, Turnout, letters
from ..models import Result, Round, RoundUnit
from ..pages.respondent import facts_of
from ..results import results_of
from ..rules import Way
from ..words import OCCASIONS, WAYS
from .rounds_desk import Desk, at_desk, show


@at_desk
def texts(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """All texts of a round in a language (``?kieli=sv``)."""
    one = desk.round(round_id)
    language = request.GET.get("kieli", get_language() or "fi")
    if language not in desk.municipality.languages:
        raise Http404
    ways = RoundUnit.objects.filter(round=one, headcount__gt=0).values_list("way", flat=True)
    facts = facts_of(one, {Way(way) for way in ways}, now())
    context = {
        "one": one,
        "language_of_texts": language,
        "letters": letters(facts, _addresses(request, desk, language), language, _turnout(one)),
        "occasions": OCCASIONS,
        "ways": WAYS,
        "links": RoundUnit.objects.filter(round=one, way=Way.OPEN_LINK).select_related("party"),
        "form": _addresses(request, desk, language).form,
    }
    return show(request, desk, "texts", context)


def _addresses(request: HttpRequest, desk: Desk, language: str) -> Addresses:
    site = site_of(request)
    with translation.override(language):
        return Addresses(
            form=site + reverse("surveys:form", args=[desk.slug]),
            protection=site + reverse("surveys:protection", args=[desk.slug]),
            results=site + reverse("results:list", args=[desk.slug]),
        )


def _turnout(one: Round) -> Turnout | None:
    """How many answered, from the frozen results."""
    frozen = Result.objects.filter(round=one).first()
    if frozen is None:
        return None
    root = results_of(frozen.content).root
    return None if root.respondents is None else Turnout(root.respondents, root.headcount)


def site_of(request: HttpRequest) -> str:
    """The site's address as people use it, without a slash at its end."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
