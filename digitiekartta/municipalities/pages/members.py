"""Members and people: who may sign in in which role, and who is responsible for something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.accounts.models import Person

from ..models import Membership
from ..rules import Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of an account. ``is_last``: the municipality has no other coordinator."""

    id: UUID
    role: Role
    party: Mapping[str, str] | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with its roles here; ``name`` is its person's, else its address."""

    id: UUID
    name: str
    email: str
    active: bool
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Accounts in the order of their roles, then people by name."""

    accounts: tuple[AccountRow, ...]
    people: tuple[Person, ...]
    left: tuple[Person, ...]


def members_page(
    memberships: Iterable[Membership],
    people: Iterable[Person],
    accounts: Mapping[UUID, tuple[str, bool]],
) -> MembersPage:
    """The page. ``accounts`` are the addresses of accounts and whether they can sign in."""
    held: dict[UUID, list[Membership]] = defaultdict(list)
    for one in memberships:
        held[one.account].append(one)
    known = sorted(people, key=lambda one: one.name.casefold())
    for person in known:
        if person.account is not None and person.left_on is None:
            held.setdefault(person.account, [])
    coordinators = sum(one.role == Role.COORDINATOR for roles in held.values() for one in roles)
    names = {one.account: one.name for one in known if one.account is not None}
    rows = [
        AccountRow(
            id=account,
            name=names.get(account, ""),
            email=accounts.get(account, ("", False))[0],
            active=accounts.get(account, ("", False))[1],
            roles=tuple(_held(one, coordinators) for one in sorted(roles, key=_place)),
        )
        for account, roles in held.items()
    ]
    rows.sort(key=lambda row: (_first_place(row), row.name.casefold(), row.email))
    return MembersPage(
        accounts=tuple(rows),
        people=tuple(one for one in known if one.left_on is None),
        left=tuple(one for one in known if one.left_on is not None),
    )


def _held(one: Membership, coordinators: int) -> HeldRole:
    role = Role(one.role)
    is_last = role is Role.COORDINATOR and coordinators == 1
    return HeldRole(one.pk, role, one.party.name if one.party else None, is_last)


def _place(one: Membership) -> int:
    return list(Role).index(Role(one.role))


def _first_place(row: AccountRow) -> int:
    return min((list(Role).index(one.role) for one in row.roles), default=len(Role))
