"""How a page of a municipality's inside is answered: for whom, with which stamp, in which frame.

Whoever is a stranger is answered exactly as if the address did not exist.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from digitiekartta.history.models import Ledger
from digitiekartta.history.rules import Intent
from digitiekartta.ui.clock import now

from .framing import Shown, identity_of, municipality_frame
from .models import Municipality
from .permissions import Member, NotAllowedError, lacks, member_by_account, member_of

Args = ParamSpec("Args")
MOST_REVISIONS = 2**53


@dataclass(frozen=True, slots=True)
class Inside:
    """Whose inside a page shows, and to whom."""

    municipality: Municipality
    member: Member

    @property
    def ledger_id(self) -> UUID:
        return self.municipality.ledger_id

    @property
    def slug(self) -> str:
        return self.municipality.slug


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form carries along: the revision that its page showed, and the key of its sending."""

    revision: int
    key: str

    @classmethod
    def fresh(cls, revision: int) -> Stamp:
        """The stamp of a sending that has not been yet."""
        return cls(revision, str(uuid4()))


View = Callable[Concatenate[HttpRequest, Inside, Args], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Args], HttpResponseBase]


def for_members(view: View[Args]) -> Answer[Args]:
    """Answers members of the municipality; nobody else learns that there is a page.

    What the member may do on it, the view and the services decide: NotAllowedError becomes a page
    that says so, what does not exist (or is another municipality's) one that is not found.
    """

    def answered(
        request: HttpRequest, slug: str, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        try:
            inside = inside_or_404(request, slug)
        except Http404:
            if (led := led_to_show_more(request, slug)) is not None:
                return led
            raise
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        try:
            response = view(request, inside, *args, **kwargs)
        except ObjectDoesNotExist:
            raise Http404 from None
        except NotAllowedError as refused:
            raise PermissionDenied from refused
        add_never_cache_headers(response)
        return response

    functools.update_wrapper(answered, view)
    # Django gives the slug by its name, which a Callable can't tell.
    return cast("Answer[Args]", answered)


def led_to_show_more(request: HttpRequest, slug: str) -> HttpResponseBase | None:
    """Where somebody of the municipality is led whose way of signing in is not enough for her role;
    None for everybody else."""
    if not request.COOKIES.get(settings.SESSION_COOKIE_NAME) or not request.user.is_authenticated:
        return None
    ledger_id = Municipality.objects.filter(slug=slug).values_list("ledger_id", flat=True).first()
    member = None if ledger_id is None else member_by_account(request.user.pk, ledger_id)
    if member is None or not lacks(request.user, member):
        return None
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('people:more')}?{query}")


def inside_of(request: HttpRequest, slug: str) -> Inside | None:
    """Who is looking, where it is somebody of the municipality. Without a session cookie nothing
    is looked up, so that pages for everybody can be kept."""
    if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        return None
    # Asked at every address, so that the answer's headers (Vary) tell of none that it exists.
    signed_in = request.user.is_authenticated
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None or not signed_in:
        return None
    member = member_of(request.user, municipality.ledger_id)
    return None if member is None else Inside(municipality, member)


def inside_or_404(request: HttpRequest, slug: str) -> Inside:
    """Who is looking. Raises Http404 for a stranger, as for an address that is nowhere."""
    inside = inside_of(request, slug)
    if inside is None or get_language() not in inside.municipality.languages:
        # Told as an address that is nowhere: its page has no other languages either.
        request.resolver_match = None
        raise Http404
    return inside


def show_inside(
    request: HttpRequest,
    inside: Inside,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    shown: Shown | None = None,
) -> HttpResponse:
    """A page of the inside, in the municipality's frame."""
    frame = municipality_frame(request, identity_of(inside.municipality), shown or Shown())
    values = {
        "frame": frame,
        "layout": "ui/frame.html",
        "inside": inside,
        "slug": inside.slug,
        **context,
    }
    return render(request, template, values, status=status)


def stamp(request: HttpRequest, inside: Inside) -> Stamp:
    """The stamp of a page's form: a new one, or the old one where the form comes back."""
    if request.method == "POST":
        return sent_stamp(request)
    revision = Ledger.objects.values_list("revision", flat=True).get(pk=inside.ledger_id)
    return Stamp.fresh(revision)


def intent_of(request: HttpRequest, inside: Inside, reason: str = "") -> Intent:
    """Who writes what is sent, having seen which revision. Raises BadRequest without a stamp."""
    sent = sent_stamp(request)
    return Intent(
        actor=inside.member.actor,
        at=now(),
        reason=reason,
        expected_revision=sent.revision,
        key=sent.key,
    )


def sent_stamp(request: HttpRequest) -> Stamp:
    """The stamp that a form brought along. Raises BadRequest without one."""
    try:
        revision = int(request.POST["revision"])
        key = str(UUID(request.POST["key"]))
    except (KeyError, ValueError):
        raise BadRequest from None
    if not 0 <= revision < MOST_REVISIONS:
        raise BadRequest
    return Stamp(revision, key)
