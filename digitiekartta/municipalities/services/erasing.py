"""Accounts of members seen to by the coordinator: disabled, helped, and erased on request."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.rules import ERASED_NAME
from digitiekartta.accounts.services import (
    disable_account,
    enable_account,
    erase_account,
    forget_second_factor,
)
from digitiekartta.history.forgetting import forget_values
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent

from ..models import Invitation, Membership
from ..permissions import COORDINATORS, NotAllowedError, member_by_account
from .keeping import commit_setting
from .members import take_role


def is_here_alone(account_id: UUID, ledger_id: UUID) -> bool:
    """Whether an account is of this municipality and of no other: only then is it this one's to
    disable or to erase."""
    here = member_by_account(account_id, ledger_id) is not None
    elsewhere = (
        Membership.objects.filter(account=account_id).exclude(ledger_id=ledger_id),
        Person.objects.filter(account=account_id).exclude(ledger_id=ledger_id),
    )
    return here and not any(one.exists() for one in elsewhere)


def disable_member(*, ledger_id: UUID, by: UUID, account_id: UUID) -> None:
    """The account can't sign in until it is enabled. Raises NotAllowedError: oneself is not locked
    out, nor the account of another municipality."""
    _require(ledger_id, by, account_id)
    disable_account(account_id=account_id)


def enable_member(*, ledger_id: UUID, by: UUID, account_id: UUID) -> None:
    """The account can sign in again. Raises NotAllowedError."""
    _require(ledger_id, by, account_id)
    enable_account(account_id=account_id)


def forget_factors(*, ledger_id: UUID, by: UUID, account_id: UUID) -> None:
    """For whoever lost her second factor; she sets up another. Raises NotAllowedError."""
    _require(ledger_id, by, account_id)
    forget_second_factor(account=User.objects.get(pk=account_id))


def erase_member(*, ledger_id: UUID, intent: Intent, account_id: UUID) -> None:
    """Erases somebody on request: name and address wherever they are kept, the log's past included.

    What she did stays in the log under an id that leads to nobody. Free texts that name her are not
    found by this; whoever wrote them corrects them. Raises NotAllowedError, and SettingError for
    the last coordinator.
    """
    if intent.actor is not None:
        _require(ledger_id, intent.actor, account_id)
    people = list(Person.objects.filter(ledger_id=ledger_id, account=account_id))

    def write(pen: Pen) -> None:
        for held in Membership.objects.filter(ledger=pen.ledger, account=account_id):
            take_role(pen, held)
        for person in people:
            pen.set(person, name=ERASED_NAME, email="", account=None)

    with transaction.atomic():
        commit_setting(ledger_id, "erase_person", intent, write, {"account": str(account_id)})
        _forget(ledger_id, people)
        email = User.objects.get(pk=account_id).email
        Invitation.objects.filter(email__iexact=email).delete()
        erase_account(account_id=account_id)


def erase_person(*, ledger_id: UUID, intent: Intent, person_id: UUID) -> None:
    """Erases a person who has no account: name and address, the log's past included.

    Raises NotAllowedError.
    """

    def write(pen: Pen) -> Person:
        person = pen.get(Person, person_id)
        pen.set(person, name=ERASED_NAME, email="")
        return person

    with transaction.atomic():
        commit_setting(ledger_id, "erase_person", intent, write, {"person": str(person_id)})
        _forget(ledger_id, [Person.objects.get(pk=person_id, ledger_id=ledger_id)])


def _forget(ledger_id: UUID, people: list[Person]) -> None:
    for person in people:
        forget_values(
            ledger_id=ledger_id,
            entity=Person.entity_type.name,
            entity_id=person.pk,
            values={"name": ERASED_NAME, "email": None},
        )
        Invitation.objects.filter(person=person).delete()


def _require(ledger_id: UUID, by: UUID, account_id: UUID) -> None:
    member = member_by_account(by, ledger_id)
    if member is None or not member.has(*COORDINATORS) or by == account_id:
        raise NotAllowedError("see_to_accounts")
    if not is_here_alone(account_id, ledger_id):
        raise NotAllowedError("see_to_accounts")
