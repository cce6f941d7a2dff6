"""The language of a page: told by its address alone, so that everybody sees the same page there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

PREFIXED = ("sv", "en")
DEFAULT = "fi"


def language_of(path: str) -> str:
    """The language of an address: its first part where that is a language, else Finnish."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in PREFIXED else DEFAULT


class LanguageMiddleware:
    """Activates the address's language for the request and says so in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
