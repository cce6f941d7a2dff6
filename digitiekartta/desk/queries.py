"""The actions that the desk is about, with the facts that tasks follow from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from digitiekartta.accounts.models import Person
from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.municipalities.models import Municipality, Party
from digitiekartta.municipalities.permissions import Member
from digitiekartta.municipalities.rules import reminder_rhythm
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.permissions import actions_of, standings_to_action
from digitiekartta.roadmaps.plan import entities as e
from digitiekartta.roadmaps.queries import plan_of
from digitiekartta.roadmaps.rights import Standing
from digitiekartta.roadmaps.rules import Status

from .rules import Facts

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Case:
    """An action as it is valid, its row as it stands, and what somebody is to it."""

    action: e.Action
    row: Action
    facts: Facts
    standings: frozenset[Standing]


def plan_for(member: Member, on: datetime.date) -> e.Plan:
    """The valid plan as the member may read it. Raises NoRoadmapError."""
    return plan_of(member.ledger_id, audience=member.audience, on=on)


def own_cases(member: Member, plan: e.Plan) -> tuple[Case, ...]:
    """The actions that are the member's as a person, a deputy, or for her sector. One query."""
    return _cases(member, plan, actions_of(member))


def objected_actions(ledger_id: UUID) -> list[Action]:
    """The actions whose assignment has been objected to, in their order. One query."""
    found = Action.objects.filter(ledger_id=ledger_id, cancelled=False).exclude(objection={})
    return list(found.exclude(status=Status.DONE).order_by("rank", "serial"))


def own_action(member: Member, serial: int) -> Action:
    """An action of the member's that she may read. Raises Action.DoesNotExist. One query."""
    row = actions_of(member).get(serial=serial)
    if not member.audience.may_read(Audience(row.audience or Audience.PUBLIC)):
        raise Action.DoesNotExist
    return row


def all_cases(member: Member, plan: e.Plan) -> tuple[Case, ...]:
    """All actions of the plan. One query."""
    return _cases(member, plan, Action.objects.filter(ledger_id=member.ledger_id))


def cases_of_party(member: Member, plan: e.Plan, party_id: UUID) -> tuple[Case, ...]:
    """The actions of a party and of what belongs to it. One query."""
    return tuple(one for one in all_cases(member, plan) if party_id in parties_of(one.row))


def parties_of(row: Action) -> tuple[UUID, ...]:
    """The responsible party of an action and the parties that it belongs to, from below."""
    found: list[UUID] = []
    party = row.responsible
    while party is not None and party.pk not in found:
        found.append(party.pk)
        party = party.parent if party.parent_id is not None else None
    return tuple(found)


def _cases(member: Member, plan: e.Plan, rows: QuerySet[Action]) -> tuple[Case, ...]:
    known = {one.id: one for one in plan.actions}
    joined = rows.select_related("responsible__parent__parent", "person")
    return tuple(
        Case(action, row, facts_of(action, row), standings_to_action(member, row))
        for row in joined.order_by("rank", "serial")
        if (action := known.get(str(row.pk))) is not None
    )


def facts_of(action: e.Action, row: Action) -> Facts:
    """What tasks follow from: lateness from the valid plan, the assignment from the row."""
    notes = action.parts.notes
    return Facts(
        status=action.status,
        first=action.span.first,
        last=action.span.last,
        cancelled=action.cancelled or row.cancelled,
        late=action.late,
        has_reason=any(action.reason.values()),
        assigned_on=row.assigned_on,
        accepted_on=row.accepted_on,
        objected=any(row.objection.values()),
        reported_on=notes[0].noted_on if notes else None,
        has_person=row.person is not None,
        person_left=row.person is not None and row.person.left_on is not None,
        has_effect=bool(action.parts.effects),
        has_money=bool(action.parts.funding),
    )


def silence_days(municipality: Municipality) -> int:
    """After how many days without a word an action counts as silent, as the municipality says."""
    return reminder_rhythm(municipality.reminders).silence_days


def people_of(ledger_id: UUID) -> list[Person]:
    """Those who can be responsible: everybody who has not left, by name."""
    return list(Person.objects.filter(ledger_id=ledger_id, left_on=None).order_by("name"))


def sectors_of(ledger_id: UUID) -> QuerySet[Party]:
    """The parties at the top of the organisation, in their order."""
    return Party.objects.filter(ledger_id=ledger_id, parent=None, ended_on=None).order_by(
        "rank", "slug"
    )


def party_by_slug(ledger_id: UUID, slug: str) -> Party:
    """A party by its own address. Raises Party.DoesNotExist."""
    return Party.objects.get(ledger_id=ledger_id, slug=slug)


def entries_since(member: Member, revision: int) -> list[Entry]:
    """What others wrote after a revision and the member may know of, latest first; at most 200."""
    audience = member.audience
    found = Entry.objects.filter(ledger_id=member.ledger_id, revision__gt=revision)
    rows = found.exclude(actor=member.actor).order_by("-revision")[:MOST_ENTRIES]
    return [one for one in rows if audience.may_read(Audience(one.audience))]
