"""What somebody is to an action, and whether she may do a thing to it.

Services ask again under the lock: who was handed an action away meanwhile may not write to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from digitiekartta.history.pen import Pen
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.permissions import Member, NotAllowedError, member_by_actor
from digitiekartta.municipalities.rules import Role

from .models import Action
from .rights import Deed, Standing, may

_GENERAL = {
    Role.COORDINATOR: Standing.COORDINATOR,
    Role.TEAM: Standing.TEAM,
    Role.MANAGEMENT: Standing.MANAGEMENT,
    Role.SECRETARY: Standing.SECRETARY,
    Role.STAFF: Standing.STAFF,
}
SECTOR_ROLES = {Role.TEAM: Standing.SECTOR_TEAM, Role.HEAD: Standing.SECTOR_HEAD}


def standings_in(member: Member) -> frozenset[Standing]:
    """What somebody is to the roadmap as a whole: her roles, and for a sector's head or a
    responsible person that she is one of something."""
    found = {_GENERAL[role] for role in member.roles if role in _GENERAL}
    found |= {SECTOR_ROLES[role] for role, _ in member.parties if role in SECTOR_ROLES}
    if member.people:
        found.add(Standing.RESPONSIBLE)
    return frozenset(found)


def standings_to(
    member: Member,
    *,
    responsible: UUID | None,
    person: UUID | None,
    deputies: Iterable[str],
    parents: Collection[UUID] = (),
) -> frozenset[Standing]:
    """What somebody is to one action.

    ``responsible`` is its responsible party and ``parents`` the parties that this belongs to.
    """
    found = {_GENERAL[role] for role in member.roles if role in _GENERAL}
    around = {*parents, responsible} - {None}
    found |= {
        SECTOR_ROLES[role]
        for role, party in member.parties
        if role in SECTOR_ROLES and party in around
    }
    if person is not None and person in member.people:
        found.add(Standing.RESPONSIBLE)
    if any(str(one) in deputies for one in member.people):
        found.add(Standing.DEPUTY)
    return frozenset(found)


def standings_to_action(member: Member, action: Action) -> frozenset[Standing]:
    """What somebody is to an action, as its row stands."""
    return standings_to(
        member,
        responsible=action.responsible_id,
        person=action.person_id,
        deputies=action.deputies,
        # Only who represents a party needs to know what the responsible party belongs to.
        parents=_parents(action.responsible) if member.parties else (),
    )


def may_do(member: Member, deed: Deed, action: Action | None = None) -> bool:
    """Whether somebody may do a thing: to an action, or to the roadmap."""
    standings = standings_in(member) if action is None else standings_to_action(member, action)
    return may(deed, standings)


def actions_of(member: Member) -> QuerySet[Action]:
    """The actions that are somebody's own: as the person, a deputy, or for her sector."""
    mine = Q(person__in=member.people)
    for person in member.people:
        mine |= Q(deputies__icontains=str(person))
    sectors = member.parties_as(*SECTOR_ROLES)
    mine |= Q(responsible__in=sectors) | Q(responsible__parent__in=sectors)
    mine |= Q(responsible__parent__parent__in=sectors)
    return Action.objects.filter(mine, ledger_id=member.ledger_id)


def require(pen: Pen, deed: Deed, action: Action | None = None) -> None:
    """Raises NotAllowedError when the writer may not do it. A command of the system may.

    Whoever writes is looked up under the lock, so that a role taken away meanwhile is gone.
    """
    actor = pen.intent.actor
    if actor is None:
        return
    member = member_by_actor(actor, pen.ledger.pk)
    if member is None or not may_do(member, deed, action):
        raise NotAllowedError(str(deed))


def _parents(party: Party | None) -> list[UUID]:
    """The parties that one belongs to, itself left out; a tree is three levels deep at most."""
    found: list[UUID] = []
    while party is not None and party.parent_id is not None and party.parent_id not in found:
        found.append(party.parent_id)
        party = party.parent
    return found
