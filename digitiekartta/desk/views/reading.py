"""What the desk's pages have in common: the plan on which day, the frame, the fragment."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from digitiekartta.history.models import Entry
from digitiekartta.history.queries import revision_of
from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import Inside, show_inside
from digitiekartta.roadmaps.own_words import own_words
from digitiekartta.roadmaps.plan.entities import Plan
from digitiekartta.roadmaps.queries import NoRoadmapError
from digitiekartta.ui.clock import now

from ..queries import plan_for
from ..words import TASKS

STYLES = ("desk/desk.css",)
SCRIPTS = ("desk/rows.js",)
DONE = "tehty"


def today() -> datetime.date:
    return now().date()


def plan_or_404(inside: Inside) -> Plan:
    """The valid plan as the member may read it. Raises Http404 where there is no roadmap yet."""
    try:
        return plan_for(inside.member, today())
    except NoRoadmapError:
        raise Http404(gettext("The municipality has not made its roadmap yet.")) from None


def show(
    request: HttpRequest,
    inside: Inside,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    live: bool = False,
) -> HttpResponse:
    """A page of the desk; ``live``: it follows what happens while it is open."""
    fragment = request.GET.get("osa") == "sisalto"
    shown = Shown(
        revision=revision_of(inside.ledger_id) if live else None, styles=STYLES, scripts=SCRIPTS
    )
    own = own_words(inside.municipality.wordings)
    values = {
        "layout": "ui/fragment.html" if fragment else "ui/frame.html",
        "situation_words": own.situations,
        "status_words": own.statuses,
        "task_words": TASKS,
        "today": today(),
        **context,
    }
    return show_inside(request, inside, f"desk/{template}.html", values, status=status, shown=shown)


def written_by_reader(request: HttpRequest, inside: Inside) -> Entry | None:
    """The reader's own write that the address names (``?tehty=<revision>``)."""
    written = request.GET.get(DONE, "")
    if not written.isascii() or not written.isdigit():
        return None
    return Entry.objects.filter(
        ledger_id=inside.ledger_id, revision=int(written[:15]), actor=inside.member.actor
    ).first()


def as_uuid(given: str) -> UUID:
    """Raises BadRequest for what is no id."""
    try:
        return UUID(given)
    except ValueError:
        raise BadRequest from None
