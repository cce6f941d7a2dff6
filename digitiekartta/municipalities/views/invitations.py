"""Inviting, and accepting an invitation."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from digitiekartta.accounts.entering import enter
from digitiekartta.accounts.mail import send
from digitiekartta.accounts.models import Person
from digitiekartta.accounts.rules import LimitError, LinkError, Way
from digitiekartta.accounts.services import count_try
from digitiekartta.accounts.showing import absolute, count_address, show, too_many
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from ..forms.inviting import InvitationForm
from ..inside import Inside, for_members, show_inside
from ..models import Municipality, Party
from ..pages.inviting import invitation_mail, invitation_rows
from ..permissions import COORDINATORS, NotAllowedError
from ..rules import PartyKind
from ..services.inviting import (
    accept_invitation,
    invitation_of,
    invite,
    open_invitations,
    take_back_invitation,
)

TEMPLATE = "municipalities/people/invitations.html"


@for_members
def invitations(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Lists open invitations; makes one, or takes one back."""
    if not inside.member.has(*COORDINATORS):
        raise NotAllowedError("invite")
    if request.method == "POST" and "invitation" in request.POST:
        take_back_invitation(
            ledger_id=inside.ledger_id, by=inside.member.actor, invitation_id=_id(request)
        )
        return redirect(reverse("people:invitations", args=[inside.slug]))
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        languages=inside.municipality.languages,
        parties=_parties(inside),
        people=_people(inside),
    )
    link, status = "", 422 if form.errors else 200
    if form.is_valid():
        try:
            link = _invited(request, inside, form)
        except LimitError:
            return too_many(request)
    rows = invitation_rows(open_invitations(inside.ledger_id), now())
    context = {
        "rows": rows,
        "form": form,
        "link": link,
        "email": form.cleaned_data["email"] if link else "",
    }
    return show_inside(request, inside, TEMPLATE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Opening the link changes nothing, since mail scanners open links; one press accepts."""
    try:
        count_address(request, "link-address")
        if request.method == "POST":
            account = accept_invitation(token=token, at=now())
            return enter(request, account, Way.LINK, "")
        invitation = invitation_of(token=token, at=now())
    except LimitError:
        return too_many(request)
    except LinkError:
        return show(request, "municipalities/people/invitation_failed", {}, 404)
    municipality = Municipality.objects.get(ledger_id=invitation.ledger_id)
    context = {"invitation": invitation, "municipality": municipality}
    return show(request, "municipalities/people/accept", context)


def _invited(request: HttpRequest, inside: Inside, form: InvitationForm) -> str:
    """Makes the invitation and sends it; gives its link, for handing over otherwise."""
    count_try("invite-account", str(inside.member.actor))
    values = form.values()
    token = invite(ledger_id=inside.ledger_id, by=inside.member.actor, at=now(), **values)
    link = absolute(request, reverse("people:accept", args=[token]))
    name = pick(inside.municipality.name, values["language"]).text
    mail = invitation_mail(link, name, values["language"])
    send(mail, to=values["email"])
    return link


def _parties(inside: Inside) -> list[tuple[str, str]]:
    found = Party.objects.filter(
        ledger_id=inside.ledger_id,
        kind__in=[PartyKind.SECTOR, PartyKind.UNIT],
        ended_on__isnull=True,
    )
    return [(str(one.pk), _said(one.name)) for one in found.order_by("rank")]


def _people(inside: Inside) -> list[tuple[str, str]]:
    found = Person.objects.filter(
        ledger_id=inside.ledger_id, account__isnull=True, left_on__isnull=True
    )
    return [(str(one.pk), one.name) for one in found.order_by("name")]


def _said(texts: dict[str, str]) -> str:
    return pick(texts, get_language() or "fi").text


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["invitation"])
    except ValueError:
        raise BadRequest from None
