"""Choosing and stopping reminders from a mail, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digitiekartta.municipalities.models import Municipality

from .. import services
from ..addresses import TokenError, read_reminded
from ..forms import RemindersForm
from ..queries import wanted_kinds
from .showing import is_one_press, show

SAVED = "tallennettu"


@csrf_exempt  # mail programs send no cookie; the token in the address is what allows it
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, token: str) -> HttpResponseBase:
    """Opening changes nothing; one press saves or stops all."""
    try:
        ledger_id, recipient = read_reminded(token)
    except TokenError:
        raise Http404 from None
    municipality = Municipality.objects.filter(ledger_id=ledger_id).first()
    if municipality is None:
        raise Http404
    if request.method == "POST":
        stop = is_one_press(request) or "stop" in request.POST
        form = RemindersForm({} if stop else request.POST)
        if form.is_valid():
            services.choose_reminders(
                ledger_id=ledger_id, recipient=recipient, wanted=form.wanted()
            )
            if is_one_press(request):
                return HttpResponse(status=200)
            return redirect(f"{request.path}?{SAVED}=1")
    else:
        wanted = [str(one) for one in wanted_kinds(ledger_id, recipient)]
        form = RemindersForm(initial={"kinds": wanted})
    context = {"form": form, "saved": SAVED in request.GET and not form.errors}
    return show(request, municipality, "reminders", context, status=422 if form.errors else 200)
