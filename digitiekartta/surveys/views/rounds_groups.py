"""The groups of a draft: chosen from the list, or pasted from a spreadsheet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language

from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import PartyKind

from .. import services
from ..forms import GroupsForm, PasteForm
from ..models import Round, RoundUnit
from ..pages.rounds_groups import Understood, choices_of, initial_of, understood
from ..pasting import parse_pasted_units
from ..rules import Broken, RoundError, RoundState, Way
from ..services.units import Group
from ..words import BROKEN, NOT_UNDERSTOOD, WAYS
from .rounds_desk import Desk, address, at_desk, intent_of, show, stamp

STAFF = (PartyKind.SECTOR, PartyKind.UNIT)


def _parties(desk: Desk) -> list[Party]:
    return list(Party.objects.filter(ledger_id=desk.ledger_id, kind__in=STAFF))


def _draft(desk: Desk, round_id: UUID) -> Round:
    one = desk.round(round_id)
    if one.state != RoundState.DRAFT:
        raise RoundError(Broken.NOT_DRAFT)
    return one


@at_desk
def groups(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Which sectors and units answer, with how many people and how."""
    one = _draft(desk, round_id)
    parties = _parties(desk)
    choices = choices_of(parties, get_language() or "fi")
    units = list(RoundUnit.objects.filter(round=one))
    form = GroupsForm(
        request.POST or None,
        initial=initial_of(parties, units),
        parties=[(choice.id, choice.name) for choice in choices],
    )
    if request.method == "POST" and form.is_valid():
        try:
            if not form.groups():
                raise RoundError(Broken.NO_UNITS)
            services.set_units(
                ledger_id=desk.ledger_id,
                intent=intent_of(request, desk),
                round_id=one.pk,
                groups=form.groups(),
            )
        except RoundError as broken:
            form.add_error(None, str(BROKEN[broken.rule]))
        else:
            return redirect(address("round", desk, one.pk))
    context = {"form": form, "stamp": stamp(request, desk), "one": one, "choices": choices}
    return show(request, desk, "groups", context, 422 if form.is_bound else 200)


@at_desk
def paste(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Rows from a spreadsheet: shown as they were understood, and taken once that is confirmed."""
    one = _draft(desk, round_id)
    form = PasteForm(request.POST or None)
    read: Understood | None = None
    if request.method == "POST" and form.is_valid():
        read = understood(parse_pasted_units(form.cleaned_data["rows"]), _parties(desk))
        if "confirm" in request.POST and read.usable:
            _take(desk, one, read, intent_of(request, desk))
            return redirect(address("groups", desk, one.pk))
    context = {
        "form": form,
        "read": read,
        "stamp": stamp(request, desk),
        "one": one,
        "reasons": NOT_UNDERSTOOD,
        "ways": WAYS,
    }
    return show(request, desk, "paste", context, 422 if form.errors else 200)


def _take(desk: Desk, one: Round, read: Understood, intent: Intent) -> None:
    """Adds the pasted groups to those of the round; a group that it has gets the pasted values."""
    held = {
        unit.party_id: Group(unit.party_id, unit.headcount, Way(unit.way))
        for unit in RoundUnit.objects.filter(round=one).order_by("rank")
    }
    for matched in read.usable:
        if matched.party is not None:
            held[matched.party] = Group(matched.party, matched.row.headcount, matched.row.way)
    services.set_units(
        ledger_id=desk.ledger_id, intent=intent, round_id=one.pk, groups=list(held.values())
    )
