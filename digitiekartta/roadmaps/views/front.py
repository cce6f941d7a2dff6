"""The front page of the installation: the only municipality, the list of them, or how to begin."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from digitiekartta.municipalities.models import Municipality
from digitiekartta.ui.cache.marks import SITE, public_page
from digitiekartta.ui.language import DEFAULT
from digitiekartta.ui.languages import pick

from ..models import Roadmap
from .frame import bare_frame


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in the list: its name as the reader's language has it, and its address."""

    name: str
    url: str


def front(request: HttpRequest) -> HttpResponse:
    """Straight to the municipality where there is one, else the list of them."""
    places = _places()
    if len(places) == 1:
        response = HttpResponse(status=302, headers={"Location": places[0].url})
    else:
        context = {"frame": bare_frame(request), "places": places}
        response = render(request, "roadmaps/front.html", context)
    return public_page(response, scope=SITE)


def _places() -> list[Place]:
    """The municipalities that have published a roadmap, by name."""
    with_roadmap = Roadmap.objects.filter(published=True).values("ledger_id")
    found = Municipality.objects.published().filter(ledger_id__in=with_roadmap)
    rows = found.values_list("slug", "name", "languages")
    return sorted((_place(*row) for row in rows), key=lambda one: one.name.casefold())


def _place(slug: str, name: dict[str, str], languages: list[str]) -> Place:
    """A municipality with its address in the reader's language, or else in its own first one."""
    language = get_language() or DEFAULT
    shown = language if language in languages else next(iter(languages), DEFAULT)
    with translation.override(shown):
        return Place(pick(name, language).text or slug, reverse("roadmaps:home", args=[slug]))
