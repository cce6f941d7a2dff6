"""What is not in use is nowhere to be seen: its addresses answer as if they did not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from .models import Municipality
from .rules import Feature, is_on

ROOMS = {
    "levels": Feature.LEVELS,
    "roadmaps:levels": Feature.LEVELS,
    "surveys": Feature.SURVEYS,
    "rounds": Feature.SURVEYS,
    "results": Feature.SURVEYS,
    "ideas": Feature.IDEAS,
    "meetings": Feature.MEETINGS,
    "budget": Feature.BUDGET,
    "comparison": Feature.COMPARISON,
}
"""The features by the names of their addresses: a whole room, or one address of it."""


class FeaturesMiddleware:
    """Raises Http404 for an address of a municipality whose feature is not in use there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        match, slug = request.resolver_match, kwargs.get("slug")
        if match is None or slug is None:
            return
        feature = ROOMS.get(match.view_name) or ROOMS.get(match.namespace)
        if feature is None:
            return
        chosen = Municipality.objects.filter(slug=slug).values_list("features", flat=True).first()
        if chosen is not None and not is_on(chosen, feature):
            request.resolver_match = None
            raise Http404
