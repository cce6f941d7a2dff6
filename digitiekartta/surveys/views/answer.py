"""What a respondent meets: the way in, the form, what kept her answer from counting, and thanks.

Nothing here sets a cookie, looks at a session or writes down who came. A code stands in a body,
never in an address, and no page that holds one may be kept by anybody.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from digitiekartta.ui.cache.marks import public_page
from digitiekartta.ui.framing import LANGUAGE_NAMES

from ..answering.budget import Budget
from ..answering.problems import Trouble
from ..code_check import KnownRounds, Verdict, checked, round_of_link
from ..pages.asking import Ticket, form_page, typed_again
from ..pages.respondent import Facts, Standing
from ..pages.troubles import TELLINGS, fault_of_code
from ..queries import Rounds
from ..wording import wording_of
from .respondent_site import RespondentSite, alone, respondent_frame, show, site_or_404

LINK = "linkki"
"""The parameter of an address that holds an open link's word."""
_FIELD = re.compile(r"round|code|link|nonce|q[1-9][0-9]?")
_WORD = re.compile(r"[A-Za-z0-9_-]{8,64}")
_IN_THE_FORM = (Trouble.WRONG_CODE, Trouble.NOTHING_ANSWERED, Trouble.NOT_STORED)
_NOT_OPEN = (Trouble.CLOSED, Trouble.NOT_YET_OPEN)
_known = KnownRounds()


class Guesses:
    """How many wrong codes are looked at, as at the answering endpoint: 60 at once from one
    address, 600 in one municipality. A right code is never held up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_address = Budget(60, 0.1)
        self._by_municipality = Budget(600, 2.0, 400)

    def spend(self, address: str, slug: str) -> bool:
        """Whether a wrong code is still told to be one."""
        at = time.monotonic()
        with self._lock:
            by_address = self._by_address.spend(address, at)
            return self._by_municipality.spend(slug, at) and by_address


guesses = Guesses()


# No token against forged requests: opening the form changes nothing, and whoever holds a code may
# answer, from wherever that is sent. A token would need a cookie, by which visits could be joined.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in; by a code or a link, the form; or what kept an answer from counting."""
    site = site_or_404(slug)
    problem = getattr(request, "survey_problem", None)
    if problem is not None:
        response = _told(request, site, problem.trouble, problem.fields)
        response.status_code = 200  # the endpoint gives it the status of the trouble
    elif request.method == "POST":
        response = _opened(request, site)
    elif LINK in request.GET:
        response = _by_link(request, site, {"link": request.GET[LINK]})
    else:
        page = show(request, site, "start", _start(site))
        return public_page(page, scope=str(site.municipality.ledger_id), known_query=(LINK,))
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@sensitive_post_parameters()
def not_taken(request: HttpRequest, slug: str) -> HttpResponse:
    """Where answers are sent: they are taken before Django is asked. Here only who came by another
    way is told that nothing was saved."""
    site = site_or_404(slug)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("surveys:form", args=[slug]), status=303)
    response = _told(request, site, Trouble.NOT_STORED, dict(_fields(request)))
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What follows. Nothing on it tells of anybody."""
    site = site_or_404(slug)
    page = show(request, site, "thanks", {"page": site.start})
    return public_page(page, scope=str(site.municipality.ledger_id))


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The form's fields as they were sent. Others are left unread."""
    for name in request.POST:
        if _FIELD.fullmatch(name):
            yield name, str(request.POST[name])


def _start(site: RespondentSite, typed: str = "", fault: str = "") -> dict[str, object]:
    return {"page": site.start, "typed": typed_again(typed), "fault": fault}


def _opened(request: HttpRequest, site: RespondentSite) -> HttpResponse:
    """The form for a code that is good for it."""
    fields = dict(_fields(request))
    if fields.get("link"):
        return _by_link(request, site, fields)
    if not any(one.standing in (Standing.OPEN, Standing.UPCOMING) for one in site.facts):
        return _not_open(request, site, None, Trouble.CLOSED)
    found = checked(_rounds(site), fields.get("code", ""))
    if found.verdict is Verdict.UNKNOWN:
        within = guesses.spend(request.META.get("REMOTE_ADDR", ""), site.slug)
        trouble = Trouble.WRONG_CODE if within else Trouble.TOO_MANY_WRONG_CODES
        return _told(request, site, trouble, fields)
    if found.verdict is Verdict.USED or found.round_id is None:
        return show(request, site, "used", {"page": site.start})
    return _form(request, site, found.round_id, fields)


