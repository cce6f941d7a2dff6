"""The wordings of the perspectives, and the standard framework to begin with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from digitiekartta.levels.models import Measurement
from digitiekartta.municipalities import services
from digitiekartta.municipalities.inside import Inside, intent_of
from digitiekartta.municipalities.models import Framework
from digitiekartta.municipalities.settings_desk import at_settings, saved, sent, show
from digitiekartta.surveys.models import Round
from digitiekartta.surveys.rules import RoundState

from ..forms.settings import PerspectiveForm

NEW_VERSION = "uusi_versio"
STANDARD = "vakio"


@at_settings
def framework(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """All wordings of the newest version.

    A question that staff have answered is never changed under its answers: what has been measured
    keeps the old version, and the new question stands in the next one.
    """
    here = reverse("settings:framework", args=[inside.slug])
    one = Framework.objects.filter(ledger_id=inside.ledger_id).order_by("-version").first()
    if one is None:
        if request.method == "POST" and STANDARD in request.POST:
            intent = intent_of(request, inside)
            receipt = services.add_standard_framework(ledger_id=inside.ledger_id, intent=intent)
            return saved(here, receipt)
        return show(
            request,
            inside,
            "roadmaps/settings/framework.html",
            {"framework": None, "forms": [], "measured": False},
            section="framework",
        )
    languages = inside.municipality.languages
    forms = [
        PerspectiveForm(sent(request), perspective=perspective, languages=languages)
        for perspective in one.perspectives.order_by("number")
    ]
    measured = is_measured(one)
    if request.method == "POST" and not any(form.errors for form in forms):
        asks_otherwise = any(form.asks_otherwise for form in forms)
        receipt = services.reword_framework(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            framework_id=one.pk,
            wordings={form.perspective.number: form.wordings() for form in forms},
            as_new_version=measured and asks_otherwise,
        )
        return saved(here, receipt)
    context = {"framework": one, "forms": forms, "measured": measured}
    status = 422 if any(form.errors for form in forms) else 200
    template = "roadmaps/settings/framework.html"
    return show(request, inside, template, context, section="framework", status=status)


def is_measured(framework: Framework) -> bool:
    """Whether somebody has answered, or is answering, its questions."""
    rounds = Round.objects.filter(framework=framework).exclude(state=RoundState.DRAFT)
    levels = Measurement.objects.filter(perspective__framework=framework)
    return rounds.exists() or levels.exists()
