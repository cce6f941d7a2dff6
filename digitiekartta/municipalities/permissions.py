"""Who may do what in a municipality: each predicate beside its queryset."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from digitiekartta.accounts.models import Person
from digitiekartta.accounts.rules import meets
from digitiekartta.documents.registry import Audience

from .models import Membership, Municipality
from .rules import Role

Viewer = AbstractBaseUser | AnonymousUser
COORDINATORS = frozenset({Role.COORDINATOR})
TEAM = frozenset({Role.COORDINATOR, Role.TEAM})


class NotAllowedError(Exception):
    """Somebody of the municipality may not do this. ``deed`` names what; nothing was changed."""

    def __init__(self, deed: str) -> None:
        super().__init__(deed)
        self.deed = deed


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the inside of one municipality: an account, or a person with a personal link.

    ``actor`` is the id that the log keeps. ``parties`` are those that she represents in each of her
    roles; a role for the whole municipality has none. ``people`` are the Persons that she is.
    """

    ledger_id: UUID
    actor: UUID
    roles: frozenset[Role] = frozenset()
    parties: frozenset[tuple[Role, UUID]] = frozenset()
    people: frozenset[UUID] = field(default_factory=frozenset)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def parties_as(self, *roles: Role) -> frozenset[UUID]:
        """The parties that she represents in any of the roles."""
        return frozenset(party for role, party in self.parties if role in roles)

    @property
    def audience(self) -> Audience:
        """How much she may read: the digital team everything, everybody else of the inside what is
        marked for members."""
        return Audience.TEAM if self.has(*TEAM) else Audience.MEMBERS


def member_of(viewer: Viewer, ledger_id: UUID) -> Member | None:
    """Who somebody is in a municipality; None for a stranger. Three queries.

    A Person that is tied to the account is of the inside without any role. Whoever signed in in a
    way that is not enough for one of her roles is a stranger until she has shown more.
    """
    if not viewer.is_authenticated:
        return None
    member = member_by_account(viewer.pk, ledger_id)
    return None if member is None or lacks(viewer, member) else member


def lacks(viewer: Viewer, member: Member) -> frozenset[str]:
    """What the municipality demands of somebody's roles and her session has not shown.

    ``viewer.ways`` are told by the middleware; without them nothing has been shown.
    """
    if not member.roles:
        return frozenset()
    ways = ways_of(viewer)
    demands = _rules_of(member.ledger_id)
    return frozenset(demands[role] for role in member.roles if not meets(demands.get(role), ways))


def ways_of(viewer: Viewer) -> frozenset[str]:
    """In which ways somebody has shown who she is in this session."""
    found: frozenset[str] = getattr(viewer, "ways", frozenset())
    return found


def _rules_of(ledger_id: UUID) -> dict[str, str]:
    rows = Municipality.objects.filter(ledger_id=ledger_id)
    return rows.values_list("sign_in_rules", flat=True).first() or {}


def member_by_account(account_id: UUID, ledger_id: UUID) -> Member | None:
    """Who an account is in a municipality; None for a stranger."""
    rows: list[tuple[str, UUID | None]] = list(
        Membership.objects.filter(ledger_id=ledger_id, account=account_id).values_list(
            "role", "party_id"
        )
    )
    people = frozenset(
        Person.objects.filter(ledger_id=ledger_id, account=account_id).values_list("pk", flat=True)
    )
    if not rows and not people:
        return None
    return Member(
        ledger_id=ledger_id,
        actor=account_id,
        roles=frozenset(Role(role) for role, _ in rows),
        parties=frozenset((Role(role), party) for role, party in rows if party is not None),
        people=people,
    )


def member_by_actor(actor: UUID, ledger_id: UUID) -> Member | None:
    """Who an actor of the log is in a municipality: an account, or a person by her own link."""
    found = member_by_account(actor, ledger_id)
    if found is None and Person.objects.filter(ledger_id=ledger_id, pk=actor).exists():
        return member_by_person(actor, ledger_id)
    return found


def member_by_person(person_id: UUID, ledger_id: UUID) -> Member:
    """Whoever holds a person's own link: that person, without any role."""
    return Member(ledger_id=ledger_id, actor=person_id, people=frozenset({person_id}))


def has_role(viewer: Viewer, ledger_id: UUID, roles: Collection[Role]) -> bool:
    """Whether somebody has one of the roles in the municipality. Nobody anonymous has any."""
    if not viewer.is_authenticated:
        return False
    member = member_of(viewer, ledger_id)
    return member is not None and member.has(*roles)


def municipalities_of(viewer: Viewer, roles: Collection[Role]) -> QuerySet[Municipality]:
    """The municipalities in which somebody has one of the roles."""
    if not viewer.is_authenticated:
        return Municipality.objects.none()
    rows = Membership.objects.filter(account=viewer.pk).values_list("ledger_id", "role")
    held: dict[UUID, set[str]] = {}
    for ledger_id, role in rows:
        held.setdefault(ledger_id, set()).add(role)
    rules = dict(
        Municipality.objects.filter(ledger_id__in=held).values_list("ledger_id", "sign_in_rules")
    )
    ways = ways_of(viewer)
    allowed = [
        ledger_id
        for ledger_id, theirs in held.items()
        if not theirs.isdisjoint(roles)
        and all(meets(rules.get(ledger_id, {}).get(role), ways) for role in theirs)
    ]
    return Municipality.objects.filter(ledger_id__in=allowed)
