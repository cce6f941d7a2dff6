"""The second step of signing in, and the same step later where a role demands it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..entering import Pending, let_in, pending
from ..forms import CodeForm
from ..models import User
from ..rules import CodeError, LimitError, Way
from ..second_factor import (
    can_have_passkeys,
    check_passkey,
    check_typed,
    has_second_factor,
    passkey_question,
)
from ..services import count_try
from ..showing import count_address, go, next_of, show

_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
@sensitive_post_parameters("code", "credential")
def second_step(request: HttpRequest) -> HttpResponseBase:
    """A code of an app, a spare code, or a passkey."""
    who = pending(request) or _signed_in(request)
    if who is None:
        return go("accounts:sign_in", next_of(request))
    form = CodeForm()
    if request.method == "POST":
        form = CodeForm(request.POST)
        try:
            count_address(request, "try-address")
            count_try("try-account", who.account.email)
            way = _shown(request, who.account, form)
            if way is not None:
                return _through(request, who, way)
        except LimitError:
            form.add_error(
                None, gettext("There have been too many tries. Wait 10 minutes and try again.")
            )
            return _page(request, who, form, 429)
        except CodeError:
            form.add_error(
                "code", gettext("That is not right. Look at the code once more and type it again.")
            )
    return _page(request, who, form, 400 if form.errors else 200)


def _signed_in(request: HttpRequest) -> Pending | None:
    """Whoever is signed in already and has a second factor to show."""
    account = request.user
    if not account.is_authenticated or not isinstance(account, User):
        return None
    if not has_second_factor(account):
        return None
    return Pending(User.objects.get(pk=account.pk), Way.LINK, next_of(request))


def _shown(request: HttpRequest, account: User, form: CodeForm) -> Way | None:
    given = request.POST.get("credential")
    if given:
        form.errors.clear()
        check_passkey(parsed(given), account)
        return Way.PASSKEY
    return check_typed(account, form.cleaned_data["code"]) if form.is_valid() else None


def _through(request: HttpRequest, who: Pending, way: Way) -> HttpResponseBase:
    ways = {way, *_before(request, who)}
    return let_in(request, who.account, frozenset(ways), who.next_url)


def _before(request: HttpRequest, who: Pending) -> set[Way]:
    """What the same account has shown before: in this session, or in the first step. What somebody
    else showed, who was signed in here, is not counted."""
    if request.user.is_authenticated and request.user.pk == who.account.pk:
        return {Way(one) for one in getattr(request.user, "ways", ())}
    return {who.way}


def _page(request: HttpRequest, who: Pending, form: CodeForm, status: int) -> HttpResponse:
    question = _question(request, who.account)
    context = {"form": form, "next": who.next_url, "question": question}
    return show(request, "second_step", context, status)


def _question(request: HttpRequest, account: User) -> str:
    """What a browser needs to use a passkey of the account; nothing where it has none."""
    if not can_have_passkeys(request):
        return ""
    question = passkey_question(account)
    has_any = bool(question.get("publicKey", {}).get("allowCredentials"))
    return json.dumps(question) if has_any else ""


def parsed(given: str) -> Any:
    """The JSON that a browser's script sent. Raises CodeError for anything else."""
    try:
        return json.loads(given)
    except ValueError:
        raise CodeError(again=True) from None
