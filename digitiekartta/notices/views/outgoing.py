"""Lähtevät muistutukset (the digital team's), and what stays without an answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from digitiekartta.municipalities.inside import Inside, for_members, show_inside
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.municipalities.rules import Role
from digitiekartta.municipalities.settings_desk import at_settings, show
from digitiekartta.ui.clock import now

from .. import services
from ..mailing import MailServerError, RefusedError
from ..pages.outgoing import outgoing_page
from ..pages.outgoing import unanswered as unanswered_list
from ..queries import Everyone, digests_of, plans_of, rhythm_of, today_of
from ..rules import next_open

TRIED = "koe"
SEES_LIST = (Role.COORDINATOR, Role.TEAM, Role.HEAD, Role.MANAGEMENT, Role.SECRETARY)


@at_settings
def outgoing(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Who would get what next and why; the test mail is a form."""
    at = now()
    if request.method == "POST":
        return redirect(f"{request.path}?{TRIED}={_try(inside)}")
    digests = digests_of(inside.ledger_id)
    everyone = Everyone(inside.municipality)
    found = (everyone.by_id(one.recipient) for one in digests)
    page = outgoing_page(
        plans_of(inside.municipality, today_of(at)),
        digests,
        {one.id: one.name for one in found if one is not None},
        next_open(rhythm_of(inside.municipality), at),
    )
    tried = request.GET.get(TRIED, "")
    context = {"page": page, "tried": tried, "opens_now": page.opens_at <= at}
    return show(request, inside, "notices/outgoing.html", context)


def _try(inside: Inside) -> str:
    try:
        sent = services.send_sample(
            municipality=inside.municipality, account_id=inside.member.actor, at=now()
        )
    except (RefusedError, MailServerError):
        return "ei"
    return "lahti" if sent else "tyhja"


@for_members
def unanswered(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What nobody has answered, though everybody in line was told: for those who lead."""
    if not inside.member.has(*SEES_LIST):
        raise NotAllowedError("see_unanswered")
    plans = plans_of(inside.municipality, today_of(now()), inside.member.audience)
    rows = unanswered_list((*plans.listed, *plans.newly_listed))
    return show_inside(request, inside, "notices/unanswered.html", {"rows": rows})
