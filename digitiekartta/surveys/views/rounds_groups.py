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
from ..forms import GroupsForm, MergeForm, PasteForm
from ..models import Round, RoundUnit
from ..pages.rounds_groups import (
    Understood,
    choices_of,
    initial_of,
    mergeable,
    merged_groups,
    understood,
)
from ..pasting import parse_pasted_units
from ..rules import Broken, RoundError, RoundState, Way
from ..services.units import Group, taken_by_merging
from ..words import BROKEN, NOT_UNDERSTOOD, WAYS
from .rounds_desk import Desk, address, at_desk, intent_of, show, stamp

STAFF = (PartyKind.SECTOR, PartyKind.UNIT)


def _parties(desk: Desk) -> list[Party]:
    return list(Party.objects.going().filter(ledger_id=desk.ledger_id, kind__in=STAFF))


def _draft(desk: Desk, round_id: UUID) -> Round:
    one = desk.round(round_id)
    if one.state != RoundState.DRAFT:
        raise RoundError(Broken.NOT_DRAFT)
    return one


@at_desk
def groups(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Which sectors and units answer, with how many people and how."""
    one = _draft(desk, round_id)
    taken = taken_by_merging(one)
    parties = [party for party in _parties(desk) if party.pk not in taken]
    choices = choices_of(parties, get_language() or "fi")
    units = list(RoundUnit.objects.filter(round=one).select_related("party"))
    form = GroupsForm(
        request.POST or None,
        initial=initial_of(parties, units),
        parties=[(choice.id, choice.name) for choice in choices],
    )
    if request.method == "POST" and form.is_valid():
        try:
            if not form.groups() and not taken:
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
    context = {
        "form": form,
        "stamp": stamp(request, desk),
        "one": one,
        "choices": choices,
        "merged": merged_groups(units, Party.objects.filter(pk__in=taken)),
        "can_merge": len(units) > 1,
        "ways": WAYS,
    }
    return show(request, desk, "groups", context, 422 if form.is_bound else 200)


@at_desk
def merge(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Groups that answer as one under a name of their own (``?ryhma=`` names those to merge)."""
    one = _draft(desk, round_id)
    units = list(RoundUnit.objects.filter(round=one).select_related("party"))
    form = MergeForm(
        request.POST or None,
        units=mergeable(units, get_language() or "fi"),
        initial={"units": request.GET.getlist("ryhma"), "way": Way.EMAIL},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.merge_units(
                ledger_id=desk.ledger_id,
                intent=intent_of(request, desk),
                round_id=one.pk,
                unit_ids=form.unit_ids(),
                name=form.name(),
                way=Way(form.cleaned_data["way"]),
            )
        except RoundError as broken:
            form.add_error("units", str(BROKEN[broken.rule]))
        else:
            return redirect(address("groups", desk, one.pk))
    context = {"form": form, "stamp": stamp(request, desk), "one": one}
    return show(request, desk, "merge", context, 422 if form.is_bound else 200)


@at_desk
def apart(request: HttpRequest, desk: Desk, round_id: UUID, unit_id: UUID) -> HttpResponseBase:
    """Takes a merged group apart."""
    one = _draft(desk, round_id)
    unit = RoundUnit.objects.get(pk=unit_id, round=one)
    if request.method == "POST":
        services.take_apart(
            ledger_id=desk.ledger_id, intent=intent_of(request, desk), unit_id=unit.pk
        )
    return redirect(address("groups", desk, one.pk))


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
        if not unit.merged
    }
    for matched in read.usable:
        if matched.party is not None:
            held[matched.party] = Group(matched.party, matched.row.headcount, matched.row.way)
    services.set_units(
        ledger_id=desk.ledger_id, intent=intent, round_id=one.pk, groups=list(held.values())
    )
