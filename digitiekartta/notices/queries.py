"""Who is due to be reminded of what, and who can be reached."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from digitiekartta.accounts.models import Person, User
from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.models import Gate, Membership, Municipality
from digitiekartta.municipalities.rules import BodyTask, ReminderRhythm, Role, reminder_rhythm
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.plan import entities as e
from digitiekartta.roadmaps.queries import NoRoadmapError, plan_of

from .models import Digest, Refusal, Reminder
from .rules import (
    HELSINKI,
    WAITS,
    Due,
    Facts,
    Kind,
    Level,
    TeamDate,
    due_of,
    may_send_digest,
    next_level,
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whoever can be reached by mail. ``id`` is her account's, or the Person's who has none."""

    id: UUID
    email: str
    language: str
    name: str
    audience: Audience
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An action of which somebody is reminded. ``told`` are the levels told in the period."""

    action: e.Action
    due: Due
    level: Level
    told: Mapping[Level, datetime.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A digest that is to be sent, or would be: ``held`` until which day, if it is too early."""

    recipient: Recipient
    items: tuple[Item, ...]
    last: datetime.date | None
    ready: bool


@dataclass(frozen=True, slots=True)
class Plans:
    """What is due in a municipality: digests, and what goes to the list or stands there."""

    digests: tuple[Planned, ...] = ()
    newly_listed: tuple[Item, ...] = ()
    listed: tuple[Item, ...] = ()


def rhythm_of(municipality: Municipality) -> ReminderRhythm:
    """The municipality's own rhythm."""
    return reminder_rhythm(municipality.reminders)


def languages_of(municipality: Municipality) -> tuple[str, ...]:
    return tuple(municipality.languages) or ("fi",)


class Everyone:
    """The people of a municipality and the mail that each can be reached by. Four queries.

    Who has left and whose account is disabled is reached by nobody; nor, by a real mail server, are
    the people of the example.
    """

    def __init__(self, municipality: Municipality) -> None:
        ledger_id = municipality.ledger_id
        self._languages = languages_of(municipality)
        self._people = {
            one.pk: one for one in Person.objects.filter(ledger_id=ledger_id, left_on=None)
        }
        self._members = list(
            Membership.objects.filter(ledger_id=ledger_id).order_by("account", "role")
        )
        accounts = {one.account for one in self._members} | {
            one.account for one in self._people.values() if one.account is not None
        }
        self._accounts = User.objects.filter(is_active=True).in_bulk(list(accounts))
        self._refused = set(
            Refusal.objects.filter(ledger_id=ledger_id).values_list("recipient", "kind")
        )
        self._with_examples = _goes_to_outbox()

    def at(self, level: Level, row: Action, kind: Kind) -> Recipient | None:
        """The first who can be reached at a level of an action and wants to hear of the kind."""
        for recipient in self._of(level, row):
            if recipient is not None and (recipient.id, str(kind)) not in self._refused:
                return recipient
        return None

    def _of(self, level: Level, row: Action) -> Iterator[Recipient | None]:
        if level is Level.PERSON and row.person_id is not None:
            yield self.person(row.person_id)
        elif level is Level.DEPUTY:
            for one in row.deputies:
                yield self.person(UUID(str(one)))
        elif level in (Level.REPRESENTATIVE, Level.HEAD):
            role = Role.TEAM if level is Level.REPRESENTATIVE else Role.HEAD
            around = _parties_of(row)
            for member in self._members:
                if member.role == role and member.party_id in around:
                    yield self.account(member.account)

    def person(self, person_id: UUID) -> Recipient | None:
        """A person by her account's address, or by her own where she has no account."""
        person = self._people.get(person_id)
        if person is None or (person.example and not self._with_examples):
            return None
        if person.account is not None:
            return self.account(person.account, person.name)
        if not person.email:
            return None
        return Recipient(
            person.pk, person.email, self._languages[0], person.name, Audience.MEMBERS, person.pk
        )

    def account(self, account_id: UUID, name: str = "") -> Recipient | None:
        account = self._accounts.get(account_id)
        if account is None or (account.example and not self._with_examples):
            return None
        named = (one.name for one in self._people.values() if one.account == account_id)
        known = account.language in self._languages
        return Recipient(
            account_id,
            account.email,
            account.language if known else self._languages[0],
            name or next(named, account.email),
            self._audience(account_id),
        )

    def by_id(self, id: UUID) -> Recipient | None:
        """Whoever a digest was made for, if she can still be reached."""
        return self.person(id) if id in self._people else self.account(id)

    def _audience(self, account_id: UUID) -> Audience:
        team = (Role.TEAM, Role.COORDINATOR)
        found = any(one.account == account_id and one.role in team for one in self._members)
        return Audience.TEAM if found else Audience.MEMBERS


def _goes_to_outbox() -> bool:
    return bool(getattr(settings, "EMAIL_FILE_PATH", None)) or "locmem" in settings.EMAIL_BACKEND


def _parties_of(row: Action) -> list[UUID]:
    """The responsible party and those that it belongs to."""
    found: list[UUID] = []
    party = row.responsible
    while party is not None and party.pk not in found:
        found.append(party.pk)
        party = party.parent if party.parent_id is not None else None
    return found


Standing = tuple[Action, e.Action, Due, dict[Level, datetime.date]]
"""A reason to remind: the action's row, the action as it is valid, why, and who was told."""


