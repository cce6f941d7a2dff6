"""Päätöstä odottavat muutokset: the difference between the working and the valid plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import Inside, Stamp, for_members, show_inside
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.ui.clock import now
from digitiekartta.ui.environment import active_language

from ..comparing import own_authorities
from ..pages.proposals import proposals_of
from ..permissions import standings_in
from ..proposing import written_by
from ..queries import working_plan
from ..rights import Deed, may
from .done import done_by_member
from .frame import INSIDE_STYLES
from .pages import layout_of


@for_members
def proposals(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What waits for a decision, for those who see the working plan."""
    member = inside.member
    if not may(Deed.SEE_WORKING_PLAN, standings_in(member)):
        raise NotAllowedError(str(Deed.SEE_WORKING_PLAN))
    working = working_plan(inside.ledger_id, audience=member.audience, on=now().date())
    version = working.plan.version
    written = written_by(
        inside.ledger_id,
        working.changes,
        since=version.frozen_revision if version is not None else 0,
        viewer=member.actor,
    )
    context: dict[str, Any] = {
        "proposals": proposals_of(
            working.changes,
            working.valid,
            working.working,
            active_language(),
            own=own_authorities(inside.ledger_id),
            written=written,
        ),
        "plan": working.plan,
        "stamp": Stamp.fresh(working.plan.revision),
        "done": done_by_member(request, inside.ledger_id, member),
        "layout": layout_of(request),
    }
    shown = Shown(
        revision=working.plan.revision, example=working.plan.has_examples, styles=INSIDE_STYLES
    )
    return show_inside(request, inside, "roadmaps/proposals.html", context, shown=shown)
