"""Parties: sectors and units, bodies and roles; and the seats of a body."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from digitiekartta.accounts.models import Person
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Party, Seat
from ..rules import BodyTask, BrokenSetting, PartyKind, SettingError, slug_of
from .keeping import Text, commit_setting


def add_party(
    *,
    ledger_id: UUID,
    intent: Intent,
    kind: PartyKind,
    name: Text,
    slug: str = "",
    genitive: Text | None = None,
    parent_id: UUID | None = None,
    headcount: int | None = None,
    task: BodyTask | None = None,
    duties: Text | None = None,
    rank: int | None = None,
    example: bool = False,
) -> Receipt:
    """A sector, unit, body or role that can be responsible. Without a slug it gets one of its name;
    without a rank it becomes the last."""

    def write(pen: Pen) -> Party:
        return pen.add(
            Party,
            kind=kind,
            name=dict(name),
            genitive=dict(genitive or {}),
            slug=slug or _free_slug(ledger_id, name),
            parent=pen.get(Party, parent_id) if parent_id is not None else None,
            headcount=headcount,
            task=task or "",
            duties=dict(duties or {}),
            rank=_last_rank(ledger_id) + 1 if rank is None else rank,
            example=example,
        )

    request = {"slug": slug, "kind": kind, "name": dict(name)}
    return commit_setting(ledger_id, "add_party", intent, write, request)


def add_sectors(
    *, ledger_id: UUID, intent: Intent, sectors: Sequence[tuple[Text, int | None]]
) -> Receipt:
    """Several sectors that carry out, each by its name and its staff, in one write. A name that is
    a party's already is passed over."""

    def write(pen: Pen) -> Party | None:
        held = Party.objects.filter(ledger_id=ledger_id).values_list("name", flat=True)
        known = {name for names in held for name in names.values()}
        added = None
        for name, headcount in sectors:
            if known.isdisjoint(name.values()):
                known.update(name.values())
                added = pen.add(
                    Party,
                    kind=PartyKind.SECTOR,
                    name=dict(name),
                    slug=_free_slug(ledger_id, name),
                    headcount=headcount,
                    task=BodyTask.CARRIES_OUT,
                    rank=_last_rank(ledger_id) + 1,
                )
        return added

    request = {"sectors": [[dict(name), staff] for name, staff in sectors]}
    return commit_setting(ledger_id, "add_party", intent, write, request)


def change_party(*, ledger_id: UUID, intent: Intent, party_id: UUID, **values: Any) -> Receipt:
    """Changes a party: ``name``, ``genitive``, ``headcount``, ``task``, ``duties`` or ``rank``, and
    with ``parent_id`` what it belongs to. Its slug stays, since it stands in addresses.

    Raises SettingError where it would belong to itself.
    """
    parent_id: UUID | None = values.pop("parent_id", None)
    moves = "moves" in values and values.pop("moves")

    def write(pen: Pen) -> Party:
        party = pen.get(Party, party_id)
        if moves:
            parent = pen.get(Party, parent_id) if parent_id is not None else None
            _check_parent(party, parent)
            pen.set(party, parent=parent, **values)
        else:
            pen.set(party, **values)
        return party

    request = {name: str(one) for name, one in values.items()}
    return commit_setting(
        ledger_id, "change_party", intent, write, {**request, "parent": str(parent_id)}
    )


def end_party(
    *, ledger_id: UUID, intent: Intent, party_id: UUID, ended_on: datetime.date | None
) -> Receipt:
    """Ends a party, or takes the end back with None. It stays where it stands already; nothing new
    can be given to it. Raises SettingError for one that has going units, and for a day to come.
    """
    if ended_on is not None and ended_on > intent.at.date():
        raise SettingError(BrokenSetting.NO_SUCH_DAY)

    def write(pen: Pen) -> Party:
        party = pen.get(Party, party_id)
        units = Party.objects.going().filter(ledger_id=ledger_id, parent=party)
        if ended_on is not None and units.exists():
            raise SettingError(BrokenSetting.ENDED_WITH_UNITS)
        pen.set(party, ended_on=ended_on)
        return party

    request = {"party": str(party_id), "on": str(ended_on)}
    return commit_setting(ledger_id, "end_party", intent, write, request)


def add_seat(
    *,
    ledger_id: UUID,
    intent: Intent,
    body_id: UUID,
    represents_id: UUID,
    convener: bool = False,
    person_id: UUID | None = None,
    rank: int | None = None,
) -> Receipt:
    """A seat in a body for the representative of a party."""

    def write(pen: Pen) -> Seat:
        body = pen.get(Party, body_id)
        if body.kind != PartyKind.BODY:
            raise SettingError(BrokenSetting.NOT_A_BODY)
        return pen.add(
            Seat,
            body=body,
            represents=pen.get(Party, represents_id),
            convener=convener,
            person=_person(pen, person_id),
            rank=Seat.objects.filter(body=body).count() + 1 if rank is None else rank,
        )

    request = {"body": str(body_id), "represents": str(represents_id)}
    return commit_setting(ledger_id, "add_seat", intent, write, request)


def change_seat(
    *,
    ledger_id: UUID,
    intent: Intent,
    seat_id: UUID,
    convener: bool,
    person_id: UUID | None,
) -> Receipt:
    """Who sits in a seat and whether she convenes the body."""

    def write(pen: Pen) -> Seat:
        seat = pen.get(Seat, seat_id)
        pen.set(seat, convener=convener, person=_person(pen, person_id))
        return seat

    request = {"seat": str(seat_id), "convener": convener, "person": str(person_id)}
    return commit_setting(ledger_id, "change_seat", intent, write, request)


def remove_seat(*, ledger_id: UUID, intent: Intent, seat_id: UUID) -> Receipt:
    """Takes a seat away."""

    def write(pen: Pen) -> None:
        pen.remove(pen.get(Seat, seat_id))

    return commit_setting(ledger_id, "remove_seat", intent, write, {"seat": str(seat_id)})


def _person(pen: Pen, person_id: UUID | None) -> Any:
    return None if person_id is None else pen.get(Person, person_id)


def _check_parent(party: Party, parent: Party | None) -> None:
    above = parent
    while above is not None:
        if above.pk == party.pk:
            raise SettingError(BrokenSetting.ITS_OWN_UNIT)
        above = above.parent


def _last_rank(ledger_id: UUID) -> int:
    last = Party.objects.filter(ledger_id=ledger_id).order_by("-rank").first()
    return last.rank if last is not None else 0


def _free_slug(ledger_id: UUID, name: Text) -> str:
    written = slug_of(next((one for one in name.values() if one), "")) or "taho"
    taken = set(Party.objects.filter(ledger_id=ledger_id).values_list("slug", flat=True))
    numbered = (f"{written}-{number}" for number in count(2))
    return written if written not in taken else next(one for one in numbered if one not in taken)
