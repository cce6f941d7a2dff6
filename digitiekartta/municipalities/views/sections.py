"""The list of settings, and the sections that are one form over the municipality's fields."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language

from digitiekartta.history.records import record_of
from digitiekartta.history.rules import ConflictError

from .. import services
from ..forms.municipality import (
    AccessibilityForm,
    BasicsForm,
    FeaturesForm,
    PublicationForm,
    RemindersForm,
    SectionForm,
)
from ..inside import Inside, intent_of
from ..pages.changed import Told, told_settings
from ..pages.sections import GROUPS, SECTIONS
from ..settings_desk import Conflict, at_settings, conflict_of, last_changes_of, saved, sent, show

FORMS: dict[str, type[SectionForm]] = {
    "basics": BasicsForm,
    "publication": PublicationForm,
    "accessibility": AccessibilityForm,
    "features": FeaturesForm,
    "reminders": RemindersForm,
}
PREVIEW = "katso"


@at_settings
def index(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """All sections, with who changed each last."""
    context = {"groups": GROUPS, "sections": SECTIONS, "lasts": last_changes_of(inside)}
    return show(request, inside, "municipalities/settings/index.html", context)


def section(request: HttpRequest, inside: Inside, name: str) -> HttpResponseBase:
    """A section: its form, and what a change would do where it is asked first."""
    form = FORMS[name](sent(request), municipality=inside.municipality)
    told: tuple[Told, ...] | None = None
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        settings = form.settings()
        if PREVIEW in request.POST:
            told = told_settings(record_of(inside.municipality), settings, get_language() or "fi")
        else:
            try:
                receipt = services.change_settings(
                    ledger_id=inside.ledger_id, intent=intent_of(request, inside), **settings
                )
                return saved(reverse(SECTIONS[name].view, args=[inside.slug]), receipt)
            except ConflictError as error:
                conflict = conflict_of(inside, error)
    return _answer(request, inside, name, form, told, conflict)


def _answer(
    request: HttpRequest,
    inside: Inside,
    name: str,
    form: SectionForm,
    told: tuple[Told, ...] | None,
    conflict: Conflict | None,
) -> HttpResponse:
    context: dict[str, object] = {"form": form, "told": told, "conflict": conflict, "name": name}
    if conflict is not None:
        context["stamp"] = conflict.stamp
    status = 409 if conflict is not None else 422 if form.errors else 200
    return show(
        request,
        inside,
        "municipalities/settings/section.html",
        context,
        section=name,
        status=status,
    )


@at_settings
def basics(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Name, languages, contact."""
    return section(request, inside, "basics")


@at_settings
def publication(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Whether everybody may read."""
    return section(request, inside, "publication")


@at_settings
def accessibility(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What the accessibility statement says."""
    return section(request, inside, "accessibility")


@at_settings
def features(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """What is in use."""
    return section(request, inside, "features")


@at_settings
def reminders(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """When mail may go out."""
    return section(request, inside, "reminders")
