"""The frame around every page: a municipality's, and that of pages that belong to none.

It names addresses of the rooms above by their names alone, as links do.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext

from digitiekartta.ui.frame import Frame, LanguageLink, NavItem
from digitiekartta.ui.languages import Texts, pick
from digitiekartta.ui.stylesheet import font_url, themed_stylesheet

NAVIGATION = ("home", "levels", "actions", "goals", "changes", "model")
SCRIPTS = ("ui/js/page.js", "ui/js/live.js", "ui/js/filters.js")
PRODUCT_COLOUR = "#0f4c5c"
LANGUAGE_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a frame shows of a municipality."""

    name: Texts
    genitive: Texts
    slug: str
    languages: tuple[str, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, as far as its frame tells of it.

    ``revision`` makes the page a live one. ``unapproved``: the plan has no approved version yet.
    """

    revision: int | None = None
    example: bool = False
    unapproved: bool = False
    as_of: datetime.date | None = None


def municipality_frame(request: HttpRequest, identity: Identity, shown: Shown) -> Frame:
    """The frame of a page of a municipality."""
    slug = identity.slug
    home = reverse("roadmaps:home", args=[slug])
    return Frame(
        stylesheet_url=_stylesheet_url(identity),
        font_url=font_url(),
        languages=language_links(request, identity.languages),
        municipality_name=_said(identity.name),
        municipality_genitive=_said(identity.genitive),
        home_url=home,
        nav=_navigation(request, slug),
        search_url=reverse("roadmaps:search", args=[slug]),
        scripts=tuple(static(name) for name in SCRIPTS),
        live_url=home + "live" if shown.revision is not None else None,
        revision=shown.revision,
        example=shown.example,
        unapproved=shown.unapproved,
        footer_links=_footer(slug),
        as_of=shown.as_of,
    )


def bare_frame(request: HttpRequest) -> Frame:
    """The frame of a page that belongs to no municipality."""
    sheet = themed_stylesheet(PRODUCT_COLOUR)
    return Frame(
        stylesheet_url=reverse("roadmaps:product_stylesheet", args=[sheet.digest]),
        font_url=font_url(),
        languages=language_links(request, tuple(LANGUAGE_NAMES)),
        scripts=tuple(static(name) for name in SCRIPTS[:1]),
    )


def language_links(request: HttpRequest, languages: tuple[str, ...]) -> tuple[LanguageLink, ...]:
    """The same address in each language, with its query."""
    active = get_language()
    return tuple(
        LanguageLink(code, LANGUAGE_NAMES[code], address_in(request, code), code == active)
        for code in languages
    )


def address_in(request: HttpRequest, language: str) -> str:
    """The request's address in another language; the front page where it has no name."""
    match = request.resolver_match
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    with translation.override(language):
        if match is None:
            return reverse("roadmaps:front")
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs) + query


def _navigation(request: HttpRequest, slug: str) -> tuple[NavItem, ...]:
    labels = {
        "home": gettext("Home"),
        "levels": gettext("Levels"),
        "actions": gettext("Actions"),
        "goals": gettext("Goals"),
        "changes": gettext("Changes"),
        "model": gettext("Who decides"),
    }
    here = request.resolver_match.url_name if request.resolver_match else ""
    current = {"action": "actions"}.get(here or "", here)
    return tuple(
        NavItem(labels[name], reverse(f"roadmaps:{name}", args=[slug]), name == current)
        for name in NAVIGATION
    )


def _footer(slug: str) -> tuple[NavItem, ...]:
    return (
        NavItem(gettext("Open data"), reverse("roadmaps:open_data", args=[slug])),
        NavItem(gettext("Accessibility"), reverse("roadmaps:accessibility", args=[slug])),
        NavItem(gettext("Privacy"), reverse("roadmaps:privacy", args=[slug])),
    )


def _stylesheet_url(identity: Identity) -> str:
    digest = themed_stylesheet(identity.colour or PRODUCT_COLOUR).digest
    return reverse("roadmaps:stylesheet", args=[identity.slug, digest])


def _said(texts: Texts) -> str:
    return pick(texts, get_language() or "fi").text
