"""What roles must show when signing in, and accounts that the coordinator sees to."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.rules import Requirement, meets
from digitiekartta.accounts.second_factor import has_second_factor

from ..forms.inviting import DemandsForm
from ..inside import Inside, for_members, intent_of, show_inside, stamp
from ..permissions import COORDINATORS, NotAllowedError, member_by_account, ways_of
from ..rules import SettingError
from ..services import erasing
from ..services.inviting import set_sign_in_rules
from ..words import BROKEN, ROLES


@for_members
def demands(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What each role must show when signing in."""
    if not inside.member.has(*COORDINATORS):
        raise NotAllowedError("change_settings")
    ways = ways_of(request.user)
    form = DemandsForm(
        request.POST if request.method == "POST" else None,
        rules=inside.municipality.sign_in_rules,
        organisation=bool(settings.OIDC_NAME),
        own=inside.member.roles,
        met={str(one): meets(one, ways) for one in Requirement},
    )
    if form.is_valid():
        set_sign_in_rules(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside), rules=form.cleaned_data
        )
        return redirect(reverse("people:demands", args=[inside.slug]) + "?tehty=1")
    context = {
        "form": form,
        "stamp": stamp(request, inside),
        "done": "tehty" in request.GET and not form.errors,
    }
    template = "municipalities/people/demands.html"
    return show_inside(request, inside, template, context, status=422 if form.errors else 200)


@for_members
def account(request: HttpRequest, inside: Inside, account_id: UUID) -> HttpResponseBase:
    """One member's account: disabled, enabled, helped with a lost second factor, or erased."""
    if not inside.member.has(*COORDINATORS):
        raise NotAllowedError("see_to_accounts")
    member = member_by_account(account_id, inside.ledger_id)
    one = User.objects.filter(pk=account_id).first()
    if member is None or one is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            return _done(request, inside, one)
        except SettingError as broken:
            problem = str(BROKEN[broken.rule])
    return _page(request, inside, one, problem)


def _done(request: HttpRequest, inside: Inside, one: User) -> HttpResponseBase:
    place = {"ledger_id": inside.ledger_id, "by": inside.member.actor, "account_id": one.pk}
    deed = request.POST.get("deed", "")
    if deed == "disable":
        erasing.disable_member(**place)
    elif deed == "enable":
        erasing.enable_member(**place)
    elif deed == "forget":
        erasing.forget_factors(**place)
    elif deed == "erase":
        if request.POST.get("sure") != "1":
            return _page(request, inside, one, "sure")
        erasing.erase_member(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside), account_id=one.pk
        )
        return redirect(reverse("people:invitations", args=[inside.slug]) + "?poistettu=1")
    here = reverse("people:account", args=[inside.slug, one.pk])
    return redirect(f"{here}?tehty={deed}")


def _page(request: HttpRequest, inside: Inside, one: User, problem: str) -> HttpResponse:
    member = member_by_account(one.pk, inside.ledger_id)
    people = Person.objects.filter(ledger_id=inside.ledger_id, account=one.pk)
    context = {
        "account": one,
        "roles": [ROLES[role] for role in ROLES if member is not None and role in member.roles],
        "people": [person.name for person in people],
        "has_factor": has_second_factor(one),
        "is_own": one.pk == inside.member.actor,
        "alone": erasing.is_here_alone(one.pk, inside.ledger_id),
        "problem": problem,
        "done": request.GET.get("tehty", ""),
        "stamp": stamp(request, inside),
    }
    template = "municipalities/people/account.html"
    return show_inside(request, inside, template, context, status=422 if problem else 200)
