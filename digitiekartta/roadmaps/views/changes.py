"""Muutokset: the approved versions, the difference between two dates, and the feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from digitiekartta.ui.cache.marks import public_page

from .. import comparing
from ..describing import describe
from ..feed import feed_of
from ..pages.changes import ChangesPage, Period, changes_page, shortcuts
from ..pages.difference import FIRST, LAST, DifferencePage, read_dates
from ..plan.entities import Plan
from ..queries import Site
from .pages import public_plan, render_page, site_or_404

ATOM = "application/atom+xml; charset=utf-8"
TYPED = 20


def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was decided, or what changed between two dates where they are asked."""
    site = site_or_404(slug)
    if FIRST in request.GET or LAST in request.GET:
        return _difference(request, site)
    return render_page(
        request, slug, "changes", lambda plan: {"page": _page(site, plan)}, query=(FIRST, LAST)
    )


def _page(site: Site, plan: Plan) -> ChangesPage:
    return changes_page(
        plan,
        comparing.public_versions(site.ledger_id, plan.versions),
        comparing.public_today(site.ledger_id, plan.roadmap.id),
        comparing.public_since(site.ledger_id, plan.roadmap.id),
        get_language() or "fi",
    )


def _difference(request: HttpRequest, site: Site) -> HttpResponse:
    typed = [request.GET.get(name, "").strip()[:TYPED] for name in (FIRST, LAST)]
    return render_page(
        request,
        site.slug,
        "difference",
        lambda plan: {"page": _compare(site, plan, *typed)},
        query=(FIRST, LAST),
    )


def _compare(site: Site, plan: Plan, first: str, last: str) -> DifferencePage:
    since = comparing.public_since(site.ledger_id, plan.roadmap.id)
    period = Period(since or plan.on, plan.on)
    asked = read_dates(first, last, period)
    changed = None
    if not asked.faults and asked.first and asked.last:
        before = comparing.public_on(site.ledger_id, plan.roadmap.id, asked.first)
        after = comparing.public_on(site.ledger_id, plan.roadmap.id, asked.last)
        both = comparing.compared(before, after)
        changed = describe(both.changes, before, after, get_language() or "fi")
    return DifferencePage(asked, changed, period, shortcuts(plan, period))


def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed of decisions, progress and schedule changes, for feed readers."""
    site = site_or_404(slug)
    plan = public_plan(site)
    language = get_language() or "fi"
    moves = comparing.schedule_changes(site.ledger_id, {one.id: one.span for one in plan.actions})
    content = feed_of(plan, moves, language, request.build_absolute_uri)
    response = HttpResponse(content, content_type=ATOM)
    return public_page(response, scope=str(site.ledger_id))
