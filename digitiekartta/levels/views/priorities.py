"""The ranking, importance, and the priorities that people choose from it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from digitiekartta.municipalities.inside import Inside, intent_of, stamp
from digitiekartta.ui.clock import now

from .. import services
from ..forms import ImportanceForm, TextsForm
from ..pages.ranking import RankedRow, ranking_page
from ..queries import Standing, standings
from ..words import WEIGHTINGS, priorities_summary
from .desk import asked, bodies_of, for_coordinators, show, standing_or_404


@for_coordinators
def ranking(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The perspectives by gap, and how much that depends on the weights."""
    page = ranking_page(standings(inside.ledger_id))
    return show(request, inside, "ranking", {"page": page, "weightings": WEIGHTINGS})


@for_coordinators
def importance(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Ranks the perspectives by importance."""
    rows = [one for one in standings(inside.ledger_id) if one.target is not None]
    held = {f"place-{one.number}": one.target.importance for one in rows if one.target is not None}
    perspectives = [asked(one) for one in rows]
    form = ImportanceForm(request.POST or None, perspectives=perspectives, initial=held)
    if request.method == "POST" and rows and form.is_valid():
        services.rank_importance(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside), order=form.order()
        )
        return redirect(reverse("levels:ranking", args=[inside.slug]))
    context = {"form": form, "stamp": stamp(request, inside), "rows": rows}
    return show(request, inside, "importance", context, 422 if form.is_bound else 200)


@for_coordinators
def priority(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """Chooses a perspective as a priority, or gives one that stands a new reason."""
    one = standing_or_404(inside, number)
    held = one.priority
    reasons = held.reason if held is not None and not held.removed else {}
    form = _form(request, inside, reasons)
    if request.method == "POST" and form.is_valid():
        services.decide_priority(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            perspective_id=one.perspective.pk,
            reason=form.reason(),
            decided=form.decided(priorities_summary()),
        )
        return redirect(reverse("levels:ranking", args=[inside.slug]))
    context = {"form": form, "stamp": stamp(request, inside), "one": one, "row": _row(inside, one)}
    return show(request, inside, "priority", context, 422 if form.is_bound else 200)


@for_coordinators
def removal(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """Removes a priority with a reason."""
    one = standing_or_404(inside, number)
    if request.method != "POST" and not one.is_priority:
        raise Http404
    form = _form(request, inside, {})
    if request.method == "POST" and form.is_valid():
        services.remove_priority(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            perspective_id=one.perspective.pk,
            reason=form.reason(),
            decided=form.decided(priorities_summary()),
        )
        return redirect(reverse("levels:ranking", args=[inside.slug]))
    context = {"form": form, "stamp": stamp(request, inside), "one": one}
    return show(request, inside, "removal", context, 422 if form.is_bound else 200)


def _form(request: HttpRequest, inside: Inside, reasons: dict[str, str]) -> TextsForm:
    initial = {f"reason_{code}": said for code, said in reasons.items()}
    return TextsForm(
        request.POST or None,
        languages=inside.municipality.languages,
        bodies=bodies_of(inside),
        today=now().date(),
        initial={"decided_on": now().date(), **initial},
    )


def _row(inside: Inside, one: Standing) -> RankedRow | None:
    page = ranking_page(standings(inside.ledger_id))
    found = [row for row in page.rows if row.standing.perspective == one.perspective]
    return found[0] if found else None
