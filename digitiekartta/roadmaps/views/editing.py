"""Editing: a form on its own page, or fetched by a script into the page of what is edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

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

from ..forms.choosing import rebased, with_choices
from ..models import Action
from ..pages.authority import said_authority
from ..pages.conflict import Both, both_sides
from ..permissions import may_do
from ..rules import RuleError
from ..words import RULES
from .done import DONE
from .edits import EDITS, GOAL_EDITS, ROADMAP_EDITS
from .edits.edit import Edit
from .frame import INSIDE_SCRIPTS, INSIDE_STYLES
from .pages import layout_of
from .places import Place, action_of, action_place, goal_place, roadmap_place

__all__ = ["action_of", "edit_action", "edit_goal", "edit_roadmap"]


@dataclass(slots=True)
class _Try:
    """A form on its way: what became of it so far."""

    form: forms.Form
    stamp: Stamp
    status: int = 200
    conflicts: tuple[Both, ...] = ()


@for_members
def edit_action(
    request: HttpRequest, inside: Inside, serial: int, part: str, piece: UUID | None = None
) -> HttpResponseBase:
    """Shows the form of an edit of an action, or saves it and goes back to the action."""
    edit = _known(EDITS.get(part))
    return _answer(request, inside, edit, action_place(inside, edit, serial, piece))


@for_members
def edit_goal(
    request: HttpRequest, inside: Inside, number: int, part: str, piece: UUID | None = None
) -> HttpResponseBase:
    """The same of a goal or one of its indicators."""
    edit = _known(GOAL_EDITS.get(part))
    return _answer(request, inside, edit, goal_place(inside, edit, number, piece))


@for_members
def edit_roadmap(request: HttpRequest, inside: Inside, part: str) -> HttpResponseBase:
    """The same of the roadmap as a whole: its texts, a new goal, a new action."""
    edit = _known(ROADMAP_EDITS.get(part))
    return _answer(request, inside, edit, roadmap_place(inside, edit))


def _known(edit: Edit | None) -> Edit:
    if edit is None:
        raise Http404
    return edit


def _answer(request: HttpRequest, inside: Inside, edit: Edit, place: Place) -> HttpResponseBase:
    if not may_do(inside.member, edit.deed, place.action):
        raise NotAllowedError(str(edit.deed))
    row = next(iter(place.of.values()))
    if request.method != "POST":
        if not edit.fits(row):
            raise Http404
        form = _form(edit, place, None, None)
        return _shown(request, inside, edit, place, _Try(form, stamp(request, inside)))
    sent = stamp(request, inside)
    data = with_choices(request.POST, _form(edit, place, None, None))
    attempt = _Try(_form(edit, place, data, sent.revision), sent)
    receipt = _save(request, inside, edit, place, attempt)
    if receipt is not None:
        return redirect(_back(inside, edit, place, receipt))
    return _shown(request, inside, edit, place, attempt)


def _form(edit: Edit, place: Place, data: Any, revision: int | None) -> forms.Form:
    """The form as things stand, or with what was sent by somebody who saw a revision."""
    of: dict[str, Any] = dict(place.of if revision is None else place.seen_at(revision))
    if edit.with_revision:
        of["revision"] = revision
    return edit.form(data, **of)


def _save(
    request: HttpRequest, inside: Inside, edit: Edit, place: Place, attempt: _Try
) -> Receipt | None:
    """What came of saving; None where the form has to be shown again, with why."""
    attempt.status = 422
    if not attempt.form.is_valid():
        return None
    given = attempt.form.cleaned_data
    intent = intent_of(request, inside, reason=given.get(edit.reason) or "")
    seen = place.seen_at(attempt.stamp.revision)
    try:
        return edit.save(given, ledger_id=inside.ledger_id, intent=intent, **seen)
    except RuleError as broken:
        at = edit.at_field.get(broken.rule)
        attempt.form.add_error(at if at in attempt.form.fields else None, str(RULES[broken.rule]))
    except ConflictError as conflict:
        _tell_conflict(inside, edit, place, attempt, conflict)
    except KeyReusedError:
        # The form was sent before with something else in it: it is a new sending.
        attempt.stamp = Stamp.fresh(attempt.stamp.revision)
        attempt.status = 409
    return None


def _tell_conflict(
    inside: Inside, edit: Edit, place: Place, attempt: _Try, conflict: ConflictError
) -> None:
    """Shows both sides. What one did not touch is taken as it stands now: only what was typed is
    sent again."""
    document = current(inside.ledger_id).document
    fresh = _form(edit, place, None, None)
    attempt.conflicts = tuple(
        side.chosen_by(edit.names_of(one, fresh))
        for one, side in zip(
            conflict.conflicts,
            both_sides(conflict.conflicts, document, active_language()),
            strict=True,
        )
    )
    attempt.form = _form(edit, place, rebased(attempt.form, fresh), conflict.revision)
    attempt.form.is_valid()
    attempt.stamp = Stamp.fresh(conflict.revision)
    attempt.status = 409


def _back(inside: Inside, edit: Edit, place: Place, receipt: Receipt) -> str:
    back = place.back
    if edit.opens_new and receipt.entity_id is not None:
        serial = Action.objects.values_list("serial", flat=True).get(pk=receipt.entity_id)
        back = reverse("roadmaps:action", args=[inside.slug, serial])
    address, _hash, anchor = back.partition("#")
    return f"{address}?{DONE}={receipt.revision}#{anchor or edit.anchor}"


def _shown(
    request: HttpRequest, inside: Inside, edit: Edit, place: Place, attempt: _Try
) -> HttpResponseBase:
    own = inside.municipality.authorities
    context: dict[str, Any] = {
        "edit": edit,
        "place": place,
        "form": attempt.form,
        "stamp": attempt.stamp,
        "conflicts": attempt.conflicts,
        "authority": edit.says or said_authority(own, edit.decides, edit.entity),
        "layout": layout_of(request),
    }
    shown = Shown(example=place.example, styles=INSIDE_STYLES, scripts=INSIDE_SCRIPTS)
    return show_inside(
        request, inside, "roadmaps/edit.html", context, status=attempt.status, shown=shown
    )
