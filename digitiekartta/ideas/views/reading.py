"""The ideas, and one of them: what everybody sees of how they are handled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from digitiekartta.history.queries import revision_of
from digitiekartta.municipalities.inside import Stamp

from ..pages.listing import list_page
from .showing import idea_or_404, ideas_of, reading_in_language, show

STAGE = "vaihe"


@require_safe
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """All ideas that the reader may see, or those of a stage."""
    reading = reading_in_language(request, slug)
    page = list_page(ideas_of(reading), request.GET.get(STAGE, ""))
    return show(request, reading, "list", {"page": page}, kept=(STAGE,))


@require_safe
def idea(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One idea, with the steps of its handling."""
    reading = reading_in_language(request, slug)
    one = idea_or_404(reading, number)
    stamp = None
    if reading.member is not None:
        stamp = Stamp.fresh(revision_of(reading.site.ledger_id))
    context = {"idea": one, "stamp": stamp}
    return show(request, reading, "idea", context, kept=())
