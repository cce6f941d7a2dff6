"""Tasot: how digital are we, and who says so."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from digitiekartta.levels.permissions import may_record

from .. import words
from ..pages.levels import UnknownChoiceError, levels_page, parse_levels_query
from .pages import render_page

PARAMETERS = ("jarjestys", "kuva")


def levels(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        query = parse_levels_query(request.GET.dict())
    except UnknownChoiceError as error:
        raise Http404(_no_such(error)) from None
    return render_page(
        request,
        slug,
        "levels",
        lambda plan: {
            "page": levels_page(plan, query),
            "words": words,
        },
        query=PARAMETERS,
        also=lambda reading: {"records": may_record(reading.member)},
    )


def _no_such(error: UnknownChoiceError) -> str:
    if error.parameter == "jarjestys":
        return gettext("The levels cannot be put in the order “%(value)s”.") % {
            "value": error.value[:40]
        }
    return gettext("The levels cannot be drawn as “%(value)s”.") % {"value": error.value[:40]}
