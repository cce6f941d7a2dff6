"""The grid edited by hand: what members have on it besides, the load of a move, the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from digitiekartta.history.rules import ConflictError
from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import (
    Inside,
    Stamp,
    for_members,
    intent_of,
    show_inside,
)
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.municipalities.rules import Span
from digitiekartta.ui import formats
from digitiekartta.ui.clock import now
from digitiekartta.ui.environment import active_language

from .. import services
from ..forms.schedule import ScheduleForm
from ..models import Action
from ..pages.filters import PARAMETERS
from ..pages.load import Load, load_of, load_shift
from ..permissions import may_do
from ..queries import working_plan
from ..rights import Deed
from .done import DONE
from .editing import action_of
from .frame import INSIDE_SCRIPTS, INSIDE_STYLES
from .pages import Reading, layout_of

ORDERING = "jarjesta"
AFTER = "jalkeen"


@dataclass(frozen=True, slots=True)
class Tools:
    """What a member has on the grid besides.

    ``moves``: she may move the bars. ``may_order``: she may put actions in order, and ``orders``
    tells that she is doing so. ``halves`` are the half-years in words. ``query`` is the address's
    own, kept over an ordering.
    """

    moves: bool
    may_order: bool
    orders: bool
    halves: tuple[str, ...]
    load: Load | None
    stamp: Stamp
    query: str


def grid_tools(request: HttpRequest, reading: Reading) -> Mapping[str, Any]:
    """The tools of a reader who works on the plan; ``tools`` is None for everybody else."""
    if not reading.is_working:
        return {"tools": None}
    plan, language = reading.plan, active_language()
    moves = reading.may(Deed.RESCHEDULE)
    may_order = reading.may(Deed.ORDER)
    tools = Tools(
        moves=moves,
        may_order=may_order,
        orders=may_order and ORDERING in request.GET,
        halves=tuple(
            formats.half_year(one.year, one.half, language) for one in plan.roadmap.period
        ),
        load=load_of(plan),
        stamp=Stamp.fresh(plan.revision),
        query=_kept(request.GET),
    )
    return {"tools": tools}


def _kept(sent: QueryDict) -> str:
    return urlencode([(name, sent[name]) for name in PARAMETERS if sent.get(name)])


@for_members
def action_load(request: HttpRequest, inside: Inside, serial: int) -> HttpResponseBase:
    """The load of an action's responsible party, now and with the schedule that is asked for."""
    action = action_of(inside, serial)
    if not may_do(inside.member, Deed.RESCHEDULE, action):
        raise NotAllowedError(str(Deed.RESCHEDULE))
    form = ScheduleForm(request.GET if "first" in request.GET else None, action=action)
    form.is_valid()
    given: Mapping[str, Any] = getattr(form, "cleaned_data", {})
    span = given.get("span") or Span(action.first, action.last)
    plan = working_plan(inside.ledger_id, audience=inside.member.audience, on=now().date()).plan
    planned = plan.action(serial)
    context: dict[str, Any] = {
        "form": form,
        "action": action,
        "span": span,
        "shift": load_shift(plan, planned, span) if planned is not None else None,
        "layout": layout_of(request),
    }
    shown = Shown(styles=INSIDE_STYLES, scripts=INSIDE_SCRIPTS)
    return show_inside(request, inside, "roadmaps/load.html", context, shown=shown)


@require_POST
@for_members
def order_actions(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Puts an action beside another one, and goes back to the grid.

    ``siirto`` is ``12 ennen 11`` or ``12 jalkeen 13``: permanent numbers of two actions.
    """
    moved, after, beside = _move(request.POST.get("siirto", ""))
    back = reverse("roadmaps:actions", args=[inside.slug])
    query = {**QueryDict(request.POST.get("kysely", "")).dict(), ORDERING: "1"}
    ids = dict(
        Action.objects.filter(ledger_id=inside.ledger_id, serial__in=[moved, beside]).values_list(
            "serial", "pk"
        )
    )
    if len(ids) < 2:
        raise Action.DoesNotExist
    try:
        receipt = services.order_action(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            action_id=ids[moved],
            beside_id=ids[beside],
            after=after,
        )
    except ConflictError:
        context = {"back": f"{back}?{urlencode(query)}", "layout": layout_of(request)}
        shown = Shown(styles=INSIDE_STYLES)
        return show_inside(
            request, inside, "roadmaps/not_moved.html", context, status=409, shown=shown
        )
    query[DONE] = str(receipt.revision)
    return redirect(f"{back}?{urlencode(query)}#siirto-{moved}")


def _move(written: str) -> tuple[int, bool, int]:
    """Which action goes where. Raises BadRequest for what makes no sense."""
    match written.split():
        case [moved, ("ennen" | "jalkeen") as side, beside] if (moved + beside).isdecimal():
            return int(moved[:9]), side == AFTER, int(beside[:9])
    raise BadRequest
