"""A new municipality: by a one-time link from the command line, or by the coordinator of the first.

Opening the link changes nothing; a link that does not work is answered as no address at all.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from digitiekartta.accounts.models import User
from digitiekartta.accounts.services import ensure_account, make_sign_in_link
from digitiekartta.ui.clock import now
from digitiekartta.ui.framing import bare_frame

from .. import services
from ..forms.setting_up import NewMunicipalityForm
from ..rules import SlugTakenError
from ..settings_desk import sent


@require_http_methods(["GET", "HEAD", "POST"])
def new_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """By a link: whoever holds it becomes the coordinator, and gets a link that signs her in."""
    if not services.set_up_link_works(token=token, at=now()):
        raise _nowhere(request)
    return _answer(request, token)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """By the coordinator of the installation's first municipality."""
    viewer = request.user
    if not viewer.is_authenticated or not services.may_set_up(viewer.pk):
        raise _nowhere(request)
    return _answer(request, None)


def _nowhere(request: HttpRequest) -> Http404:
    request.resolver_match = None
    return Http404()


def _answer(request: HttpRequest, token: str | None) -> HttpResponseBase:
    signed_in: UUID | None = request.user.pk if request.user.is_authenticated else None
    form = NewMunicipalityForm(sent(request), asks_email=signed_in is None)
    if request.method == "POST" and form.is_valid():
        made = _make(form, signed_in, token)
        if made is not None:
            return redirect(made)
    response = _page(request, form)
    add_never_cache_headers(response)
    return response


def _make(form: NewMunicipalityForm, signed_in: UUID | None, token: str | None) -> str | None:
    """Makes the municipality; gives where to go on, or None with the form's error."""
    account_id = signed_in
    if account_id is None:
        email = form.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            # The link must not give anybody another's account.
            form.add_error(
                "email", gettext("This address has an account. Sign in, and open the link again.")
            )
            return None
        account_id = ensure_account(email=email).pk
    try:
        services.set_up_municipality(new=form.new(), account_id=account_id, at=now(), token=token)
    except SlugTakenError:
        form.add_error("slug", gettext("The address is taken. Choose another."))
        return None
    except services.SetUpLinkError:
        raise Http404 from None
    if signed_in is not None:
        return reverse("settings:guide", args=[form.cleaned_data["slug"]])
    account = User.objects.get(pk=account_id)
    return reverse("accounts:sign_in_by_link", args=[make_sign_in_link(account=account, at=now())])


def _page(request: HttpRequest, form: NewMunicipalityForm) -> HttpResponse:
    context = {"frame": bare_frame(request), "form": form}
    status = 422 if form.errors else 200
    return render(request, "municipalities/new_municipality.html", context, status=status)
