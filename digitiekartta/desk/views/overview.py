"""Tilanne: the coordinator's overview, with a way into each thing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from digitiekartta.accounts.services import links_asked_for
from digitiekartta.history.queries import revision_of
from digitiekartta.municipalities.inside import Inside, for_members
from digitiekartta.municipalities.permissions import TEAM, NotAllowedError
from digitiekartta.municipalities.queries import names_of
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps.queries import working_plan
from digitiekartta.ui.clock import now

from ..pages.overview import happenings
from ..pages.sector import concerns_of
from ..queries import all_cases, entries_since, sectors_of, silence_days
from ..services import note_visit
from ..words import kind_words
from .reading import plan_or_404, show, today

READERS = (*TEAM, Role.HEAD, Role.MANAGEMENT)


@for_members
def overview(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What is late and why, what waits for whom, what happened since the last visit."""
    if not inside.member.has(*READERS):
        raise NotAllowedError("overview")
    plan, days = plan_or_404(inside), silence_days(inside.municipality)
    revision = revision_of(inside.ledger_id)
    since = note_visit(
        account_id=inside.member.actor, ledger_id=inside.ledger_id, revision=revision, at=now()
    )
    entries = entries_since(inside.member, since)
    names = names_of(inside.ledger_id, {one.actor for one in entries if one.actor})
    working = working_plan(inside.ledger_id, audience=inside.member.audience, on=today())
    undecided = [one for one in working.plan.actions if one.id in working.undecided]
    context: dict[str, Any] = {
        "concerns": concerns_of(all_cases(inside.member, plan), today(), days),
        "news": happenings(entries, {one.id: one for one in working.plan.actions}, names),
        "kind_words": kind_words,
        "undecided": undecided,
        "asked": list(links_asked_for(inside.ledger_id)) if inside.member.has(*TEAM) else [],
        "sectors": list(sectors_of(inside.ledger_id)),
        "silence": days,
        "plan": plan,
    }
    return show(request, inside, "overview", context, live=True)
