"""Who is behind a request that does not pass through Django's middleware: the stream's."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, parse_cookie

from digitiekartta.accounts.middleware import who_is_signed_in
from digitiekartta.accounts.models import Person
from digitiekartta.documents.registry import Audience
from digitiekartta.live.rules import Viewer, Who
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.permissions import Viewer as AccountOrNobody
from digitiekartta.municipalities.permissions import member_by_account, member_of
from digitiekartta.municipalities.rules import Role

RESPONSIBLE = "responsible"
"""The key of whoever has no role, but is responsible for something."""


def viewer_of(scope: Mapping[str, Any], slug: str) -> Viewer | None:
    """The member of a municipality, published or not, whose session a request carries.

    None for everybody else: no session, an ended one, a disabled account, no member, or one who
    signed in in a way that is not enough for her roles. Without a cookie nothing is looked up.
    """
    key = _session_key(scope)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = cast("AccountOrNobody", who_is_signed_in(request))
    if not user.is_authenticated:
        return None
    ledger_id = Municipality.objects.filter(slug=slug).values_list("ledger_id", flat=True).first()
    member = None if ledger_id is None else member_of(user, ledger_id)
    return None if member is None else Viewer(member.ledger_id, member.actor, member.audience)


def introduce(viewer: Viewer) -> Who:
    """How a member is called: by her name where the municipality knows her as a person, to those
    who may read it, else by the first of her roles."""
    person = (
        Person.objects.filter(ledger_id=viewer.ledger_id, account=viewer.actor)
        .values_list("name", "audience")
        .first()
    )
    role = _role_of(viewer.actor, viewer.ledger_id)
    return Who(role) if person is None else Who(role, person[0], Audience(person[1]))


def _role_of(account: UUID, ledger_id: UUID) -> str:
    member = member_by_account(account, ledger_id)
    roles = member.roles if member is not None else frozenset()
    return next((role for role in Role if role in roles), RESPONSIBLE)


def _session_key(scope: Mapping[str, Any]) -> str:
    # HTTP/2 allows several headers; a cookie of this name is in one of them.
    sent = [value for name, value in scope["headers"] if name == b"cookie"]
    cookies = parse_cookie(b"; ".join(sent).decode("latin-1"))
    return cookies.get(settings.SESSION_COOKIE_NAME) or ""
