"""My account: how one signs in, and where one is signed in."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

import segno
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from digitiekartta.ui.clock import now

from ..entering import is_fresh, note
from ..forms import CodeForm, LanguageForm, NewPasswordForm, PasskeyForm
from ..models import User
from ..organisation import is_tied
from ..pages.account import account_page, devices_of, factors_shown
from ..rules import CodeError, Way
from ..second_factor import (
    add_app,
    add_passkey,
    app_address,
    can_have_passkeys,
    factors_of,
    has_second_factor,
    new_secret,
    new_spare_codes,
    passkey_options,
    remove_factor,
    spare_codes_left,
)
from ..services import (
    count_try,
    end_session,
    end_sessions,
    remove_password,
    sessions_of,
    set_language,
    set_password,
)
from ..showing import for_owner, next_of, private, show
from .second_step import parsed

Args = ParamSpec("Args")
Own = Callable[Concatenate[HttpRequest, User, Args], HttpResponseBase]
_SECRET = "app_secret"  # noqa: S105 -- where in the session it waits
_methods = require_http_methods(["GET", "HEAD", "POST"])


def when_fresh(view: Own[Args]) -> Own[Args]:
    """Lets ways of signing in be changed only soon after signing in: an open screen or a stolen
    session must not become somebody else's account."""

    def answered(
        request: HttpRequest, account: User, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, account, *args, **kwargs)
        here = request.get_full_path() if request.method == "GET" else reverse("accounts:account")
        return show(request, "sign_in_again", {"next": here}, 403)

    functools.update_wrapper(answered, view)
    return answered


@_methods
@for_owner
def account(request: HttpRequest, account: User) -> HttpResponseBase:
    """The page; a POST sets the language of mails."""
    form = LanguageForm(
        request.POST if request.method == "POST" else None, initial=_language(account)
    )
    if form.is_valid():
        set_language(account=account, language=form.cleaned_data["language"])
        return _home("kieli")
    sessions = sessions_of(account)
    page = account_page(
        account,
        devices=devices_of(sessions, request.session.session_key),
        factors=factors_shown(factors_of(account)),
        spare_codes=spare_codes_left(account),
        organisation=settings.OIDC_NAME,
        tied=is_tied(account),
        fresh=is_fresh(request),
    )
    context = {"page": page, "form": form, "done": request.GET.get("tehty", "")}
    return show(request, "account", context, 400 if form.errors else 200)


@_methods
@sensitive_post_parameters("password")
@for_owner
@when_fresh
def password(request: HttpRequest, account: User) -> HttpResponseBase:
    """Sets a password, or removes it."""
    if request.method == "POST" and "remove" in request.POST:
        remove_password(account=account)
        update_session_auth_hash(request, account)
        return _home("salasana-poistettu")
    form = NewPasswordForm(account, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "has_password": account.has_usable_password()}
        return show(request, "password_new", context, 400 if form.errors else 200)
    set_password(account=account, password=form.cleaned_data["password"])
    update_session_auth_hash(request, account)
    end_sessions(account_id=account.pk, but=request.session.session_key)
    return _home("salasana")


@_methods
@sensitive_post_parameters("code")
@for_owner
@when_fresh
def app(request: HttpRequest, account: User) -> HttpResponseBase:
    """Sets up an authenticator app."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        request.session[_SECRET] = new_secret()
    secret = request.session.get(_SECRET)
    if secret is None:
        return HttpResponseRedirect(reverse("accounts:app"))
    if form.is_valid():
        count_try("try-account", account.email)
        try:
            add_app(account, secret, form.cleaned_data["code"])
            del request.session[_SECRET]
            return _second_factor_added(request, account, Way.APP)
        except CodeError:
            form.add_error(
                "code", gettext("That is not right. Look at the code once more and type it again.")
            )
    address = app_address(account, secret, request.get_host())
    context = {"form": form, "secret": _in_fours(secret), "picture": _picture(address)}
    return show(request, "app", {**context, "next": next_of(request)}, 400 if form.errors else 200)


@_methods
@sensitive_post_parameters("credential")
@for_owner
@when_fresh
def passkey(request: HttpRequest, account: User) -> HttpResponseBase:
    """Adds a passkey, which the browser makes."""
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            credential = parsed(request.POST.get("credential", ""))
            add_passkey(account, form.cleaned_data["name"], credential)
            return _second_factor_added(request, account, Way.PASSKEY)
        except CodeError:
            form.add_error(None, gettext("The passkey could not be added. Try once more."))
    possible = can_have_passkeys(request)
    context = {
        "form": form,
        "options": json.dumps(passkey_options(account)) if possible else "",
        "next": next_of(request),
    }
    return show(request, "passkey_new", context, 400 if form.errors else 200)


@require_POST
@for_owner
@when_fresh
def remove(request: HttpRequest, account: User, factor_id: int) -> HttpResponseBase:
    """Removes an app or a passkey."""
    remove_factor(account, factor_id)
    return _home("tapa-poistettu")


@require_POST
@for_owner
@when_fresh
def spare_codes(request: HttpRequest, account: User) -> HttpResponseBase:
    """Makes new spare codes and shows them once."""
    if not has_second_factor(account):
        return _home("")
    codes = [_in_fours(one) for one in new_spare_codes(account)]
    return show(request, "spare_codes", {"codes": codes, "next": ""})


@require_POST
@for_owner
def sessions(request: HttpRequest, account: User) -> HttpResponseBase:
    """Signs out one device, or every other one."""
    name = request.POST.get("name", "")
    if name:
        end_session(account=account, name=name)
    else:
        end_sessions(account_id=account.pk, but=request.session.session_key)
    return _home("ulos")


def _second_factor_added(request: HttpRequest, account: User, way: Way) -> HttpResponse:
    """The new way counts at once, and spare codes are shown where there are none yet."""
    note(request, frozenset({way}), now())
    next_url = next_of(request)
    if spare_codes_left(account):
        return _home("tapa") if not next_url else HttpResponseRedirect(next_url)
    codes = [_in_fours(one) for one in new_spare_codes(account)]
    return show(request, "spare_codes", {"codes": codes, "next": next_url})


def _home(done: str) -> HttpResponse:
    query = f"?tehty={done}" if done else ""
    return private(HttpResponseRedirect(reverse("accounts:account") + query))


def _language(account: User) -> dict[str, Any]:
    return {"language": account.language}


def _in_fours(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _picture(address: str) -> str:
    drawn = segno.make(address, error="m").svg_inline(border=4, light="#fff", omitsize=True)
    # Drawn here from an address made here.
    return mark_safe(drawn)  # noqa: S308
