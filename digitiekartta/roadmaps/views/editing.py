"""Editing an action: the form on its own page, or fetched into the action's page by a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.history.queries import current
from digitiekartta.history.rules import ConflictError, KeyReusedError, Receipt
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

from ..models import Action
from ..pages.authority import said_authority
from ..pages.conflict import Both, both_sides
from ..permissions import may_do
from ..rules import RuleError
from ..words import RULES
from .done import DONE
from .edits import EDITS
from .edits.edit import Edit
from .frame import INSIDE_SCRIPTS, INSIDE_STYLES
from .pages import layout_of


@dataclass(slots=True)
class _Try:
    """A form on its way: what became of it so far."""

    form: forms.Form
    stamp: Stamp
    status: int = 200
    conflicts: tuple[Both, ...] = ()


@for_members
def edit_action(request: HttpRequest, inside: Inside, serial: int, part: str) -> HttpResponseBase:
    """Shows the form of an edit, or saves it and goes back to the action."""
    edit = EDITS.get(part)
    if edit is None:
        raise Http404
    action = action_of(inside, serial)
    if not may_do(inside.member, edit.deed, action):
        raise NotAllowedError(str(edit.deed))
    form = edit.form(request.POST or None, action=action)
    attempt = _Try(form, stamp(request, inside))
    if request.method == "POST":
        receipt = _save(request, inside, edit, action, attempt)
        if receipt is not None:
            return redirect(_back(inside, action, edit, receipt))
    return _shown(request, inside, edit, action, attempt)


def action_of(inside: Inside, serial: int) -> Action:
    """An action that the member may read. Raises DoesNotExist, or Http404 for a hidden one."""
    action = Action.objects.select_related("roadmap", "responsible__parent__parent", "goal").get(
        ledger_id=inside.ledger_id, serial=serial
    )
    if not inside.member.audience.may_read(Audience(action.audience or Audience.PUBLIC)):
        raise Http404
    return action


def _save(
    request: HttpRequest, inside: Inside, edit: Edit, action: Action, attempt: _Try
) -> Receipt | None:
    """What came of saving; None where the form has to be shown again, with why."""
    attempt.status = 422
    if not attempt.form.is_valid():
        return None
    given = attempt.form.cleaned_data
    intent = intent_of(request, inside, reason=given.get(edit.reason) or "")
    try:
        return edit.save(given, ledger_id=inside.ledger_id, intent=intent, action=action)
    except RuleError as broken:
        attempt.form.add_error(edit.at_field.get(broken.rule), str(RULES[broken.rule]))
    except ConflictError as conflict:
        document = current(inside.ledger_id).document
        attempt.conflicts = both_sides(conflict.conflicts, document, active_language())
        attempt.stamp = Stamp.fresh(conflict.revision)
        attempt.status = 409
    except KeyReusedError:
        attempt.form.add_error(
            None, gettext("This form was sent once already with something else in it. Check it.")
        )
        attempt.stamp = Stamp.fresh(attempt.stamp.revision)
        attempt.status = 409
    return None


def _back(inside: Inside, action: Action, edit: Edit, receipt: Receipt) -> str:
    address = reverse("roadmaps:action", args=[inside.slug, action.serial])
    return f"{address}?{DONE}={receipt.revision}#{edit.anchor}"


def _shown(
    request: HttpRequest, inside: Inside, edit: Edit, action: Action, attempt: _Try
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "edit": edit,
        "action": action,
        "form": attempt.form,
        "stamp": attempt.stamp,
        "conflicts": attempt.conflicts,
        "authority": said_authority(inside.municipality.authorities, edit.decides),
        "layout": layout_of(request),
    }
    shown = Shown(example=action.example, styles=INSIDE_STYLES, scripts=INSIDE_SCRIPTS)
    return show_inside(
        request, inside, "roadmaps/edit.html", context, status=attempt.status, shown=shown
    )
