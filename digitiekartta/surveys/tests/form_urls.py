"""The addresses of a site whose form tells a problem: what the endpoint counts on."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path


def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Says what it was told, or fails where it is asked to."""
    problem = getattr(request, "survey_problem", None)
    if problem is None:
        return HttpResponse("a form")
    if problem.fields.get("code") == "FAIL":
        raise RuntimeError(problem.fields["code"])
    response = HttpResponse(f"{request.build_absolute_uri()} {problem.trouble} {problem.fields}")
    response.set_cookie("anything", "1")
    return response


urlpatterns = i18n_patterns(path("<slug:slug>/kysely/", form), prefix_default_language=False)
