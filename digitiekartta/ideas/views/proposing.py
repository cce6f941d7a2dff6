"""Proposing an idea, as a member or a resident, and supporting one."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from digitiekartta.accounts.rules import LimitError
from digitiekartta.accounts.services import count_try
from digitiekartta.accounts.showing import count_address
from digitiekartta.history.rules import KeyReusedError
from digitiekartta.municipalities.inside import (
    Inside,
    Stamp,
    for_members,
    inside_of,
    intent_of,
    stamp,
)
from digitiekartta.municipalities.models import Framework, Perspective
from digitiekartta.roadmaps.views.pages import Reading
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from .. import services
from ..forms import ProposalForm, ResidentForm, opened_stamp
from ..models import Idea
from ..pages.similar import similar_ideas
from ..permissions import may_propose
from .showing import ideas_of, known, municipality_of, reading_in_language, show

COMPARED, SENT, PROPOSED = "verrattu", "lahetys", "ehdotettu"


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form of an idea. Where residents may not propose, it is nowhere for them."""
    reading = reading_in_language(request, slug)
    member = None if reading.as_resident else reading.member
    if not may_propose(member, municipality_of(reading)):
        request.resolver_match = None
        raise Http404
    inside = inside_of(request, slug) if member is not None else None
    form = _form(request, reading, ProposalForm if inside else ResidentForm)
    similar: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        if COMPARED not in request.POST:
            similar = _similar(reading, form)
        if not similar:
            return _save(request, reading, inside, form)
    return _shown(request, reading, inside, form, similar)


def _form(request: HttpRequest, reading: Reading, kind: type[ProposalForm]) -> ProposalForm:
    language = get_language() or "fi"
    newest = Framework.objects.filter(ledger_id=reading.site.ledger_id).order_by("-version")
    perspectives = [
        (str(one.pk), pick(one.short_name or one.name, language).text)
        for one in Perspective.objects.filter(framework=newest.first()).order_by("number")
    ]
    return kind(
        request.POST or None,
        perspectives=perspectives,
        languages=reading.plan.municipality.languages,
        language=language,
    )


def _similar(reading: Reading, form: ProposalForm) -> tuple[Any, ...]:
    given = form.proposed()
    return similar_ideas(ideas_of(reading), given.title, given.proposal, given.language)


def _save(
    request: HttpRequest, reading: Reading, inside: Inside | None, form: ProposalForm
) -> HttpResponseBase:
    if inside is None:
        return _receive(request, reading, form)
    try:
        receipt = services.propose_idea(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside), proposal=form.proposed()
        )
    except KeyReusedError:
        form.add_error(None, gettext("The form was sent before with something else in it."))
        return _shown(request, reading, inside, form, (), status=409)
    number = Idea.objects.values_list("number", flat=True).get(pk=known(receipt))
    address = reverse("ideas:idea", args=[inside.slug, number])
    return redirect(f"{address}?{PROPOSED}=1")


def _receive(request: HttpRequest, reading: Reading, form: ProposalForm) -> HttpResponseBase:
    """Keeps a resident's idea for moderation, within the limits of her network and of the town."""
    municipality = municipality_of(reading)
    try:
        count_address(request, "idea-address")
        count_try("idea-municipality", str(municipality.ledger_id))
    except LimitError:
        form.add_error(
            None, gettext("Many ideas have been sent from here lately. Try again in an hour.")
        )
        return _shown(request, reading, None, form, (), status=429)
    services.receive_idea(
        municipality=municipality,
        key=_key(request),
        proposal=form.proposed(),
        email=form.cleaned_data["email"],
        at=now(),
    )
    return redirect(reverse("ideas:thanks", args=[reading.site.slug]))


def _key(request: HttpRequest) -> UUID:
    """The key of a sending, so that a second press keeps the idea once."""
    written = request.POST.get(SENT, "")
    return UUID(written) if re.fullmatch(r"[0-9a-f-]{36}", written) else uuid4()


def _shown(
    request: HttpRequest,
    reading: Reading,
    inside: Inside | None,
    form: ProposalForm,
    similar: tuple[Any, ...],
    *,
    status: int = 0,
) -> HttpResponse:
    if not status:
        status = 422 if form.is_bound and form.errors else 200
    context: dict[str, Any] = {
        "form": form,
        "similar": similar,
        "stamp": _stamp(request, inside, status) if inside is not None else None,
        "opened": "" if inside is not None else _opened(form),
        "sent": request.POST.get(SENT) or str(uuid4()),
    }
    return show(request, reading, "propose", context, status=status, live=False)


def _stamp(request: HttpRequest, inside: Inside, status: int) -> Stamp:
    held = stamp(request, inside)
    return Stamp.fresh(held.revision) if status == 409 else held


def _opened(form: ProposalForm) -> str:
    """The stamp that came along, where it still holds; a new one otherwise."""
    written = form.data.get("opened", "") if form.is_bound else ""
    held = form.is_bound and not form.non_field_errors()
    return str(written) if held and written else opened_stamp()


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next to a resident's idea."""
    reading = reading_in_language(request, slug)
    if not may_propose(reading.member, municipality_of(reading)):
        request.resolver_match = None
        raise Http404
    return show(request, reading, "thanks", {}, live=False, kept=())


@require_POST
@for_members
def support(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """A member supports an idea, or no longer."""
    idea = Idea.objects.get(ledger_id=inside.ledger_id, number=number)
    write = services.withdraw_support if "peru" in request.POST else services.support_idea
    write(ledger_id=inside.ledger_id, intent=intent_of(request, inside), idea_id=idea.pk)
    return redirect(reverse("ideas:idea", args=[inside.slug, number]) + "#kannatus")
