"""Päätösvalta: which changes are valid at once and which wait for a decision."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext

from digitiekartta.documents.registry import Authority
from digitiekartta.municipalities import services
from digitiekartta.municipalities.inside import Inside, intent_of
from digitiekartta.municipalities.settings_desk import at_settings, saved, show

from ..comparing import own_authorities
from ..pages.authorities import authorities_page, chosen
from ..right_words import AUTHORITIES, VALIDITY

REASON = "reason"


@at_settings
def authorities(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The table of authorities; a change needs a reason, since it moves power."""
    own = own_authorities(inside.ledger_id)
    reason = request.POST.get(REASON, "").strip()[:500]
    error = ""
    if request.method == "POST":
        try:
            wanted = chosen(request.POST)
        except ValueError:
            raise BadRequest from None
        own = {name: Authority(value) for name, value in wanted.items()}
        if reason:
            receipt = services.change_settings(
                ledger_id=inside.ledger_id,
                intent=intent_of(request, inside, reason),
                authorities=wanted,
            )
            return saved(reverse("settings:authorities", args=[inside.slug]), receipt)
        error = gettext("Tell the reason, such as the decision that this comes from.")
    context = {
        "groups": authorities_page(own),
        "authority_words": AUTHORITIES,
        "validity_words": VALIDITY,
        "reason": reason,
        "error": error,
        "language_code": get_language() or "fi",
    }
    template = "roadmaps/settings/authorities.html"
    status = 422 if error else 200
    return show(request, inside, template, context, section="authorities", status=status)
