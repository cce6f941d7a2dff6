"""Sectors and units as a tree; bodies and roles; seats."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext

from digitiekartta.accounts.models import Person
from digitiekartta.history.rules import Receipt
from digitiekartta.ui.clock import now

from .. import services
from ..forms.parties import EndForm, PartyForm, SeatForm, SectorListForm
from ..inside import Inside, intent_of, stamp
from ..models import Party, Seat
from ..pages.organisation import UNITS, party_choices, tree_of
from ..rules import BodyTask, PartyKind
from ..settings_desk import at_settings, saved, sent, show
from ..words import KINDS, TASKS

BODIES = (PartyKind.BODY, PartyKind.ROLE)
WORDS = {"kind_words": KINDS, "task_words": TASKS}


def parties_of(inside: Inside) -> list[Party]:
    """All parties of the municipality, in its own order."""
    found = Party.objects.filter(ledger_id=inside.ledger_id).select_related("parent__parent")
    return list(found.order_by("rank", "slug"))


def choices_of(inside: Inside, *kinds: PartyKind) -> list[tuple[str, str]]:
    """The parties that have not ended, to choose from."""
    going = [one for one in parties_of(inside) if one.ended_on is None]
    wanted = [one for one in going if not kinds or one.kind in kinds]
    return party_choices(wanted, get_language() or "fi")


@at_settings
def organisation(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The tree of sectors and units, with staff."""
    held = parties_of(inside)
    context = {
        "tree": tree_of(one for one in held if one.ended_on is None),
        "ended": [one for one in held if one.ended_on is not None and one.kind in UNITS],
        **WORDS,
    }
    template = "municipalities/settings/organisation.html"
    return show(request, inside, template, context, section="organisation")


