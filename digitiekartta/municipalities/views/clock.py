"""The annual clock: its gates."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from .. import services
from ..forms.parties import GateForm
from ..inside import Inside, intent_of
from ..models import Gate
from ..settings_desk import at_settings, saved, sent, show
from .parties import choices_of


@at_settings
def clock(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """All gates in the order of the year."""
    gates = Gate.objects.filter(ledger_id=inside.ledger_id).select_related("party")
    context = {"gates": gates.order_by("first", "last", "rank")}
    return show(request, inside, "municipalities/settings/clock.html", context, section="clock")


@at_settings
def new_gate(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """A new gate."""
    return _gate(request, inside, None)


@at_settings
def gate(request: HttpRequest, inside: Inside, gate_id: UUID) -> HttpResponseBase:
    """A gate: its days, who does it; takes it away."""
    one = Gate.objects.get(pk=gate_id, ledger_id=inside.ledger_id)
    return _gate(request, inside, one)


def _gate(request: HttpRequest, inside: Inside, one: Gate | None) -> HttpResponseBase:
    listed = reverse("municipalities:clock", args=[inside.slug])
    if one is not None and request.method == "POST" and "remove" in request.POST:
        intent = intent_of(request, inside)
        return saved(
            listed,
            services.remove_gate(ledger_id=inside.ledger_id, intent=intent, gate_id=one.pk),
        )
    form = GateForm(
        sent(request),
        gate=one,
        languages=inside.municipality.languages,
        parties=choices_of(inside),
    )
    if request.method == "POST" and form.is_valid():
        where = {"ledger_id": inside.ledger_id, "intent": intent_of(request, inside)}
        values = {**where, **form.values()}
        receipt = (
            services.add_gate(**values)
            if one is None
            else services.change_gate(gate_id=one.pk, **values)
        )
        return saved(listed, receipt)
    context = {"form": form, "gate": one}
    status = 422 if form.errors else 200
    template = "municipalities/settings/gate.html"
    return show(request, inside, template, context, section="clock", status=status)
