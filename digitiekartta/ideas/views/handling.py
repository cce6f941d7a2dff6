"""Handling an idea: the next step, publishing, and the action that it becomes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from digitiekartta.history.rules import ConflictError, KeyReusedError
from digitiekartta.municipalities.inside import Inside, Stamp, intent_of, stamp
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.roadmaps.models import Action, Roadmap
from digitiekartta.roadmaps.permissions import may_do
from digitiekartta.roadmaps.rights import Deed
from digitiekartta.roadmaps.rules import RuleError
from digitiekartta.roadmaps.words import RULES as ROADMAP_RULES
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from .. import services
from ..forms import HandlingForm, internal_note_of
from ..models import Idea
from ..rules import BrokenIdea, IdeaError
from ..words import READY_ANSWERS, RULES, ready_answer
from .action_form import IdeaActionForm, action_form, action_of
from .showing import for_handlers, known, row_of, show_desk

READY = "pohja"
AT_FIELD = {
    BrokenIdea.HANDLER_NEEDED: "handler",
    BrokenIdea.ACTION_NEEDED: "action",
    BrokenIdea.IDEA_NEEDED: "other",
    BrokenIdea.ITSELF: "other",
    BrokenIdea.MERGED_ALREADY: "other",
}


@for_handlers
def handle(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """The next step of an idea. Two who take it on at once see what the other did."""
    idea = row_of(inside, number)
    form = _form(request, inside, idea)
    held, status = stamp(request, inside), 200
    conflict = False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.handle_idea(
                    ledger_id=inside.ledger_id,
                    intent=intent_of(request, inside),
                    idea_id=idea.pk,
                    step=form.step(),
                )
                return redirect(_page(inside, number) + "#kasittely")
            except IdeaError as broken:
                at = AT_FIELD.get(broken.rule, f"note_{form.languages[0]}")
                form.add_error(at, str(RULES[broken.rule]))
            except ConflictError as other:
                held, status, conflict = Stamp.fresh(other.revision), 409, True
            except KeyReusedError:
                held, status = Stamp.fresh(held.revision), 409
    context = {
        "idea": row_of(inside, number) if conflict else idea,
        "form": form,
        "stamp": held,
        "conflict": conflict,
        "last": idea.steps.order_by("-revision").first(),
        "ready_answers": READY_ANSWERS,
        "may_add_action": may_do(inside.member, Deed.ADD_ACTION),
        "waits": hasattr(idea, "received"),
    }
    return show_desk(request, inside, "handle", context, status=status)


def _form(request: HttpRequest, inside: Inside, idea: Idea) -> HandlingForm:
    languages = list(inside.municipality.languages)
    ready = ready_answer(request.GET.get(READY, ""))
    return HandlingForm(
        request.POST or None,
        languages=languages,
        parties=_parties(inside),
        actions=_actions(inside),
        others=_others(idea),
        initial={
            "handler": idea.handler_id or "",
            "action": idea.action_id or "",
            "other": idea.merged_into_id or "",
            "internal_note": internal_note_of(idea.internal_note, languages[0]),
        },
        note={code: ready.get(code, "") for code in languages},
    )


def _said(texts: Any) -> str:
    return pick(texts, get_language() or "fi").text


def _parties(inside: Inside) -> list[tuple[str, str]]:
    rows = Party.objects.filter(ledger_id=inside.ledger_id).going().order_by("rank", "slug")
    return [(str(one.pk), _said(one.name)) for one in rows]


def _actions(inside: Inside) -> list[tuple[str, str]]:
    rows = Action.objects.filter(ledger_id=inside.ledger_id, cancelled=False)
    return [
        (str(one.pk), f"{one.number} {_said(one.title)}".strip())
        for one in rows.order_by("rank", "serial")
    ]


def _others(idea: Idea) -> list[tuple[str, str]]:
    rows = Idea.objects.filter(ledger_id=idea.ledger_id, merged_into=None).exclude(pk=idea.pk)
    return [(str(one.pk), f"{one.number} {_said(one.title)}") for one in rows.order_by("-number")]


def _page(inside: Inside, number: int) -> str:
    return reverse("ideas:idea", args=[inside.slug, number])


@require_POST
@for_handlers
def publish(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """Makes an idea public, or withdraws it to the municipality's own."""
    services.publish_idea(
        ledger_id=inside.ledger_id,
        intent=intent_of(request, inside),
        idea_id=row_of(inside, number).pk,
        published="peru" not in request.POST,
    )
    return redirect(_page(inside, number))


@for_handlers
def new_action(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """A new action, begun with what the idea says; it is a proposal until it has been decided."""
    if not may_do(inside.member, Deed.ADD_ACTION):
        raise NotAllowedError(str(Deed.ADD_ACTION))
    idea = row_of(inside, number)
    roadmap = Roadmap.objects.filter(ledger_id=inside.ledger_id).order_by("first").last()
    if roadmap is None or idea.action_id is not None:
        raise Http404
    form = action_form(request.POST or None, roadmap, idea, now().date())
    held, status = stamp(request, inside), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _made(request, inside, idea, roadmap, form)
            except RuleError as broken:
                form.add_error(None, str(ROADMAP_RULES[broken.rule]))
            except (ConflictError, KeyReusedError):
                held, status = Stamp.fresh(stamp(request, inside).revision), 409
                form.add_error(None, gettext("The idea was changed by somebody else meanwhile."))
    context = {"idea": idea, "form": form, "stamp": held}
    return show_desk(request, inside, "new_action", context, status=status)


def _made(
    request: HttpRequest, inside: Inside, idea: Idea, roadmap: Roadmap, form: IdeaActionForm
) -> HttpResponse:
    receipt = services.make_action(
        ledger_id=inside.ledger_id,
        intent=intent_of(request, inside, reason=form.cleaned_data.get("reason") or ""),
        idea_id=idea.pk,
        roadmap_id=roadmap.pk,
        action=action_of(form, roadmap),
        note=form.written("note"),
    )
    serial = Action.objects.values_list("serial", flat=True).get(pk=known(receipt))
    return redirect(reverse("roadmaps:action", args=[inside.slug, serial]))
