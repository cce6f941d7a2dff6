"""Signing in by a passkey alone: it is a device and, by its own lock, who holds it."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from ..entering import enter
from ..rules import CodeError, LimitError, Way
from ..second_factor import can_have_passkeys, check_passkey, passkey_question
from ..showing import count_address, next_of, show, too_many
from .second_step import parsed


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """One press: the browser asks for the passkey."""
    if request.method != "POST":
        return _page(request)
    try:
        count_address(request, "try-address")
        account = check_passkey(parsed(request.POST.get("credential", "")))
    except LimitError:
        return too_many(request)
    except CodeError:
        return _page(request, failed=True)
    return enter(request, account, Way.PASSKEY, next_of(request))


def _page(request: HttpRequest, *, failed: bool = False) -> HttpResponse:
    possible = can_have_passkeys(request)
    question = json.dumps(passkey_question(None)) if possible else ""
    context = {"question": question, "next": next_of(request), "failed": failed}
    return show(request, "passkey", context, 400 if failed else 200)
