"""Muutokset: the approved versions, the difference between two dates, and the feed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from digitiekartta.documents.changes import diff
from digitiekartta.documents.document import Document
from digitiekartta.ui.cache.marks import public_page

from .. import comparing
from ..describing import Description, describe
from ..feed import feed_of
from ..moves import ScheduleChange
from ..pages.changes import ChangesPage, Period, Record, changes_page, reasons_of, shortcuts
from ..pages.difference import FIRST, LAST, Asked, DifferencePage, not_public, read_dates
from ..pages.typed import one_line
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
    record = Record(
        approved=comparing.public_versions(site.ledger_id, plan.versions),
        today=comparing.public_today(site.ledger_id, plan.roadmap.id),
        since=comparing.public_since(site.ledger_id, plan.roadmap.id),
        moves=_moves(site, plan),
    )
    return changes_page(plan, record, get_language() or "fi")


def _moves(site: Site, plan: Plan) -> tuple[ScheduleChange, ...]:
    spans = {one.id: one.span for one in plan.actions}
    return comparing.schedule_changes(site.ledger_id, spans)


def _difference(request: HttpRequest, site: Site) -> HttpResponse:
    """What changed between two dates; with status 400 and the form where a date has a fault."""
    typed = [one_line(request.GET.get(name, ""), TYPED) for name in (FIRST, LAST)]
    made: list[DifferencePage] = []

    def build(plan: Plan) -> dict[str, DifferencePage]:
        made.append(_compare(site, plan, *typed))
        return {"page": made[0]}

    response = render_page(request, site.slug, "difference", build, query=(FIRST, LAST))
    if made[0].asked.faults:
        response.status_code = 400
    return response


def _compare(site: Site, plan: Plan, first: str, last: str) -> DifferencePage:
    since = comparing.public_since(site.ledger_id, plan.roadmap.id)
    period = Period(since or plan.on, plan.on)
    asked = read_dates(first, last, period)
    documents: list[Document] = []
    for name, day in ((FIRST, asked.first), (LAST, asked.last)):
        if day is None or asked.faults:
            break
        try:
            documents.append(comparing.public_on(site.ledger_id, plan.roadmap.id, day))
        except comparing.NotPublicThenError:
            asked = not_public(asked, name)
    changed = None
    if not asked.faults:
        changed = _described(site, plan, asked, *documents)
    return DifferencePage(asked, changed, period, shortcuts(plan, period))


def _described(
    site: Site, plan: Plan, asked: Asked, before: Document, after: Document
) -> Description:
    first, last = asked.first or plan.on, asked.last or plan.on
    reasons = reasons_of(plan, _moves(site, plan), lambda move: first < move.on <= last)
    return describe(diff(before, after), before, after, get_language() or "fi", reasons)


def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed of decisions, progress and schedule changes, for feed readers."""
    site = site_or_404(slug)
    plan = public_plan(site)
    language = get_language() or "fi"
    if language not in plan.municipality.languages:
        raise Http404(gettext("The roadmap is not available in this language."))
    content = feed_of(plan, _moves(site, plan), language, request.build_absolute_uri)
    response = HttpResponse(content, content_type=ATOM)
    return public_page(response, scope=str(site.ledger_id))
