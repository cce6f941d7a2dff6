"""A round's steps: what would show, opening, more days, closing, results, publishing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from digitiekartta.ui.clock import now

from .. import services
from ..forms import ExtendForm
from ..models import Result, Round, RoundUnit
from ..pages.rounds_forecast import RATES, forecast_page
from ..pages.rounds_results import results_page
from ..protection import Rules
from ..results import results_of
from ..rules import Broken, RoundError, RoundState, closes_at
from ..wording import wording_of
from ..words import AGREEMENT, BROKEN, HIDDEN, STATES, WAYS
from .rounds import view_of
from .rounds_desk import Desk, address, at_desk, intent_of, show, stamp

USUAL_RATE = 50


def _in_state(one: Round, state: RoundState, otherwise: Broken) -> None:
    if one.state != state:
        raise RoundError(otherwise)


@at_desk
def forecast(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Which groups would show at a response rate (``?osuus=50``), before the round opens."""
    one = desk.round(round_id)
    written = request.GET.get("osuus", str(USUAL_RATE))
    if not written.isascii() or not written.isdigit() or not 1 <= int(written[:4]) <= 100:
        raise Http404
    units = list(RoundUnit.objects.filter(round=one).select_related("party"))
    page = forecast_page(units, Rules(one.k_mean, one.k_distribution), int(written))
    context = {"page": page, "one": one, "rates": RATES, "hidden": HIDDEN}
    return show(request, desk, "forecast", context)


@at_desk
def opening(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """What freezes, what is missing, and the press that opens the round."""
    one = desk.round(round_id)
    if request.method == "POST":
        intent = intent_of(request, desk)
        receipt = services.open_round(ledger_id=desk.ledger_id, intent=intent, round_id=one.pk)
        del receipt
        return redirect(address("codes", desk, one.pk))
    _in_state(one, RoundState.DRAFT, Broken.NOT_DRAFT)
    view = view_of(one)
    perspectives = one.framework.perspectives.count()
    missing = _missing(one, view.groups_ready, bool(view.units), perspectives)
    context = {
        "page": view,
        "missing": [(rule, BROKEN[rule]) for rule in missing],
        "perspectives": perspectives,
        "framework": one.framework,
        "stamp": stamp(request, desk),
        "ways": WAYS,
    }
    return show(request, desk, "open", context)


def _missing(one: Round, ready: bool, chosen: bool, perspectives: int) -> list[Broken]:
    """What keeps a draft from opening now."""
    checks = {
        Broken.NO_UNITS: not chosen,
        Broken.HEADCOUNT_NEEDED: chosen and not ready,
        Broken.NO_QUESTIONS: not perspectives,
        Broken.DATES_NEEDED: one.closes_on is None,
        Broken.OVER_ALREADY: one.closes_on is not None and closes_at(one.closes_on) <= now(),
    }
    return [rule for rule, fails in checks.items() if fails]


@at_desk
def extend(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """More days of answering."""
    one = desk.round(round_id)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.extend_round(
                ledger_id=desk.ledger_id,
                intent=intent_of(request, desk),
                round_id=one.pk,
                closes_on=form.cleaned_data["closes_on"],
            )
        except RoundError as broken:
            form.add_error("closes_on", str(BROKEN[broken.rule]))
        else:
            return redirect(address("round", desk, one.pk))
    _in_state(one, RoundState.OPEN, Broken.NOT_OPEN)
    context = {"one": one, "form": form, "stamp": stamp(request, desk)}
    return show(request, desk, "extend", context, 422 if form.is_bound else 200)


@at_desk
def closing(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """What happens at closing, and the press that closes."""
    one = desk.round(round_id)
    early = one.closes_on is not None and now() < closes_at(one.closes_on)
    if request.method == "POST":
        services.close_round(
            ledger_id=desk.ledger_id,
            intent=intent_of(request, desk),
            round_id=one.pk,
            early="early" in request.POST,
        )
        return redirect(address("results", desk, one.pk))
    _in_state(one, RoundState.OPEN, Broken.NOT_OPEN)
    context = {"page": view_of(one), "early": early, "stamp": stamp(request, desk)}
    return show(request, desk, "close", context)


@at_desk
def results(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """The frozen results, before and after they are published."""
    one = desk.round(round_id)
    frozen = Result.objects.filter(round=one).first()
    if frozen is None:
        raise RoundError(Broken.NOT_CLOSED)
    if request.method == "POST":
        services.publish_results(
            ledger_id=desk.ledger_id, intent=intent_of(request, desk), round_id=one.pk
        )
        return redirect(address("results", desk, one.pk))
    context = {
        "page": results_page(results_of(frozen.content), wording_of(one.wording)),
        "one": one,
        "municipality": desk.municipality.name,
        "published": frozen.published,
        "stamp": stamp(request, desk),
        "hidden": HIDDEN,
        "agreement": AGREEMENT,
        "states": STATES,
    }
    return show(request, desk, "results", context)
