"""Seuraa: a resident asks for mail, confirms it from there, and stops."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digitiekartta.accounts.rules import LimitError
from digitiekartta.accounts.services import count_try, network_of
from digitiekartta.accounts.showing import show as show_bare
from digitiekartta.municipalities.models import Municipality
from digitiekartta.roadmaps.plan import entities as e
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from .. import services
from ..addresses import (
    TokenError,
    address,
    confirming_token,
    follows_token,
    read_confirming,
    read_follows,
)
from ..forms import FollowForm, opened_now
from ..mailing import MailServerError, RefusedError, hand_over
from ..models import Followed, Follower
from ..news import confirming_letter, public_plan_of
from ..queries import today_of
from ..rules import Scope
from ..sealing import normal
from .showing import is_one_press, show

SENT, STOPPED = "lahetetty", "lopetettu"
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Asks what to follow and where to send it. The answer is the same whoever has the address."""
    municipality, plan = _public(slug)
    subjects = dict(_subjects(plan))
    form = FollowForm(
        request.POST or None, subjects=list(subjects.items()), chosen=_chosen(request, plan)
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, municipality, form.cleaned_data["email"])
            _ask(municipality, form, subjects)
            return redirect(f"{request.path}?{SENT}=1")
        except LimitError:
            form.add_error(None, gettext("There have been too many tries. Try again tomorrow."))
            status = 429
        except (MailServerError, RefusedError):
            form.add_error(
                None, gettext("The mail could not be sent just now. Try again in an hour.")
            )
            status = 503
    if form.errors and status == 200:
        status = 422
    sent = SENT in request.GET and request.method != "POST"
    context = {"form": form, "opened": opened_now(), "sent": sent}
    return show(request, municipality, "follow", context, status)


@_methods
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Opening changes nothing, since mail scanners open links; one press confirms."""
    try:
        followed = Followed.objects.select_related("follower").get(pk=read_confirming(token))
    except (TokenError, Followed.DoesNotExist):
        raise Http404 from None
    municipality = Municipality.objects.get(ledger_id=followed.follower.ledger_id)
    if request.method == "POST":
        services.confirm_following(followed=followed, at=now())
        return redirect(f"{_own_page(followed.follower)}?{SENT}=1")
    context = {"what": _names(municipality).get(_key(followed), "")}
    return show(request, municipality, "confirm", context)


@csrf_exempt  # mail programs send no cookie; the token in the address is what allows it
@_methods
def follows(request: HttpRequest, token: str) -> HttpResponseBase:
    """What somebody follows; one press stops one thing or all."""
    try:
        follower_id = read_follows(token)
    except TokenError:
        raise Http404 from None
    follower = Follower.objects.filter(pk=follower_id).first()
    if request.method == "POST":
        one = request.POST.get("one", "")
        services.stop_following(
            follower_id=follower_id,
            followed_id=int(one) if one.isascii() and one.isdigit() and len(one) < 15 else None,
        )
        if is_one_press(request):
            return HttpResponse(status=200)
        return redirect(f"{request.path}?{STOPPED}=1")
    if follower is None:
        return _nothing_left(request)
    municipality = Municipality.objects.get(ledger_id=follower.ledger_id)
    names = _names(municipality)
    rows = follower.follows.exclude(confirmed_at=None).order_by("pk")
    context = {
        "rows": [(one.pk, names.get(_key(one), "")) for one in rows],
        "confirmed": SENT in request.GET,
        "stopped": STOPPED in request.GET,
    }
    return show(request, municipality, "follows", context)


def _nothing_left(request: HttpRequest) -> HttpResponse:
    """The page after the last was stopped: nothing is known of whoever comes, not even whose."""
    return show_bare(request, "notices/stopped", {})


def _public(slug: str) -> tuple[Municipality, e.Plan]:
    """A published municipality and its public plan. Raises Http404."""
    municipality = Municipality.objects.published().filter(slug=slug).first()
    plan = None
    if municipality is not None and get_language() in municipality.languages:
        plan = public_plan_of(municipality.ledger_id, today_of(now()))
    if municipality is None or plan is None:
        raise Http404
    return municipality, plan


def _count(request: HttpRequest, municipality: Municipality, email: str) -> None:
    """Raises LimitError: too many from one network, or to one address."""
    count_try("follow-address", network_of(request.META.get("REMOTE_ADDR", "")))
    count_try("follow-mail", f"{municipality.slug} {normal(email)}")


def _ask(municipality: Municipality, form: FollowForm, subjects: dict[str, str]) -> None:
    """Keeps what was asked, and sends the mail that asks to confirm it."""
    what, email = form.cleaned_data["what"], form.cleaned_data["email"]
    scope, _, subject = what.partition(":")
    language = get_language() or "fi"
    followed = services.follow(
        ledger_id=municipality.ledger_id,
        address=email,
        language=language,
        scope=Scope(scope),
        subject=subject,
        at=now(),
    )
    letter = confirming_letter(
        what=str(subjects[what]),
        url=address(language, "notices:confirm", confirming_token(followed.pk)),
        municipality=municipality,
        language=language,
    )
    hand_over(letter, to=normal(email))


def _subjects(plan: e.Plan) -> Iterator[tuple[str, str]]:
    """What can be followed, by the form's values: everything, a priority, an action."""
    language = get_language() or "fi"
    yield f"{Scope.ROADMAP}:", gettext("The whole digital roadmap")
    names = {one.id: one.short_name or one.name for one in plan.perspectives}
    for one in plan.priorities:
        if one.removed:
            continue
        name = gettext("Priority %(number)s: %(name)s")
        said = pick(names.get(one.perspective_id) or one.name, language).text
        yield f"{Scope.PRIORITY}:{one.id}", name % {"number": one.number, "name": said}
    for action in plan.actions:
        if not action.cancelled:
            title = pick(action.title, language).text
            yield f"{Scope.ACTION}:{action.id}", f"{action.number} {title}".strip()


def _chosen(request: HttpRequest, plan: e.Plan) -> str:
    """What the page that led here was about."""
    serial = request.GET.get("toimenpide", "")
    action = plan.action(int(serial)) if serial.isascii() and serial.isdigit() else None
    if action is not None:
        return f"{Scope.ACTION}:{action.id}"
    number = request.GET.get("karki", "")
    for one in plan.priorities:
        if str(one.number) == number:
            return f"{Scope.PRIORITY}:{one.id}"
    return f"{Scope.ROADMAP}:"


def _names(municipality: Municipality) -> dict[str, str]:
    plan = public_plan_of(municipality.ledger_id, today_of(now()))
    return {} if plan is None else dict(_subjects(plan))


def _key(followed: Followed) -> str:
    return f"{followed.scope}:{followed.subject}"


def _own_page(follower: Follower) -> str:
    return reverse("notices:follows", args=[follows_token(follower.pk)])
