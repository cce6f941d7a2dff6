"""Roles of accounts, and the people of a municipality."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from digitiekartta.accounts.models import Person
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Membership, Party
from ..rules import BrokenSetting, Role, SettingError
from .keeping import commit, commit_setting


def grant_role(
    *,
    ledger_id: UUID,
    intent: Intent,
    account_id: UUID,
    role: Role,
    party_id: UUID | None = None,
) -> Receipt:
    """Gives an account a role in the municipality; having it already changes nothing.

    The caller knows that it may: a command, or an invitation that a coordinator made.
    """

    def write(pen: Pen) -> Membership:
        return _give(pen, account_id, role, party_id, moves=False)

    return commit(ledger_id, "grant_role", intent, write, _request(account_id, role, party_id))


def assign_role(
    *,
    ledger_id: UUID,
    intent: Intent,
    account_id: UUID,
    role: Role,
    party_id: UUID | None,
) -> Receipt:
    """The coordinator gives somebody of the municipality a role, for a party where it has one.

    A role that is held already moves to the party. Raises SettingError for an account that is not
    of the municipality: strangers are invited. Raises NotAllowedError.
    """

    def write(pen: Pen) -> Membership:
        members = Membership.objects.filter(ledger_id=ledger_id, account=account_id)
        people = Person.objects.filter(ledger_id=ledger_id, account=account_id)
        if not members.exists() and not people.exists():
            raise SettingError(BrokenSetting.STRANGER)
        return _give(pen, account_id, role, party_id, moves=True)

    request = _request(account_id, role, party_id)
    return commit_setting(ledger_id, "grant_role", intent, write, request)


def revoke_role(*, ledger_id: UUID, intent: Intent, membership_id: UUID) -> Receipt:
    """Takes a role away. Raises SettingError for the last coordinator's; NotAllowedError."""

    def write(pen: Pen) -> None:
        take_role(pen, pen.get(Membership, membership_id))

    request = {"membership": str(membership_id)}
    return commit_setting(ledger_id, "revoke_role", intent, write, request)


def add_person(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: str,
    email: str = "",
    account_id: UUID | None = None,
    audience: str = "",
) -> Receipt:
    """Somebody who can be responsible; ``audience`` is who may read the name, empty everybody."""

    def write(pen: Pen) -> Person:
        return pen.add(Person, name=name, email=email, account=account_id, audience=audience)

    request = {"name": name, "email": email}
    return commit_setting(ledger_id, "add_person", intent, write, request)


def change_person(*, ledger_id: UUID, intent: Intent, person_id: UUID, **values: Any) -> Receipt:
    """Changes a person: ``name``, ``email``, ``account`` or ``audience``."""

    def write(pen: Pen) -> Person:
        person = pen.get(Person, person_id)
        pen.set(person, **values)
        return person

    request = {"person": str(person_id), **{name: str(one) for name, one in values.items()}}
    return commit_setting(ledger_id, "change_person", intent, write, request)


def person_left(
    *, ledger_id: UUID, intent: Intent, person_id: UUID, left_on: datetime.date | None
) -> Receipt:
    """Records that a person has left, or with None that she is back.

    What was hers shows as without a person. Her account is let go of and its roles here are taken
    away. Raises SettingError for the last coordinator and for a day to come; NotAllowedError.
    """
    if left_on is not None and left_on > intent.at.date():
        raise SettingError(BrokenSetting.LEFT_IN_THE_FUTURE)

    def write(pen: Pen) -> Person:
        person = pen.get(Person, person_id)
        if left_on is not None and person.account is not None:
            for one in Membership.objects.filter(ledger_id=ledger_id, account=person.account):
                take_role(pen, one)
            pen.set(person, left_on=left_on, account=None)
        else:
            pen.set(person, left_on=left_on)
        return person

    request = {"person": str(person_id), "on": str(left_on)}
    return commit_setting(ledger_id, "person_left", intent, write, request)


def _request(account_id: UUID, role: Role, party_id: UUID | None) -> dict[str, str]:
    return {"account": str(account_id), "role": role, "party": str(party_id)}


def _give(
    pen: Pen, account_id: UUID, role: Role, party_id: UUID | None, *, moves: bool
) -> Membership:
    party = pen.get(Party, party_id) if party_id is not None else None
    held = Membership.objects.filter(ledger=pen.ledger, account=account_id, role=role).first()
    if held is None:
        return pen.add(Membership, account=account_id, role=role, party=party)
    if moves:
        pen.set(held, party=party)
    return held


def take_role(pen: Pen, held: Membership) -> None:
    """Takes a role away, inside a write. Raises SettingError for the last coordinator's."""
    others = Membership.objects.filter(ledger=pen.ledger, role=Role.COORDINATOR)
    if held.role == Role.COORDINATOR and not others.exclude(pk=held.pk).exists():
        raise SettingError(BrokenSetting.LAST_COORDINATOR)
    pen.remove(held)
