"""What the statuses are called here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from digitiekartta.history.rules import ConflictError
from digitiekartta.municipalities import services
from digitiekartta.municipalities.inside import Inside, intent_of
from digitiekartta.municipalities.settings_desk import (
    Conflict,
    at_settings,
    conflict_of,
    saved,
    sent,
    show,
)

from ..forms.settings import WordingsForm


@at_settings
def wordings(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The municipality's own words; an empty one is the usual."""
    held = inside.municipality
    form = WordingsForm(sent(request), held=held.wordings, languages=held.languages)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            receipt = services.change_settings(
                ledger_id=inside.ledger_id,
                intent=intent_of(request, inside),
                wordings=form.wordings(),
            )
            return saved(reverse("settings:wordings", args=[inside.slug]), receipt)
        except ConflictError as error:
            conflict = conflict_of(inside, error)
    context: dict[str, object] = {"form": form, "conflict": conflict}
    if conflict is not None:
        context["stamp"] = conflict.stamp
    status = 409 if conflict else 422 if form.errors else 200
    template = "roadmaps/settings/wordings.html"
    return show(request, inside, template, context, section="wordings", status=status)
