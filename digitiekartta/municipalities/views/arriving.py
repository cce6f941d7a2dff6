"""Where somebody lands who has signed in, and what she is asked for where that is not enough."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.rules import Requirement
from digitiekartta.accounts.second_factor import has_second_factor
from digitiekartta.accounts.showing import for_owner, go, next_of, show

from ..models import Membership, Municipality
from ..permissions import lacks, member_by_account


@require_GET
@for_owner
def landing(request: HttpRequest, account: User) -> HttpResponseBase:
    """On to where somebody was going, else to her own page; first, what her roles demand."""
    next_url = next_of(request)
    homes = _homes(account)
    if any(_lacking(request, account, one) for one in homes):
        return go("people:more", next_url)
    if next_url:
        return HttpResponseRedirect(next_url)
    return HttpResponseRedirect(_own_page(homes))


@require_GET
@for_owner
def more(request: HttpRequest, account: User) -> HttpResponseBase:
    """What a role demands besides how somebody signed in, and how to give it."""
    lacking = [
        (one, demands) for one in _homes(account) if (demands := _lacking(request, account, one))
    ]
    if not lacking:
        return go("people:landing", next_of(request))
    context = {
        "lacking": [(one.name, sorted(demands)) for one, demands in lacking],
        "demands": {demand for _, theirs in lacking for demand in theirs},
        "has_factor": has_second_factor(account),
        "Requirement": Requirement,
        "next": next_of(request),
    }
    return show(request, "municipalities/people/more", context, 403)


def _homes(account: User) -> list[Municipality]:
    """The municipalities that somebody is of, by name."""
    ledgers = {
        *Membership.objects.filter(account=account.pk).values_list("ledger_id", flat=True),
        *Person.objects.filter(account=account.pk).values_list("ledger_id", flat=True),
    }
    return list(Municipality.objects.filter(ledger_id__in=ledgers).order_by("slug"))


def _lacking(request: HttpRequest, account: User, municipality: Municipality) -> frozenset[str]:
    member = member_by_account(account.pk, municipality.ledger_id)
    return frozenset() if member is None else lacks(request.user, member)


def _own_page(homes: list[Municipality]) -> str:
    """One's own page where there is one municipality; else the front page, which lists them."""
    if len(homes) != 1:
        return reverse("roadmaps:front")
    slug = homes[0].slug
    try:
        return reverse("desk:own", args=[slug])
    except NoReverseMatch:
        return reverse("roadmaps:home", args=[slug])
