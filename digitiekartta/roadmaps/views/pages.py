"""How a public page is answered: today's plan, the page made of it, the frame around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.ui.cache.marks import public_page
from digitiekartta.ui.clock import now

from ..plan.entities import Plan
from ..queries import NoRoadmapError, Site, plan_of, published_site
from .frame import frame_of

FRAGMENT = "osa"
FRAGMENTS = ("sisalto",)


def site_or_404(slug: str) -> Site:
    """The published site of a slug. A municipality that is not published is as one that is not."""
    site = published_site(slug)
    if site is None:
        raise Http404(gettext("There is no such municipality here."))
    return site


def public_plan(site: Site) -> Plan:
    """What everybody may read today. Raises Http404 where there is no roadmap yet."""
    try:
        return plan_of(site.ledger_id, audience=Audience.PUBLIC, on=now().date())
    except NoRoadmapError:
        raise Http404(gettext("The municipality has not published its roadmap yet.")) from None


def render_page(
    request: HttpRequest,
    slug: str,
    template: str,
    build: Callable[[Plan], Mapping[str, Any]],
    *,
    query: tuple[str, ...] = (),
) -> HttpResponse:
    """A public page: ``build`` makes what the template shows of the plan.

    ``query`` are the parameters that the page knows; the page cache keeps one page for each
    combination of them. ``?osa=sisalto`` gives the page's main part alone, to live pages.
    """
    site = site_or_404(slug)
    plan = public_plan(site)
    if get_language() not in plan.municipality.languages:
        raise Http404(gettext("The roadmap is not available in this language."))
    context = {
        "frame": frame_of(request, plan),
        "layout": _layout(request),
        "plan": plan,
        "slug": slug,
        **build(plan),
    }
    response = render(request, f"roadmaps/{template}.html", context)
    return public_page(response, scope=str(site.ledger_id), known_query=(*query, FRAGMENT))


def _layout(request: HttpRequest) -> str:
    return "ui/fragment.html" if request.GET.get(FRAGMENT) in FRAGMENTS else "ui/frame.html"
