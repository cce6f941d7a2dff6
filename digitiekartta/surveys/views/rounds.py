"""The list of rounds, a new one, and one round with its list of tasks and its settings."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language

from digitiekartta.municipalities.models import Framework
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from .. import services
from ..forms import LANGUAGES, RoundForm
from ..models import Result, Round, RoundUnit
from ..pages.rounds import RoundView, Turnout, round_view
from ..queries import response_counts
from ..results import results_of
from ..rules import Broken, RoundError, RoundState
from ..words import STATES, WAYS
from .rounds_desk import Desk, address, at_desk, intent_of, show, stamp

WORDS = {"states": STATES, "ways": WAYS}


def view_of(one: Round) -> RoundView:
    """A round as it stands now, with the last count of each group."""
    units = list(RoundUnit.objects.filter(round=one).select_related("party"))
    return round_view(one, units, response_counts(one.pk), now(), _turnout(one))


def _turnout(one: Round) -> Turnout | None:
    frozen = Result.objects.filter(round=one).first()
    root = results_of(frozen.content).root if frozen is not None else None
    if root is None or not root.respondents or not root.headcount:
        return None
    return Turnout(root.respondents, root.headcount)


@at_desk
def rounds(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All rounds, the newest first."""
    held = Round.objects.filter(ledger_id=desk.ledger_id)
    views = sorted(map(view_of, held), key=lambda one: (str(one.opens_on or "9"), str(one.id)))
    views.reverse()
    return show(request, desk, "list", {"rounds": views, **WORDS})


@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """A new draft."""
    frameworks = [
        (str(one.pk), f"{pick(one.name, get_language() or 'fi').text} ({one.version})")
        for one in Framework.objects.filter(ledger_id=desk.ledger_id).order_by("-version")
    ]
    form = RoundForm(request.POST or None, frameworks=frameworks)
    if request.method == "POST" and frameworks and form.is_valid():
        receipt = services.make_round(
            ledger_id=desk.ledger_id,
            intent=intent_of(request, desk),
            framework_id=UUID(form.cleaned_data["framework"]),
            settings=form.settings(),
        )
        return redirect(address("round", desk, receipt.entity_id))
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "stamp": stamp(request, desk),
        "one": None,
        "copied": False,
        "frameworks": frameworks,
    }
    return show(request, desk, "settings", context, status)


@at_desk
def round(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """One round: what is done, what comes next."""
    one = desk.round(round_id)
    if one.state == RoundState.OPEN:
        services.count_today(day=now().date())
    return show(request, desk, "round", {"page": view_of(one), **WORDS})


@at_desk
def settings(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Name, days and rules of a draft."""
    one = desk.round(round_id)
    if one.state != RoundState.DRAFT:
        raise RoundError(Broken.NOT_DRAFT)
    initial = {**_initial(one), "opens_on": one.opens_on, "closes_on": one.closes_on}
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_round(
            ledger_id=desk.ledger_id,
            intent=intent_of(request, desk),
            round_id=one.pk,
            settings=form.settings(),
        )
        return redirect(address("round", desk, one.pk))
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "stamp": stamp(request, desk),
        "one": one,
        "copied": False,
        "frameworks": [],
    }
    return show(request, desk, "settings", context, status)


def _initial(one: Round) -> dict[str, object]:
    """What the form of settings holds of a round, but for its days."""
    return {
        **{f"name_{code}": one.name.get(code, "") for code in LANGUAGES},
        "k_mean": one.k_mean,
        "k_distribution": one.k_distribution,
        "public_link": one.public_link,
    }


@at_desk
def copy(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """A new draft with the questions, groups and staff of an earlier round."""
    source = desk.round(round_id)
    form = RoundForm(request.POST or None, initial=_initial(source))
    if request.method == "POST" and form.is_valid():
        receipt = services.copy_round(
            ledger_id=desk.ledger_id,
            intent=intent_of(request, desk),
            round_id=source.pk,
            settings=form.settings(),
        )
        return redirect(address("round", desk, receipt.entity_id))
    context = {
        "form": form,
        "stamp": stamp(request, desk),
        "one": source,
        "copied": True,
        "frameworks": [],
    }
    return show(request, desk, "settings", context, 422 if form.is_bound else 200)


@at_desk
def remove(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Deletes a draft, once that is confirmed."""
    one = desk.round(round_id)
    if request.method == "POST":
        services.remove_round(
            ledger_id=desk.ledger_id, intent=intent_of(request, desk), round_id=one.pk
        )
        return redirect(address("list", desk))
    if one.state != RoundState.DRAFT:
        raise RoundError(Broken.NOT_DRAFT)
    context = {"page": view_of(one), "one": one, "stamp": stamp(request, desk)}
    return show(request, desk, "remove", context)
