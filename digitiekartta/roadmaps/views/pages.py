"""How a public page is answered: today's plan, the page made of it, the frame around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.inside import inside_of
from digitiekartta.municipalities.permissions import Member
from digitiekartta.ui.cache.marks import public_page
from digitiekartta.ui.clock import now
from digitiekartta.ui.frame import Frame

from ..permissions import standings_in
from ..plan.entities import Plan
from ..queries import (
    NoRoadmapError,
    Site,
    plan_for_residents,
    plan_of,
    published_site,
    working_plan,
)
from ..rights import Deed, may
from .frame import frame_of

FRAGMENT = "osa"
FRAGMENTS = ("sisalto",)
PLAN, VALID, RESIDENT = "suunnitelma", "voimassa", "asukas"


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a page is made for, and the plan that she sees.

    ``member`` is None for everybody outside. ``undecided``: see ``queries.Working``; it is empty
    where the valid plan is shown. ``sees_working``: she may look at the working plan, in which
    ``proposals`` things wait for a decision.
    """

    site: Site
    plan: Plan
    member: Member | None = None
    undecided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sees_working: bool = False
    is_working: bool = False
    proposals: int = 0
    as_resident: bool = False
    """One of the municipality's own looks at what everybody will see."""

    def may(self, deed: str) -> bool:
        """Whether she may do something (the name of a ``Deed``) in the roadmap as a whole."""
        if self.member is None or self.as_resident:
            return False
        return may(Deed(deed), standings_in(self.member))


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


def reading_of(request: HttpRequest, slug: str) -> Reading:
    """Whom a page is made for and the plan that she sees.

    Raises Http404 for what is not published, except to the municipality's own.
    """
    inside = inside_of(request, slug)
    if inside is None:
        site = site_or_404(slug)
        return Reading(site, public_plan(site))
    site, member = Site(inside.ledger_id, slug), inside.member
    try:
        if request.GET.get(PLAN) == RESIDENT:
            plan = plan_for_residents(site.ledger_id, on=now().date())
            return Reading(site, plan, member, as_resident=True)
        return _for_member(site, member, valid=request.GET.get(PLAN) == VALID)
    except NoRoadmapError:
        raise Http404(gettext("The municipality has not published its roadmap yet.")) from None


def _for_member(site: Site, member: Member, *, valid: bool) -> Reading:
    """The working plan for those who work on it, unless they ask for the valid one."""
    audience, today = member.audience, now().date()
    sees_working = may(Deed.SEE_WORKING_PLAN, standings_in(member))
    if valid or not sees_working:
        plan = plan_of(site.ledger_id, audience=audience, on=today)
        return Reading(site, plan, member, sees_working=sees_working)
    working = working_plan(site.ledger_id, audience=audience, on=today)
    return Reading(
        site,
        working.plan,
        member,
        working.undecided,
        sees_working,
        is_working=True,
        proposals=working.proposals,
    )


def render_page(
    request: HttpRequest,
    slug: str,
    template: str,
    build: Callable[[Plan], Mapping[str, Any]],
    *,
    query: tuple[str, ...] = (),
    also: Callable[[Reading], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """A page of the roadmap: ``build`` makes what the template shows of the plan.

    ``query`` are the parameters that the page knows; the page cache keeps one page for each
    combination of them. ``?osa=sisalto`` gives the page's main part alone, to live pages.
    ``also`` adds what depends on who reads; the pages of the municipality's own are never kept.
    """
    reading = reading_of(request, slug)
    plan = reading.plan
    if get_language() not in plan.municipality.languages:
        raise Http404(gettext("The roadmap is not available in this language."))
    context = {
        "frame": _frame(request, reading),
        "layout": layout_of(request),
        "plan": plan,
        "reading": reading,
        "slug": slug,
        **build(plan),
        **(also(reading) if also is not None else {}),
    }
    response = render(request, f"roadmaps/{template}.html", context)
    if reading.member is None:
        scope = str(reading.site.ledger_id)
        return public_page(response, scope=scope, known_query=(*query, FRAGMENT))
    return _for_one_reader(request, response)


def _frame(request: HttpRequest, reading: Reading) -> Frame:
    inside = reading.member is not None and not reading.as_resident
    frame = frame_of(request, reading.plan, inside=inside)
    if reading.sees_working:
        frame = replace(frame, strip="roadmaps/parts/working_strip.html")
    if reading.as_resident:
        frame = replace(frame, notice=gettext("You are looking at the page as residents will."))
    return frame


def _for_one_reader(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is never kept. What is kept is compressed once, by the page cache; this, here.

    Tokens in forms are masked anew each time, and the answer's length varies (BREACH).
    """
    add_never_cache_headers(response)
    return GZipMiddleware(lambda _: response)(request)  # type: ignore[return-value]


def layout_of(request: HttpRequest) -> str:
    """The template that a page extends: the whole frame, or the main part alone for scripts."""
    return "ui/fragment.html" if request.GET.get(FRAGMENT) in FRAGMENTS else "ui/frame.html"
