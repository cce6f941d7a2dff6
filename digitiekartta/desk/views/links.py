"""Personal links: the page that one opens, and making and revoking them on the sector's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from digitiekartta.accounts.models import Person
from digitiekartta.accounts.rules import LimitError, LinkError
from digitiekartta.accounts.services import (
    ask_for_link,
    count_try,
    ended_link,
    holder_of,
    make_personal_link,
    network_of,
    note_use,
    revoke_personal_links,
)
from digitiekartta.municipalities.framing import Shown, identity_of, municipality_frame
from digitiekartta.municipalities.inside import Inside, for_members
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.permissions import NotAllowedError, member_by_person
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.own_words import own_words
from digitiekartta.ui.clock import now
from digitiekartta.ui.framing import bare_frame

from ..words import TASKS
from .own import own_context, try_row
from .reading import DONE, SCRIPTS, STYLES, as_uuid, today
from .rows import Attempt


@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: HttpRequest, token: str) -> HttpResponseBase:
    """Her actions, for whoever holds her link. Opening it changes nothing: mail scanners do."""
    if request.method == "POST":
        return _asked(request, token)
    return _opened(request, token, lambda inside: _shown(request, inside, token, None))


@require_http_methods(["GET", "HEAD", "POST"])
def personal_row(request: HttpRequest, token: str, serial: int) -> HttpResponseBase:
    """Saves one action's row with the person as its writer."""

    def save(inside: Inside) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("desk:personal", token)
        attempt = try_row(request, inside, serial)
        if attempt.receipt is None:
            return _shown(request, inside, token, attempt)
        note_use(link=holder_of(token=token, at=now()), at=now())
        fragment = "&osa=sisalto" if request.GET.get("osa") == "sisalto" else ""
        address = reverse("desk:personal", args=[token])
        return redirect(f"{address}?{DONE}={attempt.receipt.revision}{fragment}#tehty")

    return _opened(request, token, save)


def _opened(
    request: HttpRequest, token: str, do: Callable[[Inside], HttpResponseBase]
) -> HttpResponseBase:
    """What is done for the holder of a link; the page that asks for a new one where it is none."""
    try:
        count_try("personal-address", network_of(request.META.get("REMOTE_ADDR", "")))
        link = holder_of(token=token, at=now())
    except LimitError:
        return _private(_ended(request, token, 429))
    except LinkError:
        return _private(_ended(request, token, 404))
    municipality = Municipality.objects.get(ledger_id=link.person.ledger_id)
    member = member_by_person(link.person_id, link.person.ledger_id)
    try:
        return _private(do(Inside(municipality, member)))
    except (NotAllowedError, Action.DoesNotExist):
        raise Http404 from None


def _shown(
    request: HttpRequest, inside: Inside, token: str, attempt: Attempt | None
) -> HttpResponse:
    context = own_context(request, inside, attempt)
    own = own_words(inside.municipality.wordings)
    shown = Shown(to_anybody=True, styles=STYLES, scripts=SCRIPTS)
    fragment = request.GET.get("osa") == "sisalto"
    values: dict[str, Any] = {
        **context,
        "frame": municipality_frame(request, identity_of(inside.municipality), shown),
        "layout": "ui/fragment.html" if fragment else "ui/frame.html",
        "slug": inside.slug,
        "person": Person.objects.get(pk=inside.member.actor),
        "situation_words": own.situations,
        "status_words": own.statuses,
        "task_words": TASKS,
        "today": today(),
        "to": {
            "list": reverse("desk:personal", args=[token]),
            "rows": {
                one: reverse("desk:personal_row", args=[token, one]) for one in context["forms"]
            },
        },
    }
    status = 200 if attempt is None else attempt.status
    return render(request, "desk/personal.html", values, status=status)


def _asked(request: HttpRequest, token: str) -> HttpResponseBase:
    """Notes that a new link is wanted, where the old one was known."""
    try:
        count_try("personal-address", network_of(request.META.get("REMOTE_ADDR", "")))
        ask_for_link(token=token, at=now())
    except (LimitError, LinkError):
        return _private(_ended(request, token, 404))
    return _private(_ended(request, token, 200, asked=True))


def _ended(request: HttpRequest, token: str, status: int, *, asked: bool = False) -> HttpResponse:
    known = ended_link(token=token) if status != 429 else None
    context = {
        "frame": bare_frame(request),
        "can_ask": known is not None and not asked,
        "asked": asked,
        "too_many": status == 429,
    }
    return render(request, "desk/link_ended.html", context, status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Nobody keeps the page, and nobody learns its address from where it leads."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@for_members
def links(request: HttpRequest, inside: Inside, party: str) -> HttpResponseBase:
    """Makes a person's link, or ends it; the coordinator alone. The link is shown once."""
    from .sector import show_sector  # noqa: PLC0415 -- the page that this one's form stands on

    if not inside.member.has(Role.COORDINATOR):
        raise NotAllowedError("personal_links")
    if request.method != "POST":
        return redirect("desk:sector", inside.slug, party)
    person = Person.objects.get(
        pk=as_uuid(request.POST.get("person", "")), ledger_id=inside.ledger_id
    )
    if request.POST.get("do") == "revoke":
        revoke_personal_links(ledger_id=inside.ledger_id, person_id=person.pk, at=now())
        return redirect(reverse("desk:sector", args=[inside.slug, party]) + "#linkit")
    token = make_personal_link(person=person, by=inside.member.actor, at=now())
    address = request.build_absolute_uri(reverse("desk:personal", args=[token]))
    return show_sector(request, inside, party, made=(person, address))
