"""How a page of the coordinator is answered: who may, with which stamp, and what can go wrong.

Whoever may not look is answered exactly as if the address did not exist.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from digitiekartta.history.models import Ledger
from digitiekartta.history.rules import ConflictError, Intent, KeyReusedError
from digitiekartta.municipalities.framing import Shown, identity_of, municipality_frame
from digitiekartta.municipalities.inside import Stamp, sent_stamp
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.permissions import COORDINATORS, TEAM, has_role
from digitiekartta.ui.clock import now

from ..models import Round
from ..pages.rounds_conflict import conflict_page
from ..rules import RoundError
from ..words import BROKEN

Args = ParamSpec("Args")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose rounds are worked on, by whom, and whether she may change anything."""

    municipality: Municipality
    account: UUID
    can_write: bool

    @property
    def ledger_id(self) -> UUID:
        return self.municipality.ledger_id

    @property
    def slug(self) -> str:
        return self.municipality.slug

    def round(self, round_id: UUID) -> Round:
        """A round of the municipality. Raises Http404 for any other."""
        found = Round.objects.filter(pk=round_id, ledger_id=self.ledger_id)
        one = found.select_related("framework").first()
        if one is None:
            raise Http404
        return one


View = Callable[Concatenate[HttpRequest, Desk, Args], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Args], HttpResponseBase]


def at_desk(view: View[Args]) -> Answer[Args]:
    """Lets the digital team look and the coordinator write; nobody else learns that a page is."""

    def answered(
        request: HttpRequest, slug: str, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        desk = _desk_or_404(request, slug)
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if request.method == "POST" and not desk.can_write:
            raise PermissionDenied
        response = _guarded(request, desk, lambda: view(request, desk, *args, **kwargs))
        add_never_cache_headers(response)
        return response

    functools.update_wrapper(answered, view)
    # Django gives the slug by its name, which a Callable can't tell.
    return cast("Answer[Args]", answered)


def _guarded(
    request: HttpRequest, desk: Desk, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    try:
        return answer()
    except ObjectDoesNotExist:
        raise Http404 from None
    except ConflictError as conflict:
        page = conflict_page(conflict, get_language() or "fi")
        return show(request, desk, "conflict", {"page": page, "again": request.path}, 409)
    except KeyReusedError:
        return show(request, desk, "stopped", {"reason": "", "again": request.path}, 409)
    except RoundError as broken:
        context = {"reason": BROKEN[broken.rule], "again": request.path}
        return show(request, desk, "stopped", context, 422)


def _desk_or_404(request: HttpRequest, slug: str) -> Desk:
    """Looks at the session only where there is one. Raises Http404 for a stranger."""
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        municipality = Municipality.objects.filter(slug=slug).first()
        viewer = request.user
        if (
            # First, so that the answer's headers (Vary) tell of no municipality that it exists.
            isinstance(viewer, AbstractBaseUser)
            and municipality is not None
            and has_role(viewer, municipality.ledger_id, TEAM)
            and get_language() in municipality.languages
        ):
            can_write = has_role(viewer, municipality.ledger_id, COORDINATORS)
            return Desk(municipality, viewer.pk, can_write)
    # Told as an address that is nowhere: its page has no other languages either.
    request.resolver_match = None
    raise Http404


def show(
    request: HttpRequest,
    desk: Desk,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page of the coordinator, in the municipality's frame."""
    municipality = desk.municipality
    identity = identity_of(municipality)
    example = bool(getattr(context.get("one") or context.get("page"), "example", False))
    values = {
        "frame": municipality_frame(request, identity, Shown(example=example)),
        "desk": desk,
        "slug": desk.slug,
        **context,
    }
    return render(request, f"surveys/rounds/{template}.html", values, status=status)


def stamp(request: HttpRequest, desk: Desk) -> Stamp:
    """The stamp of a page's form: a new one, or the old one where the form comes back."""
    if request.method == "POST":
        return sent_stamp(request)
    revision = Ledger.objects.values_list("revision", flat=True).get(pk=desk.ledger_id)
    return Stamp.fresh(revision)


def intent_of(request: HttpRequest, desk: Desk, reason: str = "") -> Intent:
    """Who writes what is sent, having seen which revision. Raises BadRequest without a stamp."""
    sent = sent_stamp(request)
    return Intent(
        actor=desk.account, at=now(), reason=reason, expected_revision=sent.revision, key=sent.key
    )


def address(name: str, desk: Desk, *args: object) -> str:
    """The address of one of the coordinator's pages, in the language of this one."""
    return reverse(f"rounds:{name}", args=[desk.slug, *args])
