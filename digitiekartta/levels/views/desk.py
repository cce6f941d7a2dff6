"""How a page of the coordinator's levels is answered; strangers learn of no such page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language, gettext

from digitiekartta.decisions.services import DecisionInTheFutureError
from digitiekartta.history.rules import ConflictError, KeyReusedError
from digitiekartta.municipalities.inside import (
    Inside,
    for_members,
    show_inside,
)
from digitiekartta.municipalities.models import Party, Perspective
from digitiekartta.municipalities.rules import BodyTask, PartyKind
from digitiekartta.surveys.rules import RoundError
from digitiekartta.surveys.words import BROKEN
from digitiekartta.ui.languages import pick

from ..forms import Asked
from ..models import Priority, Series, Target
from ..pages.conflict import conflict_page
from ..permissions import may_record
from ..queries import Standing, standings

Args = ParamSpec("Args")
View = Callable[Concatenate[HttpRequest, Inside, Args], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Args], HttpResponseBase]


def for_coordinators(view: View[Args]) -> Answer[Args]:
    """Answers the coordinator; whoever else looks is answered as by an address that is nowhere."""

    @for_members
    def answered(
        request: HttpRequest, inside: Inside, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not may_record(inside.member):
            request.resolver_match = None
            raise Http404
        try:
            return view(request, inside, *args, **kwargs)
        except ConflictError as conflict:
            page = conflict_page(conflict.conflicts, _names(inside), get_language() or "fi")
            context = {"page": page, "again": request.path}
            return show(request, inside, "conflict", context, 409)
        except KeyReusedError:
            return _stopped(request, inside, "", 409)
        except RoundError as broken:
            return _stopped(request, inside, str(BROKEN[broken.rule]), 422)
        except DecisionInTheFutureError:
            return _stopped(request, inside, gettext("The day is in the future."), 422)

    functools.update_wrapper(answered, view)
    return answered


def _stopped(request: HttpRequest, inside: Inside, reason: str, status: int) -> HttpResponse:
    return show(request, inside, "stopped", {"reason": reason, "again": request.path}, status)


def show(
    request: HttpRequest,
    inside: Inside,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page of the coordinator, in the municipality's frame."""
    return show_inside(request, inside, f"levels/{template}.html", context, status=status)


def bodies_of(inside: Inside) -> list[tuple[str, str]]:
    """Who may have decided, the owner of the roadmap first: its bodies with the power to.

    Where no body has been given such a task, all bodies; where there are none, every party.
    """
    parties = list(Party.objects.filter(ledger_id=inside.ledger_id).order_by("rank", "slug"))
    deciding = [one for one in parties if one.task in (BodyTask.OWNS, BodyTask.APPROVES)]
    deciding.sort(key=lambda one: one.task != BodyTask.OWNS)
    bodies = [one for one in parties if one.kind == PartyKind.BODY]
    return [(str(one.pk), said(one.name)) for one in deciding or bodies or parties]


def asked(standing: Standing) -> Asked:
    """A perspective as forms name it."""
    one = standing.perspective
    return Asked(one.pk, one.number, said(one.short_name) or said(one.name))


def standing_or_404(inside: Inside, number: int) -> Standing:
    """The perspective of a number. Raises Http404 for one that is not."""
    for one in standings(inside.ledger_id):
        if one.number == number:
            return one
    raise Http404


def said(texts: Mapping[str, str]) -> str:
    """A text in the reader's language."""
    return pick(texts, get_language() or "fi").text


def _names(inside: Inside) -> dict[str, str]:
    """What the rows of levels are about, by their ids."""
    names: dict[UUID, str] = {
        one.pk: f"{one.number} {said(one.short_name) or said(one.name)}"
        for one in Perspective.objects.filter(ledger_id=inside.ledger_id)
    }
    about = {
        str(pk): names.get(perspective, "")
        for table in (Target, Priority)
        for pk, perspective in table._default_manager.filter(
            ledger_id=inside.ledger_id
        ).values_list("pk", "perspective_id")
    }
    series = Series.objects.filter(ledger_id=inside.ledger_id)
    return {**about, **{str(one.pk): said(one.name) for one in series}}
