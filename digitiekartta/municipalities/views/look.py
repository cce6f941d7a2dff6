"""Colour and logo, with what the colour becomes; and the logo as it is served."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from digitiekartta.history.rules import ConflictError

from .. import logo, services
from ..forms.municipality import LookForm
from ..framing import PRODUCT_COLOUR
from ..inside import Inside, inside_of, intent_of
from ..models import Municipality
from ..pages.colour import ColourSample, colour_samples
from ..settings_desk import Conflict, at_settings, conflict_of, saved, sent, show
from .sections import PREVIEW

COLOUR = "vari"
LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@at_settings
def look(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The colour on both themes as it is typed; the logo. ``?vari=`` shows one without saving."""
    held = inside.municipality
    form = LookForm(
        sent(request), request.FILES if request.method == "POST" else None, municipality=held
    )
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid() and PREVIEW not in request.POST:
        if form.kept is not None:
            logo.keep(*form.kept)
        try:
            receipt = services.change_settings(
                ledger_id=inside.ledger_id, intent=intent_of(request, inside), **form.settings()
            )
            return saved(reverse("municipalities:look", args=[inside.slug]), receipt)
        except ConflictError as error:
            conflict = conflict_of(inside, error)
    asked = request.POST.get("colour") or request.GET.get(COLOUR) or held.colour
    if not form.is_bound and COLOUR in request.GET:
        form.fields["colour"].initial = request.GET[COLOUR][:20]
    context: dict[str, object] = {
        "form": form,
        "samples": _samples(asked) or _samples(held.colour),
        "logo_url": logo_url(held),
        "conflict": conflict,
    }
    if conflict is not None:
        context["stamp"] = conflict.stamp
    status = 409 if conflict else 422 if form.errors else 200
    template = "municipalities/settings/look.html"
    return show(request, inside, template, context, section="look", status=status)


@at_settings
def colour_sample(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The sample alone, for the script that shows it while a colour is typed."""
    samples = _samples(request.GET.get(COLOUR, ""))
    if samples is None:
        return HttpResponse(status=422)
    context = {"samples": samples}
    return render(request, "municipalities/settings/parts/colour_samples.html", context)


def _samples(colour: str) -> tuple[ColourSample, ...] | None:
    try:
        return colour_samples(colour or PRODUCT_COLOUR)
    except ValueError:
        return None


def logo_url(municipality: Municipality) -> str:
    """The address of a municipality's logo; empty where it has none."""
    if not municipality.logo:
        return ""
    return reverse("municipalities:logo", args=[municipality.slug, municipality.logo])


@require_safe
def serve_logo(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """The logo, as a picture and nothing else, under an address that changes with its content.

    Only the one in use is served; of a municipality that is not published, to its members alone.
    """
    held = Municipality.objects.filter(slug=slug, logo=name).exclude(logo="").first()
    if held is None or not (held.published or inside_of(request, slug)):
        raise Http404
    try:
        content = logo.path_of(name).read_bytes()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    response = HttpResponse(content, content_type=logo.TYPES[name.rpartition(".")[2]])
    response["Content-Security-Policy"] = LOGO_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if held.published else "private, no-store"
    )
    return response
