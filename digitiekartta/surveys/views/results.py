"""The published results of rounds, for everybody. Only frozen results are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from digitiekartta.municipalities.framing import Shown, identity_of, municipality_frame
from digitiekartta.municipalities.models import Municipality
from digitiekartta.ui.cache.marks import public_page

from ..models import Result, Round
from ..pages.results_public import Told, public_results, round_lines
from ..results import results_of
from ..rules import RoundState
from ..wording import wording_of
from ..words import AGREEMENT, HIDDEN


def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds whose results are published, the newest first."""
    municipality = _municipality(slug)
    found = [_told(one) for one in _published(municipality)]
    context = {"rounds": round_lines(found)}
    return _show(request, municipality, "list", context, found)


def round(request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
    """One round. What is not published is told as what is not there."""
    municipality = _municipality(slug)
    found = list(_published(municipality))
    at = next((place for place, one in enumerate(found) if one.round_id == round_id), None)
    if at is None:
        raise Http404(gettext("There are no such results of a survey here."))
    shown = [_told(one) for one in found[at : at + 2]]
    context = {
        "page": public_results(shown[0], shown[1] if len(shown) > 1 else None),
        "sha256": found[at].sha256,
        "municipality": municipality.name,
        "hidden": HIDDEN,
        "agreement": AGREEMENT,
    }
    return _show(request, municipality, "round", context, shown[:1])


def _municipality(slug: str) -> Municipality:
    """A published municipality in the language of the page. Raises Http404."""
    found = Municipality.objects.published().filter(slug=slug).first()
    if found is None:
        raise Http404(gettext("There is no such municipality here."))
    if get_language() not in found.languages:
        raise Http404(gettext("The roadmap is not available in this language."))
    return found


def _published(municipality: Municipality) -> Iterable[Result]:
    held = Result.objects.filter(
        ledger_id=municipality.ledger_id,
        published=True,
        round__ledger_id=municipality.ledger_id,
        round__state=RoundState.PUBLISHED,
    )
    newest_first = ("-round__closes_on", "-round__opens_on", "-round_id")
    return held.select_related("round").order_by(*newest_first)


def _told(result: Result) -> Told:
    one: Round = result.round
    return Told(
        id=one.pk,
        name=one.name,
        opens_on=one.opens_on,
        closes_on=one.closes_on,
        example=one.example,
        results=results_of(result.content),
        wording=wording_of(one.wording),
    )


def _show(
    request: HttpRequest,
    municipality: Municipality,
    template: str,
    context: Mapping[str, Any],
    shown: Iterable[Told],
) -> HttpResponse:
    identity = identity_of(municipality)
    # No revision: published results never change, so there is nothing to follow live.
    frame = municipality_frame(request, identity, Shown(example=any(one.example for one in shown)))
    values = {"frame": frame, "slug": municipality.slug, **context}
    response = render(request, f"surveys/results/{template}.html", values)
    return public_page(response, scope=str(municipality.ledger_id))
