"""Signing in by an e-mailed code, a password, a one-time link, and out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from digitiekartta.ui.clock import now

from ..entering import enter
from ..forms import CodeForm, EmailForm, PasswordForm
from ..mail import send
from ..models import SignInCode, User
from ..pages.mails import code_mail
from ..rules import CodeError, LimitError, LinkError, Way
from ..second_factor import can_have_passkeys
from ..services import (
    count_try,
    make_sign_in_code,
    sign_in_link_works,
    use_sign_in_code,
    use_sign_in_link,
)
from ..showing import count_address, go, next_of, show, too_many

ASKED = "asked"
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Asks for an address and sends a code to it, when an account has it."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _sign_in_page(request, "sign_in", form)
    email = form.cleaned_data["email"]
    try:
        count_address(request, "code-address")
        count_try("code-account", email)
    except LimitError:
        form.add_error(None, _too_many_tries())
        return _sign_in_page(request, "sign_in", form, 429)
    asked, code = make_sign_in_code(email=email, at=now())
    if asked.account is not None:
        mail = code_mail(code, request.get_host(), asked.account.language)
        send(mail, to=email)
    request.session[ASKED] = str(asked.pk)
    return go("accounts:code", next_of(request))


@_methods
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponseBase:
    """Takes the code. The page is the same whether or not anybody has the address."""
    asked = _asked(request)
    if asked is None:
        return go("accounts:sign_in", next_of(request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count_address(request, "try-address")
            count_try("try-account", asked.email)
            account = use_sign_in_code(asked_id=asked.pk, typed=form.cleaned_data["code"], at=now())
            del request.session[ASKED]
            return enter(request, account, Way.CODE, next_of(request))
        except LimitError:
            form.add_error(None, _too_many_tries())
            return _code_page(request, asked, form, 429)
        except CodeError as wrong:
            form.add_error("code", _wrong_code(wrong))
    return _code_page(request, asked, form, 400 if form.errors else 200)


@_methods
@sensitive_post_parameters("password")
def sign_in_by_password(request: HttpRequest) -> HttpResponseBase:
    """Signs in whoever has set a password. An address that nobody has takes as long to refuse."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _sign_in_page(request, "password", form)
    email = form.cleaned_data["email"]
    try:
        count_address(request, "try-address")
        count_try("try-account", email)
    except LimitError:
        form.add_error(None, _too_many_tries())
        return _sign_in_page(request, "password", form, 429)
    account = authenticate(request, username=email, password=form.cleaned_data["password"])
    if not isinstance(account, User):
        form.add_error(None, gettext("The address or the password is not right."))
        return _sign_in_page(request, "password", form, 400)
    return enter(request, account, Way.PASSWORD, next_of(request))


@_methods
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Opening the link changes nothing, since mail scanners open links; one press signs in.

    A link that no longer works says so at once, and never why: which links there have been is
    nobody's business.
    """
    if request.method != "POST" and sign_in_link_works(token=token, at=now()):
        return show(request, "link", {})
    if request.method != "POST":
        return show(request, "link_failed", {}, 404)
    try:
        count_address(request, "link-address")
        account = use_sign_in_link(token=token, at=now())
    except LimitError:
        return too_many(request)
    except LinkError:
        return show(request, "link_failed", {}, 404)
    return enter(request, account, Way.LINK, "")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ends the session."""
    logout(request)
    return redirect(reverse("roadmaps:front"))


def _sign_in_page(
    request: HttpRequest, template: str, form: Any, status: int = 200
) -> HttpResponse:
    status = 400 if form.errors and status == 200 else status
    context = {
        "form": form,
        "next": next_of(request),
        "organisation": settings.OIDC_NAME,
        "passkeys": can_have_passkeys(request),
    }
    return show(request, template, context, status)


def _code_page(request: HttpRequest, asked: SignInCode, form: Any, status: int) -> HttpResponse:
    context = {
        "form": form,
        "email": asked.email,
        "next": next_of(request),
    }
    return show(request, "code", context, status)


def _asked(request: HttpRequest) -> SignInCode | None:
    kept = request.session.get(ASKED)
    return SignInCode.objects.filter(pk=UUID(kept)).first() if kept else None


def _wrong_code(wrong: CodeError) -> str:
    if wrong.again:
        return gettext("The code is not right. Look at it once more and type it again.")
    return gettext("The code no longer works. Ask for a new one.")


def _too_many_tries() -> str:
    return gettext("There have been too many tries. Wait 10 minutes and try again.")
