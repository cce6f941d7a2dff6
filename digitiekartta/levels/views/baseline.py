"""The baseline: which measurement the management team named, or one that is entered by hand."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from digitiekartta.municipalities.inside import Inside, intent_of, stamp
from digitiekartta.surveys.models import Round
from digitiekartta.surveys.rules import RoundState
from digitiekartta.ui.clock import now
from digitiekartta.ui.formats import date

from .. import services
from ..forms import BaselineForm, ByHandForm
from ..models import Series
from ..queries import current_baseline, standings
from ..rules import SeriesKind
from ..services import Measured, NewSeries
from ..words import baseline_summary, round_source
from .desk import asked, bodies_of, for_coordinators, said, show

OF_ROUND = "kysely-"
"""How the choice of a survey round begins: the same before and after it is a measurement, so that
a form that is sent twice says the same twice."""


@for_coordinators
def baseline(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Names a measurement as the baseline."""
    standing = current_baseline(inside.ledger_id)
    measured, rounds = _measured(inside), _not_taken(inside)
    choices = [
        *((_choice(one), _named(one.name, one.measured_on)) for one in measured),
        *((f"{OF_ROUND}{one.pk}", _named(one.name, one.closes_on)) for one in rounds),
    ]
    form = BaselineForm(
        request.POST or None,
        choices=choices,
        now_chosen=_choice(standing) if standing is not None else "",
        bodies=bodies_of(inside),
        today=now().date(),
        initial={"decided_on": now().date()},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["what"]
        of_round = UUID(chosen.removeprefix(OF_ROUND)) if chosen.startswith(OF_ROUND) else None
        services.name_baseline(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside, form.cleaned_data.get("reason", "")),
            decided=form.decided(baseline_summary()),
            series_id=None if of_round else UUID(chosen),
            round_id=of_round,
            source=_source(Round.objects.get(pk=of_round)) if of_round else None,
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + "#mittaaminen")
    context = {
        "form": form,
        "stamp": stamp(request, inside),
        "standing": standing,
        "choices": choices,
        "rounds": rounds,
    }
    return show(request, inside, "baseline", context, 422 if form.is_bound else 200)


@for_coordinators
def by_hand(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Enters a baseline that is known from elsewhere."""
    form = ByHandForm(
        request.POST or None,
        perspectives=[asked(one) for one in standings(inside.ledger_id)],
        bodies=bodies_of(inside),
        today=now().date(),
    )
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        language = get_language() or "fi"
        services.add_series(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            series=NewSeries(
                name={language: held["name"]},
                kind=SeriesKind.BY_HAND,
                measured_on=held["measured_on"],
                source={language: held["source"]},
                respondents=held["respondents"],
                headcount=held["headcount"],
                is_baseline=True,
            ),
            levels=[Measured(id, value) for id, value in form.levels().items()],
            decided=form.decided(baseline_summary()),
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + "#mittaaminen")
    context = {
        "form": form,
        "stamp": stamp(request, inside),
        "standing": current_baseline(inside.ledger_id),
    }
    return show(request, inside, "by_hand", context, 422 if form.is_bound else 200)


@for_coordinators
def take(request: HttpRequest, inside: Inside, round_id: UUID) -> HttpResponseBase:
    """Makes a published round a measurement, a new point; the baseline stays what it is."""
    one = Round.objects.get(pk=round_id, ledger_id=inside.ledger_id)
    if request.method == "POST":
        services.adopt_round(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            round_id=one.pk,
            source=_source(one),
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + "#mittaaminen")
    return show(request, inside, "take", {"one": one, "stamp": stamp(request, inside)})


def _choice(one: Series) -> str:
    return f"{OF_ROUND}{one.round_id}" if one.round_id is not None else str(one.pk)


def _measured(inside: Inside) -> list[Series]:
    """Measurements of the staff's ratings that may be named, the newest first."""
    held = Series.objects.filter(ledger_id=inside.ledger_id)
    return list(held.exclude(kind=SeriesKind.MANAGEMENT_ESTIMATE).order_by("-measured_on"))


def _not_taken(inside: Inside) -> list[Round]:
    """Published rounds that are no measurement yet."""
    held = Round.objects.filter(ledger_id=inside.ledger_id, state=RoundState.PUBLISHED)
    return list(held.filter(series=None).order_by("-closes_on"))


def _source(one: Round) -> dict[str, str]:
    return round_source(one.opens_on, one.closes_on)


def _named(name: dict[str, str], on: object) -> str:
    day = date(on, get_language() or "fi") if on is not None else ""  # type: ignore[arg-type]
    return f"{said(name)}, {day}".removesuffix(", ")
