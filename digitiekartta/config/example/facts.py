"""What the source document says: the municipality, its parties, perspectives and bodies."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from digitiekartta.history.rules import Intent
from digitiekartta.municipalities import services
from digitiekartta.municipalities.models import Municipality, Perspective
from digitiekartta.municipalities.rules import BodyTask, PartyKind
from digitiekartta.ui.clock import HELSINKI

SET_UP_ON = datetime.date(2024, 9, 2)


@dataclass(frozen=True, slots=True)
class Facts:
    """The ids of what was loaded, by the keys of the data files."""

    ledger_id: UUID
    framework_id: UUID
    parties: dict[str, UUID]
    perspectives: dict[int, UUID]
    data: dict[str, Any]


@cache
def data(name: str) -> Any:
    """One of the example's data files."""
    return json.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def intent_on(day: datetime.date, now: datetime.datetime, reason: str = "") -> Intent:
    """An intent of a day's morning, never after now."""
    morning = datetime.datetime.combine(day, datetime.time(9, 12), HELSINKI)
    return Intent(actor=None, at=min(morning, now), reason=reason)


def load_facts(now: datetime.datetime) -> Facts:
    """Loads kauhava.json up to, but without, the roadmap."""
    facts = data("kauhava.json")
    intent = intent_on(SET_UP_ON, now)
    settings = dict(facts["municipality"])
    reviewed = settings.pop("accessibility_reviewed_on", None)
    ledger_id, _ = services.create_municipality(intent=intent, **settings)
    if reviewed:
        services.change_settings(
            ledger_id=ledger_id, intent=intent, accessibility_reviewed_on=reviewed
        )
    parties = _load_parties(facts, ledger_id, intent)
    framework = facts["framework"]
    receipt = services.add_framework(
        ledger_id=ledger_id,
        intent=intent,
        name=framework["name"],
        version=framework["version"],
        scale=framework["scale"],
        perspectives=[{**one, "note": one.get("note") or {}} for one in facts["perspectives"]],
    )
    perspectives = dict(Perspective.objects.filter(ledger_id=ledger_id).values_list("number", "pk"))
    _load_gates(facts, ledger_id, intent, parties)
    services.publish_municipality(ledger_id=ledger_id, intent=intent)
    if receipt.entity_id is None or not Municipality.objects.published().exists():
        raise RuntimeError("the example did not load")
    return Facts(ledger_id, receipt.entity_id, parties, perspectives, facts)


def _load_parties(facts: dict[str, Any], ledger_id: UUID, intent: Intent) -> dict[str, UUID]:
    parties: dict[str, UUID] = {}
    for rank, one in enumerate(facts["parties"], start=1):
        receipt = services.add_party(
            ledger_id=ledger_id,
            intent=intent,
            kind=PartyKind(one["kind"]),
            name=one["name"],
            genitive=one["genitive"],
            slug=one["slug"],
            parent_id=parties[one["parent"]] if one["parent"] else None,
            headcount=one["headcount"],
            task=BodyTask(one["task"]) if one["task"] else None,
            duties=one["duties"],
            rank=rank,
            example=one.get("example", False),
        )
        if receipt.entity_id is not None:
            parties[one["key"]] = receipt.entity_id
    for rank, one in enumerate(facts["seats"], start=1):
        services.add_seat(
            ledger_id=ledger_id,
            intent=intent,
            body_id=parties[one["body"]],
            represents_id=parties[one["represents"]],
            convener=one.get("convener", False),
            rank=rank,
        )
    return parties


def _load_gates(
    facts: dict[str, Any], ledger_id: UUID, intent: Intent, parties: dict[str, UUID]
) -> None:
    for rank, one in enumerate(facts["gates"], start=1):
        services.add_gate(
            ledger_id=ledger_id,
            intent=intent,
            name=one["name"],
            first=one["first"],
            last=one["last"],
            last_year_only=one.get("last_year_only", False),
            party_id=parties[one["party"]] if one["party"] else None,
            description=one["description"],
            rank=rank,
        )


def known(id: UUID | None) -> UUID:
    """The id of what was just written."""
    if id is None:
        raise RuntimeError("nothing was written")
    return id


def day(written: str) -> datetime.date:
    """The date in a data file."""
    return datetime.date.fromisoformat(written)