def _by_link(request: HttpRequest, site: RespondentSite, fields: Mapping[str, str]) -> HttpResponse:
    """The form for an open link."""
    round_id = round_of_link(_rounds(site), fields["link"])
    if round_id is None:
        context = {"telling": TELLINGS[Trouble.WRONG_LINK]}
        return show(request, site, "told", context, status=404)
    return _form(request, site, round_id, fields)


def _rounds(site: RespondentSite) -> Rounds:
    rounds = _known.of(site.slug)
    if rounds is None:
        raise Http404
    return rounds


def _form(
    request: HttpRequest,
    site: RespondentSite,
    round_id: UUID,
    fields: Mapping[str, str],
    trouble: Trouble | None = None,
) -> HttpResponse:
    """The form of a round, filled in with what was sent; or that the round is not open."""
    facts = site.facts_of(round_id)
    if facts.standing is not Standing.OPEN:
        upcoming = facts.standing is Standing.UPCOMING
        trouble = Trouble.NOT_YET_OPEN if upcoming else Trouble.CLOSED
        return _not_open(request, site, facts, trouble)
    page = form_page(
        facts,
        wording_of(site.round(round_id).wording),
        _ticket(fields),
        fields,
        asks_code=trouble is Trouble.WRONG_CODE,
    )
    frame = respondent_frame(request, site.municipality, example=facts.example)
    context = {
        "frame": alone(frame),
        "page": page,
        "telling": TELLINGS[trouble] if trouble else None,
        "fault": fault_of_code(fields.get("code", "")) if page.asks_code else "",
        "languages": form_addresses(site),
    }
    return show(request, site, "form", context, trouble.status if trouble else 200)


def _ticket(fields: Mapping[str, str]) -> Ticket:
    link, nonce = fields.get("link", ""), fields.get("nonce", "")
    if not _WORD.fullmatch(link):
        return Ticket(code=typed_again(fields.get("code", "")))
    # Kept where the form comes back, so that sending it again counts it once.
    return Ticket(link=link, nonce=nonce if _WORD.fullmatch(nonce) else secrets.token_urlsafe(12))


def form_addresses(site: RespondentSite) -> list[tuple[str, str, str]]:
    """The form in the municipality's other languages: code, name and address."""
    found = []
    for code in site.municipality.languages:
        if code != get_language():
            with translation.override(code):
                address = reverse("surveys:form", args=[site.slug])
            found.append((code, LANGUAGE_NAMES[code], address))
    return found


def _told(
    request: HttpRequest, site: RespondentSite, trouble: Trouble, fields: Mapping[str, str]
) -> HttpResponse:
    """What kept an answer from counting: in the form where that can be filled in again."""
    facts = _round_of(site, fields)
    if trouble in _NOT_OPEN:
        return _not_open(request, site, facts, trouble, sent=True)
    if trouble in _IN_THE_FORM and facts is not None and (fields.get("code") or fields.get("link")):
        return _form(request, site, facts.id, fields, trouble)
    if trouble is Trouble.WRONG_CODE:
        typed = fields.get("code", "")
        context = _start(site, typed, fault_of_code(typed))
        return show(request, site, "start", context, trouble.status)
    if trouble not in TELLINGS:
        raise Http404
    return show(request, site, "told", {"telling": TELLINGS[trouble]}, trouble.status)


def _round_of(site: RespondentSite, fields: Mapping[str, str]) -> Facts | None:
    """The round that a form was sent for, as far as it names one of the municipality's."""
    return next((one for one in site.facts if str(one.id) == fields.get("round")), None)


def _not_open(
    request: HttpRequest,
    site: RespondentSite,
    facts: Facts | None,
    trouble: Trouble,
    *,
    sent: bool = False,
) -> HttpResponse:
    """That a round is not open yet, or not any more. ``sent``: an answer came too early or late."""
    one = facts or site.start.main
    context = {"one": one, "page": site.start, "sent": sent}
    return show(request, site, "not_open", context, trouble.status)
