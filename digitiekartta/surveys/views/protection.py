"""What everybody may read of a round's protection, made from its settings."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from digitiekartta.ui.cache.marks import public_page

from ..pages.protection import protection_page
from ..pages.respondent import Facts
from ..wording import wording_of
from .respondent_site import RespondentSite, respondent_frame, show, site_or_404

ROUND = "kierros"
"""The parameter that names a round, where there are several."""


@require_safe
def protection(request: HttpRequest, slug: str) -> HttpResponse:
    """Näin vastauksesi suojataan."""
    return _public(request, slug, "protection")


@require_safe
def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """The privacy notice of a round."""
    return _public(request, slug, "privacy_notice")


def _chosen(request: HttpRequest, site: RespondentSite) -> Facts:
    """The round that is asked for: the one to answer now, unless another is named."""
    named = request.GET.get(ROUND)
    if named is not None:
        try:
            return site.facts_of(UUID(named))
        except ValueError:
            raise Http404 from None
    if site.start.main is None:
        raise Http404(gettext("The staff have not been asked anything yet."))
    return site.start.main


def _public(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    site = site_or_404(slug)
    facts = _chosen(request, site)
    wording = wording_of(site.round(facts.id).wording)
    context = {
        "frame": respondent_frame(request, site.municipality, example=facts.example),
        "page": protection_page(facts, wording.scale, site.municipality.contact),
        "rounds": site.start.open if facts in site.start.open else (),
        "preview": False,
    }
    response = show(request, site, template, context)
    return public_page(response, scope=str(site.municipality.ledger_id), known_query=(ROUND,))