def open_items(municipality: Municipality, on: datetime.date) -> Iterator[Standing]:
    """Every reason to remind that stands on a day, with those told of it in its period."""
    ledger_id = municipality.ledger_id
    try:
        plan = plan_of(ledger_id, audience=Audience.TEAM, on=on)
    except NoRoadmapError:
        return
    rows = Action.objects.filter(ledger_id=ledger_id).select_related("responsible__parent__parent")
    by_id = {str(one.pk): one for one in rows}
    told: dict[tuple[str, str, str], dict[Level, datetime.date]] = defaultdict(dict)
    for one in Reminder.objects.filter(ledger_id=ledger_id):
        told[str(one.action), one.kind, one.period][Level(one.level)] = one.day
    dates = tuple(_team_dates(ledger_id, on))
    silence = rhythm_of(municipality).silence_days
    for action in plan.actions:
        row = by_id.get(action.id)
        if row is None:
            continue
        for due in due_of(facts_of(action, row), on, silence_days=silence, dates=dates):
            yield row, action, due, told[action.id, str(due.kind), due.period]


def plans_of(
    municipality: Municipality, on: datetime.date, reader: Audience = Audience.TEAM
) -> Plans:
    """Who would be told of what on a day, as far as ``reader`` may know of the actions."""
    everyone = Everyone(municipality)
    members = _serials(municipality.ledger_id, Audience.MEMBERS, on)
    mails: dict[Recipient, list[Item]] = defaultdict(list)
    newly: list[Item] = []
    listed: list[Item] = []
    for row, action, due, told in open_items(municipality, on):
        if reader is not Audience.TEAM and action.serial not in members:
            continue
        reached = {
            level: found
            for level in WAITS
            if (found := everyone.at(level, row, due.kind)) is not None
            and (found.audience is Audience.TEAM or action.serial in members)
        }
        level = next_level(reached, told, on, kind=due.kind)
        if Level.LIST in told:
            listed.append(Item(action, due, Level.LIST, told))
        elif level is Level.LIST:
            newly.append(Item(action, due, level, told))
        elif level is not None:
            mails[reached[level]].append(Item(action, due, level, told))
    lasts = _last_days(municipality.ledger_id)
    digests = tuple(
        _planned(recipient, items, lasts.get(recipient.id), on)
        for recipient, items in mails.items()
    )
    return Plans(digests, tuple(newly), tuple(listed))


def _planned(
    recipient: Recipient, items: list[Item], last: datetime.date | None, on: datetime.date
) -> Planned:
    kinds = {one.due.kind for one in items}
    return Planned(recipient, tuple(items), last, may_send_digest(last, kinds, on))


def _last_days(ledger_id: UUID) -> dict[UUID, datetime.date]:
    rows = Digest.objects.filter(ledger_id=ledger_id).order_by("day")
    return dict(rows.values_list("recipient", "day"))


def _serials(ledger_id: UUID, audience: Audience, on: datetime.date) -> frozenset[int]:
    try:
        plan = plan_of(ledger_id, audience=audience, on=on)
    except NoRoadmapError:
        return frozenset()
    return frozenset(one.serial for one in plan.actions)


def _team_dates(ledger_id: UUID, on: datetime.date) -> Iterator[TeamDate]:
    """The dates of the annual clock that are the digital team's, of this year and the next."""
    for gate in Gate.objects.filter(ledger_id=ledger_id, party__task=BodyTask.KEEPS):
        for year in (on.year, on.year + 1):
            begins = datetime.date.fromisoformat(f"{year}-{gate.first}")
            ends = datetime.date.fromisoformat(f"{year}-{gate.last}")
            yield TeamDate(str(gate.pk), begins, max(begins, ends))


def facts_of(action: e.Action, row: Action) -> Facts:
    """What reminders follow from: lateness from the valid plan, the assignment from the row."""
    notes = action.parts.notes
    return Facts(
        status=action.status,
        first=action.span.first,
        last=action.span.last,
        cancelled=action.cancelled or row.cancelled,
        late=action.late,
        assigned_on=row.assigned_on,
        accepted_on=row.accepted_on,
        objected=any(row.objection.values()),
        reported_on=notes[0].noted_on if notes else None,
    )


def items_of(digest: Digest, standing: Iterable[Standing]) -> tuple[Item, ...]:
    """What of a digest still stands when it is sent: who has reported meanwhile is not reminded."""
    made = {(str(one.action), one.kind, one.period): one for one in digest.reminders.all()}
    return tuple(
        Item(action, due, Level(made[key].level), told)
        for _, action, due, told in standing
        if (key := (action.id, str(due.kind), due.period)) in made
    )


def digests_of(ledger_id: UUID, most: int = 50) -> list[Digest]:
    """The latest digests, latest first."""
    rows = Digest.objects.filter(ledger_id=ledger_id).order_by("-day", "-sent_at")
    return list(rows.prefetch_related("reminders")[:most])


def today_of(at: datetime.datetime) -> datetime.date:
    """The day in Finland."""
    return at.astimezone(HELSINKI).date()


def wanted_kinds(ledger_id: UUID, recipient: UUID) -> list[Kind]:
    """The kinds of reminders that a recipient has not refused."""
    refused = set(
        Refusal.objects.filter(ledger_id=ledger_id, recipient=recipient).values_list(
            "kind", flat=True
        )
    )
    return [one for one in Kind if str(one) not in refused]
