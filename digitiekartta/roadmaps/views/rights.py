"""Oikeudet: who may do what and why, in words. Every member reads it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from digitiekartta.municipalities.inside import Inside, for_members, show_inside
from digitiekartta.municipalities.permissions import TEAM

from ..comparing import own_authorities
from ..pages.rights import rights_page
from ..permissions import standings_in


@for_members
def rights(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The table of rights, made from the one that services read."""
    context = {
        "rights": rights_page(own_authorities(inside.ledger_id), standings_in(inside.member)),
        "sees_settings": inside.member.has(*TEAM),
    }
    return show_inside(request, inside, "roadmaps/settings/rights.html", context)
