"""The frame of pages that belong to no municipality, and the links to a page's other languages.

It names addresses of the rooms above by their names alone, as links do.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from .frame import Frame, LanguageLink
from .stylesheet import font_url, themed_stylesheet

SCRIPTS = ("ui/js/page.js", "ui/js/live.js")
PRODUCT_COLOUR = "#0f4c5c"
LANGUAGE_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


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
