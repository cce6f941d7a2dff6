"""Who may do what in a municipality: each predicate beside its queryset."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from .models import Membership, Municipality
from .rules import Role

Viewer = AbstractBaseUser | AnonymousUser
COORDINATORS = frozenset({Role.COORDINATOR})
TEAM = frozenset({Role.COORDINATOR, Role.TEAM})


def has_role(viewer: Viewer, ledger_id: UUID, roles: Collection[Role]) -> bool:
    """Whether somebody has one of the roles in the municipality. Nobody anonymous has any."""
    if not viewer.is_authenticated:
        return False
    return Membership.objects.filter(
        ledger_id=ledger_id, account=viewer.pk, role__in=roles
    ).exists()


def municipalities_of(viewer: Viewer, roles: Collection[Role]) -> QuerySet[Municipality]:
    """The municipalities in which somebody has one of the roles."""
    if not viewer.is_authenticated:
        return Municipality.objects.none()
    ledgers = Membership.objects.filter(account=viewer.pk, role__in=roles).values("ledger_id")
    return Municipality.objects.filter(ledger_id__in=ledgers)