@at_settings
def bodies(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Bodies and roles with their tasks and seats."""
    held = [one for one in parties_of(inside) if one.kind in BODIES]
    seats = Seat.objects.filter(ledger_id=inside.ledger_id).select_related("represents", "person")
    context = {
        "bodies": [
            (one, [seat for seat in seats.order_by("rank") if seat.body_id == one.pk])
            for one in held
            if one.ended_on is None
        ],
        "ended": [one for one in held if one.ended_on is not None],
        **WORDS,
    }
    return show(request, inside, "municipalities/settings/bodies.html", context, section="bodies")


@at_settings
def new_unit(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """A new sector or unit."""
    return _new(request, inside, UNITS)


@at_settings
def new_body(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """A new body or role."""
    return _new(request, inside, BODIES)


def _new(request: HttpRequest, inside: Inside, kinds: tuple[PartyKind, ...]) -> HttpResponseBase:
    form = PartyForm(
        sent(request),
        party=None,
        languages=inside.municipality.languages,
        parents=choices_of(inside, *UNITS),
        kinds=kinds,
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        values["task"] = BodyTask(values["task"]) if values["task"] else None
        receipt = services.add_party(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            kind=PartyKind(form.cleaned_data["kind"]),
            **values,
        )
        return saved(reverse(f"municipalities:{_list_of(kinds)}", args=[inside.slug]), receipt)
    return _form(request, inside, form, None, kinds)


def _list_of(kinds: tuple[PartyKind, ...]) -> str:
    return "organisation" if kinds == UNITS else "bodies"


@at_settings
def party(request: HttpRequest, inside: Inside, party_id: UUID) -> HttpResponseBase:
    """A party: its name, what it belongs to, its task."""
    one = Party.objects.get(pk=party_id, ledger_id=inside.ledger_id)
    kinds = UNITS if one.kind in UNITS else BODIES
    form = PartyForm(
        sent(request),
        party=one,
        languages=inside.municipality.languages,
        parents=[pair for pair in choices_of(inside, *UNITS) if pair[0] != str(one.pk)],
        kinds=kinds,
    )
    if request.method == "POST" and form.is_valid():
        receipt = services.change_party(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            party_id=one.pk,
            moves=form.in_tree,
            **form.values(),
        )
        return saved(reverse(f"municipalities:{_list_of(kinds)}", args=[inside.slug]), receipt)
    return _form(request, inside, form, one, kinds)


def _form(
    request: HttpRequest,
    inside: Inside,
    form: PartyForm,
    one: Party | None,
    kinds: tuple[PartyKind, ...],
) -> HttpResponse:
    section = _list_of(kinds)
    context = {"form": form, "party": one, "section_name": section, **WORDS}
    status = 422 if form.errors else 200
    template = "municipalities/settings/party.html"
    return show(request, inside, template, context, section=section, status=status)


@at_settings
def sector_list(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Sectors as a list, all at once: for a municipality that begins."""
    form = SectorListForm(sent(request))
    if request.method == "POST" and form.is_valid():
        language = get_language() or "fi"
        receipt = services.add_sectors(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            sectors=[({language: one.name}, one.headcount) for one in form.cleaned_data["lines"]],
        )
        return saved(reverse("municipalities:organisation", args=[inside.slug]), receipt)
    status = 422 if form.errors else 200
    template = "municipalities/settings/sector_list.html"
    return show(request, inside, template, {"form": form}, section="organisation", status=status)


@at_settings
def end_party(request: HttpRequest, inside: Inside, party_id: UUID) -> HttpResponseBase:
    """Ends a party, or takes the end back."""
    one = Party.objects.get(pk=party_id, ledger_id=inside.ledger_id)
    back = one.ended_on is not None
    form = EndForm(sent(request), label=gettext("Last day"), today=now().date())
    if request.method == "POST" and (back or form.is_valid()):
        receipt = services.end_party(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            party_id=one.pk,
            ended_on=None if back else form.cleaned_data["day"],
        )
        section = "organisation" if one.kind in UNITS else "bodies"
        return saved(reverse(f"municipalities:{section}", args=[inside.slug]), receipt)
    context = {"form": form, "party": one, "back": back}
    status = 422 if form.errors else 200
    return show(request, inside, "municipalities/settings/party_end.html", context, status=status)


@at_settings
def seats(request: HttpRequest, inside: Inside, party_id: UUID) -> HttpResponseBase:
    """The seats of a body: who is represented, by whom, who convenes. One form adds, one for each
    seat changes or takes away."""
    body = Party.objects.get(pk=party_id, ledger_id=inside.ledger_id, kind=PartyKind.BODY)
    people = [
        (str(id), name)
        for id, name in Person.objects.filter(ledger_id=inside.ledger_id, left_on=None)
        .order_by("name")
        .values_list("pk", "name")
    ]
    bound = request.POST if request.method == "POST" and "seat" not in request.POST else None
    form = SeatForm(bound, parties=choices_of(inside), people=people)
    here = reverse("municipalities:seats", args=[inside.slug, body.pk])
    if request.method == "POST":
        receipt = (
            _change_seat(request, inside, body)
            if bound is None
            else _add_seat(request, inside, body, form)
        )
        if receipt is not None:
            return saved(here, receipt)
    held = Seat.objects.filter(body=body).select_related("represents", "person")
    context = {
        "form": form,
        "body": body,
        "seats": held.order_by("rank"),
        "people": [("", gettext("Not named yet")), *people],
        "stamp": stamp(request, inside),
    }
    status = 422 if form.errors else 200
    template = "municipalities/settings/seats.html"
    return show(request, inside, template, context, section="bodies", status=status)


def _add_seat(request: HttpRequest, inside: Inside, body: Party, form: SeatForm) -> Receipt | None:
    if not form.is_valid():
        return None
    held = form.cleaned_data
    return services.add_seat(
        ledger_id=inside.ledger_id,
        intent=intent_of(request, inside),
        body_id=body.pk,
        represents_id=UUID(held["represents"]),
        person_id=UUID(held["person"]) if held["person"] else None,
        convener=held["convener"],
    )


def _change_seat(request: HttpRequest, inside: Inside, body: Party) -> Receipt:
    seat = Seat.objects.get(pk=_uuid(request, "seat"), body=body)
    intent = intent_of(request, inside)
    if "remove" in request.POST:
        return services.remove_seat(ledger_id=inside.ledger_id, intent=intent, seat_id=seat.pk)
    return services.change_seat(
        ledger_id=inside.ledger_id,
        intent=intent,
        seat_id=seat.pk,
        convener="convener" in request.POST,
        person_id=_uuid(request, "person") if request.POST.get("person") else None,
    )


def _uuid(request: HttpRequest, name: str) -> UUID:
    """An id that a form carries. Raises BadRequest."""
    try:
        return UUID(request.POST[name])
    except (KeyError, ValueError):
        raise BadRequest from None
