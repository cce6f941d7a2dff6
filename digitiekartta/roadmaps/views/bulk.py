"""One change to many actions: choosing it, seeing row by row what it would do, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from digitiekartta.documents.registry import Audience
from digitiekartta.history.queries import current
from digitiekartta.history.rules import ConflictError, KeyReusedError
from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import (
    Inside,
    Stamp,
    for_members,
    intent_of,
    show_inside,
    stamp,
)
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.ui.environment import active_language

from .. import services
from ..bulk_rules import DEEDS, Bulk
from ..forms.bulk import AUDIENCES, BulkForm
from ..models import Action
from ..pages.bulk import Named, Row, row_of
from ..pages.conflict import both_sides
from ..permissions import may_do
from ..rights import Deed
from ..rules import RuleError
from ..words import RULES
from .done import DONE
from .frame import INSIDE_STYLES
from .places import roadmap_of

ROW, STEP, SAVE = "rivi", "vaihe", "tallenna"
MOST_ROWS = 500


@for_members
def bulk(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The choice, the preview, or saving and back to the list."""
    if not may_do(inside.member, Deed.ORDER):
        raise NotAllowedError(str(Deed.ORDER))
    sent = request.POST if request.method == "POST" else request.GET
    actions = _chosen(inside, sent.getlist(ROW))
    form = BulkForm(request.POST or None, roadmap=roadmap_of(inside))
    context: dict[str, Any] = {
        "form": form,
        "actions": actions,
        "stamp": stamp(request, inside),
        "rows": (),
        "conflicts": (),
        "problem": "",
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        row = _row_of(form.cleaned_data["bulk"], inside, form)
        context["rows"] = [row(one) for one in actions]
        if request.POST.get(STEP) == SAVE:
            saved = _save(request, inside, form, actions, context)
            if saved is not None:
                return saved
            status = 409
    elif request.method == "POST":
        status = 422
    shown = Shown(styles=INSIDE_STYLES)
    return show_inside(request, inside, "roadmaps/bulk.html", context, status=status, shown=shown)


def _chosen(inside: Inside, typed: Sequence[str]) -> list[Action]:
    """The actions that were ticked and may be read, in the roadmap's order."""
    serials = {int(one) for one in typed[:MOST_ROWS] if one.isascii() and one.isdigit()}
    rows = Action.objects.filter(
        ledger_id=inside.ledger_id, roadmap=roadmap_of(inside), serial__in=serials
    ).select_related("roadmap", "responsible__parent__parent", "goal")
    audience = inside.member.audience
    return [
        one
        for one in rows.order_by("rank", "serial")
        if audience.may_read(Audience(one.audience or Audience.PUBLIC))
    ]


def _save(
    request: HttpRequest,
    inside: Inside,
    form: BulkForm,
    actions: Sequence[Action],
    context: dict[str, Any],
) -> HttpResponseBase | None:
    """Back to the list when it was saved; None where the preview is shown again, with why."""
    reason = form.cleaned_data["reason"]
    possible = {one.serial for one in context["rows"] if not one.fault}
    try:
        receipt = services.change_actions(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside, reason=reason),
            action_ids=[one.pk for one in actions if one.serial in possible],
            bulk=form.cleaned_data["bulk"],
            reason={active_language(): reason},
        )
    except RuleError as broken:
        context["problem"] = str(RULES[broken.rule])
        context["stamp"] = Stamp.fresh(context["stamp"].revision)
    except ConflictError as conflict:
        document = current(inside.ledger_id).document
        context["conflicts"] = both_sides(conflict.conflicts, document, active_language())
        context["stamp"] = Stamp.fresh(conflict.revision)
    except KeyReusedError:
        context["stamp"] = Stamp.fresh(context["stamp"].revision)
    else:
        back = reverse("roadmaps:actions", args=[inside.slug])
        return redirect(f"{back}?nakyma=lista&{DONE}={receipt.revision}")
    return None


def _row_of(change: Bulk, inside: Inside, form: BulkForm) -> Callable[[Action], Row]:
    """Tells of an action what the change would do to it."""
    language = active_language()
    chosen = {name: dict(form.fields[name].choices) for name in ("party", "goal", "audience")}  # type: ignore[attr-defined]
    named = Named(
        language=language,
        party=str(chosen["party"].get(str(change.party_id or ""), "")),
        goal=str(chosen["goal"].get(str(change.goal_id or ""), "")),
        audiences={name: str(words) for name, words in AUDIENCES},
    )

    def row(action: Action) -> Row:
        allowed = may_do(inside.member, DEEDS[change.kind], action)
        return row_of(change, action, named, allowed=allowed)

    return row
