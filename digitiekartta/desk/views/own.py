"""Omat tehtävät: what waits for somebody, and saving it in place."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from digitiekartta.history.queries import revision_of
from digitiekartta.municipalities.inside import Inside, Stamp, for_members, stamp
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.permissions import standings_in
from digitiekartta.roadmaps.rights import Deed, may

from ..pages.own import own_page
from ..queries import objected_actions, own_action, own_cases, people_of, silence_days
from .reading import DONE, plan_or_404, show, today, written_by_reader
from .rows import Attempt, RowForms, fresh_forms, save_row


@for_members
def own(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What waits for the reader."""
    return show_own(request, inside, None)


@for_members
def own_row(request: HttpRequest, inside: Inside, serial: int) -> HttpResponseBase:
    """Saves one action's row and goes back to the list."""
    if request.method != "POST":
        return redirect("desk:own", inside.slug)
    attempt = try_row(request, inside, serial)
    if attempt.receipt is None:
        return show_own(request, inside, attempt)
    fragment = "&osa=sisalto" if request.GET.get("osa") == "sisalto" else ""
    address = reverse("desk:own", args=[inside.slug])
    return redirect(f"{address}?{DONE}={attempt.receipt.revision}{fragment}#tehty")


def try_row(request: HttpRequest, inside: Inside, serial: int) -> Attempt:
    """Saves an action's row. Raises DoesNotExist for one that is nothing of the reader's.

    The plan is not needed for that: it would be made anew after every write.
    """
    action = own_action(inside.member, serial)
    return save_row(request, inside, action, lambda: _people(inside))


def show_own(request: HttpRequest, inside: Inside, attempt: Attempt | None) -> HttpResponseBase:
    """The list, with the form of a row that could not be saved as it was typed."""
    context = own_context(request, inside, attempt)
    context["to"] = {
        "list": reverse("desk:own", args=[inside.slug]),
        "rows": {one: reverse("desk:own_row", args=[inside.slug, one]) for one in context["forms"]},
    }
    context["oversees"] = may(Deed.REPORT_FOR_OTHERS, standings_in(inside.member))
    status = 200 if attempt is None else attempt.status
    return show(request, inside, "own", context, status=status)


def own_context(request: HttpRequest, inside: Inside, attempt: Attempt | None) -> dict[str, Any]:
    """What the list shows, whoever's it is."""
    cases = own_cases(inside.member, plan_or_404(inside))
    people = _people(inside)
    page = own_page(cases, today(), silence_days(inside.municipality))
    shown = [card for section in page.sections for card in section.cards] + [*page.calm]
    revision = stamp(request, inside).revision if _is_sent_again(attempt) else _revision(inside)
    return {
        "page": page,
        "to_decide": _to_decide(inside),
        "forms": {
            card.case.row.serial: _forms(inside, card.case.row, people, attempt) for card in shown
        },
        "fresh_stamp": functools.partial(Stamp.fresh, revision),
        "attempt": attempt,
        "done": written_by_reader(request, inside),
        "done_row": _row_of(cases, request, inside),
        "silence": silence_days(inside.municipality),
    }


def _is_sent_again(attempt: Attempt | None) -> bool:
    """Whether a form comes back that the reader is to mend: it keeps what she had seen."""
    return attempt is not None and attempt.status == 422


def _forms(inside: Inside, row: Any, people: Any, attempt: Attempt | None) -> RowForms:
    forms = fresh_forms(inside, row, people)
    if attempt is not None and attempt.serial == row.serial and attempt.form is not None:
        names: Mapping[str, str] = {"no_change": "report", "object": "objection"}
        setattr(forms, names.get(attempt.do, attempt.do), attempt.form)
    return forms


def _to_decide(inside: Inside) -> list[Action]:
    """The assignments that were objected to, for whoever may hand over: the digital team."""
    if not may(Deed.HAND_OVER, standings_in(inside.member)):
        return []
    return objected_actions(inside.ledger_id)


def _people(inside: Inside) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in people_of(inside.ledger_id)]


def _row_of(cases: Any, request: HttpRequest, inside: Inside) -> Any:
    """The action that was just written of."""
    entry = written_by_reader(request, inside)
    if entry is None:
        return None
    return next((one.row for one in cases if one.row.pk == entry.entity_id), None)


def _revision(inside: Inside) -> int:
    return revision_of(inside.ledger_id)
