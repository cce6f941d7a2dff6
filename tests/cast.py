"""The cast: somebody in each role of a municipality, and a stranger from another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from digitiekartta.accounts.models import Person
from digitiekartta.history import services as history
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import Role
from digitiekartta.municipalities.services import grant_role
from tests.kauhava import Town, intent

NAMES = (
    "coordinator",
    "team",
    "head",
    "management",
    "secretary",
    "staff",
    "responsible",
    "deputy",
    "stranger",
)


@dataclass(frozen=True)
class Cast:
    """One account for each of ``NAMES``. ``serial`` is the action of the responsible and deputy,
    whose responsible party belongs to the sector of ``team`` and ``head``."""

    accounts: dict[str, AbstractBaseUser]
    sector: Party
    serial: int

    def __getitem__(self, name: str) -> AbstractBaseUser:
        return self.accounts[name]


def account(ledger_id: UUID, role: Role | None, email: str, party: Party | None = None) -> Any:
    """Somebody with an account, with or without a role in the municipality."""
    user = get_user_model().objects.create_user(email=email)
    if role is not None:
        grant_role(
            ledger_id=ledger_id,
            intent=intent(),
            account_id=user.pk,
            role=role,
            party_id=party.pk if party is not None else None,
        )
    return user


def cast_of(town: Town, elsewhere: Town, number: str = "1.6") -> Cast:
    """The cast around one action of the town; the stranger coordinates elsewhere."""
    action = town.action(number)
    sector = action.responsible
    while sector.parent is not None:
        sector = sector.parent
    accounts: dict[str, Any] = {}
    for role in Role:
        its = sector if role in (Role.TEAM, Role.HEAD) else None
        accounts[str(role)] = account(town.ledger_id, role, f"{role}@kunta.test", its)
    for name in ("responsible", "deputy"):
        accounts[name] = account(town.ledger_id, None, f"{name}@kunta.test")
    accounts["stranger"] = account(elsewhere.ledger_id, Role.COORDINATOR, "muu@kunta.test")

    def write(pen: Any) -> Any:
        people = {
            name: pen.add(Person, name=name, account=accounts[name].pk)
            for name in ("responsible", "deputy")
        }
        row = pen.get(type(action), action.pk)
        pen.set(row, person=people["responsible"], deputies=[str(people["deputy"].pk)])
        return row

    history.commit(ledger_id=town.ledger_id, kind="cast", intent=intent(), write=write)
    return Cast(accounts, sector, action.serial)
