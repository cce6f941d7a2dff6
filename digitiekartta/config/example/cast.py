"""The cast: an example account for each side of the work, tied to the example's own actions.

Names are roles; nobody is invented. Everything is flagged as an example and goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.services import ensure_account
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.models import Membership, Municipality, Party
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps.models import Action

SECTOR = "keskushallinto"
OWN_ACTIONS = 4
"""How many of the sector's actions are the responsible person's."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the cast: ``key`` in the e-mail address, ``label`` on the command line, ``name`` on
    pages."""

    key: str
    label: str
    name: str
    role: Role | None = None
    party: str = ""


CAST = (
    Side("digitiimi", "team member", "Keskushallinnon edustaja digitiimissä", Role.TEAM, SECTOR),
    Side("toimialajohtaja", "head of a sector", "Keskushallinnon johtaja", Role.HEAD, SECTOR),
    Side("johtoryhma", "management team", "Johtoryhmän jäsen", Role.MANAGEMENT),
    Side("sihteeri", "board's secretary", "Kaupunginhallituksen sihteeri", Role.SECRETARY),
    Side("vastuuhenkilo", "responsible person", "Keskushallinnon vastuuhenkilö"),
    Side("varahenkilo", "deputy", "Keskushallinnon varahenkilö"),
    Side("tyontekija", "staff", "Työntekijä", Role.STAFF),
)
RESPONSIBLE, DEPUTY = "vastuuhenkilo", "varahenkilo"


def example_ledger() -> UUID | None:
    """The ledger of the only municipality, where its actions are still the example's."""
    ledgers = list(Municipality.objects.values_list("ledger_id", flat=True)[:2])
    if len(ledgers) != 1 or not Action.objects.filter(ledger_id=ledgers[0], example=True).exists():
        return None
    return ledgers[0]


def ensure_cast(*, ledger_id: UUID, at: datetime) -> Mapping[str, User]:
    """The cast's accounts by their keys, made and given their roles where they have none yet."""
    accounts = {
        one.key: ensure_account(email=f"{one.key}@esimerkki.invalid", example=True) for one in CAST
    }
    known = {one.pk for one in accounts.values()}
    if not Person.objects.filter(ledger_id=ledger_id, account__in=known).exists():
        history.commit(
            ledger_id=ledger_id,
            kind="load_cast",
            intent=Intent(actor=None, at=at),
            write=lambda pen: _write(pen, accounts),
        )
    return accounts


def _write(pen: Pen, accounts: Mapping[str, User]) -> None:
    parties = dict(Party.objects.filter(ledger=pen.ledger).values_list("slug", "pk"))
    people: dict[str, Person] = {}
    for side in CAST:
        account = accounts[side.key].pk
        people[side.key] = pen.add(
            Person,
            name=f"{side.name} (esimerkki)",
            email=accounts[side.key].email,
            account=account,
            example=True,
        )
        if side.role is not None:
            party = pen.get(Party, parties[side.party]) if side.party in parties else None
            pen.add(Membership, role=side.role, account=account, party=party, example=True)
    for action in _own_actions(pen, parties.get(SECTOR)):
        pen.set(action, person=people[RESPONSIBLE], deputies=[str(people[DEPUTY].pk)])


def _own_actions(pen: Pen, sector: UUID | None) -> list[Action]:
    """Some of the sector's actions that are going on, in their order."""
    found = Action.objects.filter(
        ledger=pen.ledger, responsible=sector, example=True, cancelled=False, person=None
    )
    return list(found.exclude(status="done").order_by("serial")[:OWN_ACTIONS])
