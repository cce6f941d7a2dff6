"""Members, their roles, and people."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from digitiekartta.accounts.models import Person, User
from digitiekartta.ui.clock import now

from .. import services
from ..forms.members import PersonForm, RoleForm
from ..forms.parties import EndForm
from ..inside import Inside, intent_of
from ..models import Membership
from ..pages.members import MembersPage, members_page
from ..pages.organisation import UNITS
from ..rules import Role
from ..settings_desk import at_settings, saved, sent, show
from ..words import ROLE_NOTES, ROLES
from .parties import choices_of


def _page(inside: Inside) -> MembersPage:
    memberships = list(
        Membership.objects.filter(ledger_id=inside.ledger_id).select_related("party")
    )
    people = list(Person.objects.filter(ledger_id=inside.ledger_id))
    wanted = {one.account for one in memberships}
    wanted |= {one.account for one in people if one.account is not None}
    accounts = User.objects.filter(pk__in=wanted).values_list("pk", "email", "is_active")
    return members_page(
        memberships, people, {id: (email, active) for id, email, active in accounts}
    )


def _account_choices(page: MembersPage) -> list[tuple[str, str]]:
    return [
        (str(one.id), f"{one.name} ({one.email})" if one.name else one.email)
        for one in page.accounts
        if one.active
    ]


@at_settings
def members(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Who has which role for which party; gives and takes roles."""
    page = _page(inside)
    here = reverse("municipalities:members", args=[inside.slug])
    if request.method == "POST" and "membership" in request.POST:
        receipt = services.revoke_role(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            membership_id=_membership(request),
        )
        return saved(here, receipt)
    form = RoleForm(
        sent(request),
        accounts=_account_choices(page),
        parties=choices_of(inside, *UNITS),
    )
    if request.method == "POST" and form.is_valid():
        receipt = services.assign_role(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside), **form.values()
        )
        return saved(here, receipt)
    context = {
        "page": page,
        "form": form,
        "role_words": ROLES,
        "role_notes": ROLE_NOTES,
    }
    status = 422 if form.errors else 200
    template = "municipalities/settings/members.html"
    return show(request, inside, template, context, section="members", status=status)


def _membership(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["membership"])
    except ValueError:
        raise BadRequest from None


@at_settings
def new_person(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """A new person."""
    form = PersonForm(sent(request), person=None, accounts=_account_choices(_page(inside)))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        receipt = services.add_person(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            account_id=values.pop("account"),
            **values,
        )
        return saved(reverse("municipalities:members", args=[inside.slug]), receipt)
    return _form(request, inside, form, None)


@at_settings
def person(request: HttpRequest, inside: Inside, person_id: UUID) -> HttpResponseBase:
    """A person: name, address, account."""
    one = Person.objects.get(pk=person_id, ledger_id=inside.ledger_id)
    form = PersonForm(sent(request), person=one, accounts=_account_choices(_page(inside)))
    if request.method == "POST" and form.is_valid():
        receipt = services.change_person(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            person_id=one.pk,
            **form.values(),
        )
        return saved(reverse("municipalities:members", args=[inside.slug]), receipt)
    return _form(request, inside, form, one)


def _form(
    request: HttpRequest, inside: Inside, form: PersonForm, one: Person | None
) -> HttpResponse:
    context = {"form": form, "person": one}
    status = 422 if form.errors else 200
    template = "municipalities/settings/person.html"
    return show(request, inside, template, context, section="members", status=status)


@at_settings
def person_left(request: HttpRequest, inside: Inside, person_id: UUID) -> HttpResponseBase:
    """On lähtenyt: what was hers is without a person, her roles here end; or she is back."""
    one = Person.objects.get(pk=person_id, ledger_id=inside.ledger_id)
    back = one.left_on is not None
    form = EndForm(sent(request), label=gettext("Last day"), today=now().date())
    if request.method == "POST" and (back or form.is_valid()):
        receipt = services.person_left(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            person_id=one.pk,
            left_on=None if back else form.cleaned_data["day"],
        )
        return saved(reverse("municipalities:members", args=[inside.slug]), receipt)
    context = {"form": form, "person": one, "back": back, "roles": _roles_of(inside, one)}
    status = 422 if form.errors else 200
    template = "municipalities/settings/person_left.html"
    return show(request, inside, template, context, status=status)


def _roles_of(inside: Inside, one: Person) -> list[str]:
    if one.account is None:
        return []
    held = Membership.objects.filter(ledger_id=inside.ledger_id, account=one.account)
    return [str(ROLES[Role(role)]) for role in held.values_list("role", flat=True)]
