"""The management team's own estimate of today's levels."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from digitiekartta.municipalities.inside import Inside, intent_of, stamp
from digitiekartta.ui.clock import now

from .. import services
from ..forms import EstimateForm
from ..queries import last_estimate, standings
from ..services import Measured
from ..words import estimate_name
from .desk import asked, for_coordinators, said, show


@for_coordinators
def estimate(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Records what the management team estimates itself."""
    rows = standings(inside.ledger_id)
    last, levels = last_estimate(inside.ledger_id)
    initial: dict[str, object] = {"measured_on": now().date()}
    if last is not None:
        initial = {"measured_on": last.measured_on, "source": said(last.source)}
        for one in rows:
            if one.perspective.pk in levels:
                initial[f"level-{one.number}"] = levels[one.perspective.pk]
    form = EstimateForm(
        request.POST or None,
        perspectives=[asked(one) for one in rows],
        today=now().date(),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        source = held["source"]
        services.estimate_levels(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            name=estimate_name(held["measured_on"]),
            measured_on=held["measured_on"],
            source={get_language() or "fi": source} if source else {},
            levels=[Measured(id, value) for id, value in form.levels().items()],
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + "#johtoryhman-arvio")
    context = {"form": form, "stamp": stamp(request, inside), "rows": rows, "last": last}
    return show(request, inside, "estimate", context, 422 if form.is_bound else 200)
