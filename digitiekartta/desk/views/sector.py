"""A sector's page and its hand-over sheet for a successor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from digitiekartta.accounts.models import Person
from digitiekartta.accounts.services import links_asked_for, working_links
from digitiekartta.municipalities.inside import Inside, for_members
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps.permissions import standings_in
from digitiekartta.roadmaps.rights import Deed, may
from digitiekartta.ui.clock import now

from ..pages.sector import sector_page
from ..queries import Case, cases_of_party, party_by_slug, people_of, silence_days
from .reading import plan_or_404, show, today


@for_members
def sector(request: HttpRequest, inside: Inside, party: str) -> HttpResponseBase:
    """What a party answers for, and what of it waits for somebody."""
    return show_sector(request, inside, party)


def show_sector(
    request: HttpRequest, inside: Inside, slug: str, *, made: tuple[Person, str] | None = None
) -> HttpResponse:
    """The page; ``made`` is a link that was just made, and for whom: it is shown this once."""
    party = party_by_slug(inside.ledger_id, slug)
    cases = cases_of_party(inside.member, plan_or_404(inside), party.pk)
    context: dict[str, Any] = {
        "party": party,
        "page": sector_page(cases, today(), silence_days(inside.municipality)),
        "silence": silence_days(inside.municipality),
        "reports": may(Deed.REPORT_FOR_OTHERS, standings_in(inside.member)),
        "made": made,
    }
    if inside.member.has(Role.COORDINATOR):
        context["people"] = _people(inside, cases)
    return show(request, inside, "sector", context, live=made is None)


def _people(inside: Inside, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Those of the party's actions who have no account, with the links that they hold."""
    wanted = {one.row.person_id for one in cases if not one.facts.is_over}
    wanted |= {one for case in cases for one in case.row.deputies}
    until = {one.person_id: one.expires_at for one in working_links(inside.ledger_id, now())}
    asked = set(links_asked_for(inside.ledger_id).values_list("person_id", flat=True))
    return [
        {"person": one, "until": until.get(one.pk), "asked": one.pk in asked}
        for one in people_of(inside.ledger_id)
        if one.account is None and (one.pk in wanted or str(one.pk) in wanted)
    ]


@for_members
def hand_over(request: HttpRequest, inside: Inside, party: str) -> HttpResponseBase:
    """The sheet for whoever takes over: what is pending, dates, people, where things are."""
    its = party_by_slug(inside.ledger_id, party)
    plan = plan_or_404(inside)
    cases = cases_of_party(inside.member, plan, its.pk)
    context: dict[str, Any] = {
        "party": its,
        "plan": plan,
        "page": sector_page(cases, today(), silence_days(inside.municipality)),
        "gates": plan.gates,
        "municipality": inside.municipality,
        "seats": [one for one in plan.seats if one.represents.id == str(its.pk)],
    }
    return show(request, inside, "hand_over", context)
