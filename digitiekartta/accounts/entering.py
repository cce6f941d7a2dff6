"""The last steps of every way in: the second factor where there is one, then the session."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase

from digitiekartta.ui.clock import now

from .models import User
from .rules import FRESH, PENDING, SECOND_FACTORS, Way, device_of
from .second_factor import has_second_factor
from .sessions import DEVICE, SIGNED_IN_AT, USED_AT, WAYS
from .showing import go

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING_KEY = "entering"
_MOMENT = "entered"
"""When somebody last showed who she is, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who has taken the first step and not the second."""

    account: User
    way: Way
    next_url: str


def enter(request: HttpRequest, account: User, way: Way, next_url: str) -> HttpResponseBase:
    """Signs somebody in who has shown who she is in one way, or leads her to the second step.

    What the organisation has signed in is not asked for a second factor here: it asks by itself.
    """
    if way in SECOND_FACTORS or way is Way.ORGANISATION or not has_second_factor(account):
        return let_in(request, account, frozenset({way}), next_url)
    request.session[PENDING_KEY] = {
        "account": str(account.pk),
        "way": str(way),
        "next": next_url,
        "at": time.time(),
    }
    return go("accounts:second_step")


def pending(request: HttpRequest) -> Pending | None:
    """Whoever is between the two steps in this session, not longer than 15 minutes."""
    kept = request.session.get(PENDING_KEY)
    if not kept or time.time() - kept["at"] > PENDING.total_seconds():
        return None
    account = User.objects.filter(pk=UUID(kept["account"]), is_active=True).first()
    return None if account is None else Pending(account, Way(kept["way"]), kept["next"])


def let_in(
    request: HttpRequest, account: User, ways: frozenset[Way], next_url: str
) -> HttpResponseBase:
    """Starts the session under a new key, so that a key known before is worth nothing."""
    if request.user.is_authenticated:
        request.session.flush()
    login(request, account, backend=BACKEND)
    request.session.pop(PENDING_KEY, None)
    note(request, ways, now())
    return go("people:landing", next_url)


def note(request: HttpRequest, ways: frozenset[Way], at: datetime) -> None:
    """Writes into the session how and when somebody came, and with what device."""
    session = request.session
    session[WAYS] = sorted({*session.get(WAYS, ()), *ways})
    session[SIGNED_IN_AT] = at.isoformat()
    session[USED_AT] = at.replace(minute=0, second=0, microsecond=0).isoformat()
    session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    session[_MOMENT] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has shown who she is within the hour: then she may change how."""
    moment = request.session.get(_MOMENT)
    return moment is not None and time.time() - moment <= FRESH.total_seconds()
