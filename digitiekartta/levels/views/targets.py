"""Target levels: all on one page, or one at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from digitiekartta.municipalities.inside import Inside, intent_of, stamp
from digitiekartta.ui.clock import now

from .. import services
from ..forms import OneTargetForm, TargetsForm
from ..queries import standings
from ..services import NewTarget
from ..words import targets_summary
from .desk import asked, bodies_of, for_coordinators, show, standing_or_404


@for_coordinators
def targets(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """All targets in one table."""
    language = get_language() or "fi"
    rows = standings(inside.ledger_id)
    held = [one for one in rows if one.target is not None]
    initial: dict[str, object] = {"decided_on": now().date()}
    for one in held:
        if one.target is not None:
            initial[f"level-{one.number}"] = one.target.level
            initial[f"reason-{one.number}"] = one.target.reason.get(language, "")
    form = TargetsForm(
        request.POST or None,
        perspectives=[asked(one) for one in rows],
        held=[one.perspective.pk for one in held],
        bodies=bodies_of(inside),
        today=now().date(),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        services.set_targets(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            targets=[
                NewTarget(id, level, None if reason is None else {language: reason})
                for id, level, reason in form.changed()
            ],
            decided=form.decided(targets_summary()),
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + "#luvut")
    context = {"form": form, "stamp": stamp(request, inside), "rows": rows}
    return show(request, inside, "targets", context, 422 if form.is_bound else 200)


@for_coordinators
def target(request: HttpRequest, inside: Inside, number: int) -> HttpResponseBase:
    """One perspective's target, with its reason in every language."""
    one = standing_or_404(inside, number)
    languages = inside.municipality.languages
    initial: dict[str, object] = {"decided_on": now().date()}
    if one.target is not None:
        reasons = {f"reason_{code}": one.target.reason.get(code, "") for code in languages}
        initial |= {"level": one.target.level, **reasons}
    form = OneTargetForm(
        request.POST or None,
        name=str(asked(one)),
        languages=languages,
        bodies=bodies_of(inside),
        today=now().date(),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        level = float(form.cleaned_data["level"])
        services.set_targets(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            targets=[NewTarget(one.perspective.pk, level, form.reason())],
            decided=form.decided(targets_summary()),
        )
        return redirect(reverse("roadmaps:levels", args=[inside.slug]) + f"#nakokulma-{number}")
    context = {"form": form, "stamp": stamp(request, inside), "one": one}
    return show(request, inside, "target", context, 422 if form.is_bound else 200)
