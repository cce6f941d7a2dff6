"""The digital team's queue: what waits, how soon ideas are answered, and who may propose."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from digitiekartta.history.queries import revision_of
from digitiekartta.municipalities.inside import Inside, Stamp, intent_of, stamp
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.municipalities.services import change_settings

from .. import services
from ..forms import SettingForm, TurningAwayForm
from ..models import Idea, Received
from ..permissions import HANDLE, may_set
from ..queries import ideas_document, statistics, waiting_for_moderation
from ..rules import IdeaState
from ..words import READY_ANSWERS, ready_answer
from .showing import for_handlers, ideas_of, known, reading_in_language, show_desk

READY = "pohja"


@for_handlers
def queue(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What waits for the team: to be moderated, to be published, to be handled."""
    ideas = ideas_of(reading_in_language(request, inside.slug))
    waiting = sorted(
        (one for one in ideas if one.is_open), key=lambda one: (one.received_on, one.number)
    )
    context = {
        "received": waiting_for_moderation(inside.ledger_id),
        "waiting": waiting,
        "tried": [one for one in ideas if one.state is IdeaState.EXPERIMENT],
        "statistics": statistics(ideas_document(inside.ledger_id, inside.member.audience)),
        "may_set": may_set(inside.member),
    }
    return show_desk(request, inside, "queue", context)


@for_handlers
def moderate(request: HttpRequest, inside: Inside, received_id: UUID) -> HttpResponseBase:
    """What a resident sent: it is published as it is, or left out with an answer to her alone."""
    if request.method == "POST":
        return _moderated(request, inside, received_id)
    one = Received.objects.get(pk=received_id, ledger_id=inside.ledger_id, idea=None)
    answer = ready_answer(request.GET.get(READY, "")).get(one.language, "")
    context = {
        "one": one,
        "form": TurningAwayForm(initial={"answer": answer}),
        "stamp": Stamp.fresh(revision_of(inside.ledger_id)),
        "ready_answers": READY_ANSWERS,
    }
    return show_desk(request, inside, "moderate", context)


def _moderated(request: HttpRequest, inside: Inside, received_id: UUID) -> HttpResponseBase:
    if "jata" in request.POST:
        form = TurningAwayForm(request.POST)
        form.is_valid()
        services.turn_away(
            municipality=inside.municipality,
            member=inside.member,
            received_id=received_id,
            answer=form.cleaned_data.get("answer", ""),
        )
        return redirect(reverse("ideas:queue", args=[inside.slug]))
    receipt = services.publish_received(
        ledger_id=inside.ledger_id, intent=intent_of(request, inside), received_id=received_id
    )
    number = Idea.objects.values_list("number", flat=True).get(pk=known(receipt))
    return redirect(reverse("ideas:idea", args=[inside.slug, number]))


@for_handlers
def setting(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Who may propose ideas: the coordinator says."""
    if not may_set(inside.member):
        raise NotAllowedError(HANDLE)
    held = {"ideas_from": inside.municipality.ideas_from}
    form = SettingForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        change_settings(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            ideas_from=form.cleaned_data["ideas_from"],
        )
        return redirect(reverse("ideas:queue", args=[inside.slug]))
    context = {"form": form, "stamp": stamp(request, inside)}
    status = 422 if form.is_bound else 200
    return show_desk(request, inside, "setting", context, status=status)
