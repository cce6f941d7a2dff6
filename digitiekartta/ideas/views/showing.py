"""How a page of ideas is answered: to everybody, or to the municipality's own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.history.rules import Receipt
from digitiekartta.municipalities.framing import Shown
from digitiekartta.municipalities.inside import Inside, for_members, show_inside
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.roadmaps.views.frame import INSIDE_STYLES, frame_of
from digitiekartta.roadmaps.views.pages import FRAGMENT, Reading, layout_of, reading_of
from digitiekartta.ui.cache.marks import public_page
from digitiekartta.ui.frame import Frame

from ..models import Idea as IdeaRow
from ..pages.reading import Idea, read_ideas
from ..permissions import HANDLE, may_handle, may_propose
from ..queries import ideas_document, supporters
from ..words import ORIGINS, STATES

Args = ParamSpec("Args")
View = Callable[Concatenate[HttpRequest, Inside, Args], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Args], HttpResponseBase]
STYLES = ("ideas/ideas.css",)
WORDS: Mapping[str, Any] = {"state_words": STATES, "origin_words": ORIGINS}


def municipality_of(reading: Reading) -> Municipality:
    return Municipality.objects.get(ledger_id=reading.site.ledger_id)


def reading_in_language(request: HttpRequest, slug: str) -> Reading:
    """Whom a page is made for. Raises Http404 for a language that the municipality lacks."""
    reading = reading_of(request, slug)
    if get_language() not in reading.plan.municipality.languages:
        raise Http404(gettext("The roadmap is not available in this language."))
    return reading


def ideas_of(reading: Reading) -> tuple[Idea, ...]:
    """The ideas that a reader may see, the newest first."""
    member = reading.member if not reading.as_resident else None
    audience = Audience.PUBLIC if member is None else member.audience
    return read_ideas(
        ideas_document(reading.site.ledger_id, audience),
        reading.plan,
        supporters=supporters(reading.site.ledger_id),
        reader="" if member is None else str(member.actor),
    )


def idea_or_404(reading: Reading, number: int) -> Idea:
    """The idea of a number. Raises Http404 for one that the reader may not see, or that is not."""
    for one in ideas_of(reading):
        if one.number == number:
            return one
    raise Http404(gettext("There is no idea with the number %s.") % number)


def show(
    request: HttpRequest,
    reading: Reading,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    live: bool = True,
    kept: tuple[str, ...] | None = None,
) -> HttpResponse:
    """A page in the frame of the plan. ``kept`` are the parameters that it knows, where everybody
    sees it alike so that it may be kept; None for what is never kept, such as a form."""
    inside = reading.member is not None and not reading.as_resident
    frame = frame_of(request, reading.plan, inside=inside)
    frame = _with_styles(frame, live=live)
    member = reading.member if inside else None
    values = {
        "frame": frame,
        "layout": layout_of(request),
        "slug": reading.site.slug,
        "reading": reading,
        "inside": inside,
        "may_handle": may_handle(member),
        "may_propose": may_propose(member, municipality_of(reading)),
        **WORDS,
        **context,
    }
    response = render(request, f"ideas/{template}.html", values, status=status)
    if reading.member is None and kept is not None:
        return public_page(response, str(reading.site.ledger_id), (*kept, FRAGMENT))
    add_never_cache_headers(response)
    return response


def _with_styles(frame: Frame, *, live: bool) -> Frame:
    styles = (*frame.styles, *(static(one) for one in STYLES))
    return replace(frame, styles=styles, live_url=frame.live_url if live else None)


def for_handlers(view: View[Args]) -> Answer[Args]:
    """Answers the digital team and the coordinator; NotAllowedError to the others of the inside."""

    @for_members
    def answered(
        request: HttpRequest, inside: Inside, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not may_handle(inside.member):
            raise NotAllowedError(HANDLE)
        return view(request, inside, *args, **kwargs)

    functools.update_wrapper(answered, view)
    return answered


def show_desk(
    request: HttpRequest,
    inside: Inside,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of those who handle ideas."""
    shown = Shown(styles=(*INSIDE_STYLES, *STYLES))
    values = {**WORDS, **context}
    return show_inside(
        request, inside, f"ideas/{template}.html", values, status=status, shown=shown
    )


def known(receipt: Receipt) -> UUID:
    """The entity that a write was about, where it always is about one."""
    if receipt.entity_id is None:
        raise TypeError("a write about nothing")
    return receipt.entity_id


def row_of(inside: Inside, number: int) -> IdeaRow:
    """The row of an idea. Raises DoesNotExist, which is answered as a page that is not."""
    rows = IdeaRow.objects.select_related("perspective", "handler", "action", "merged_into")
    return rows.get(ledger_id=inside.ledger_id, number=number)
