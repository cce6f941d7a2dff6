"""The example's actions as they were first planned."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.rules import EffectClass, EffectPhase, FundingKind, FundingState
from digitiekartta.roadmaps.services.actions import NewAction

from .facts import intent_on

if TYPE_CHECKING:
    from .plan import Playing

TEXTS = (
    "title",
    "statement",
    "benefit",
    "outside_partners",
    "communication",
    "training",
    "internal_note",
)


def add_planned_action(play: Playing, one: dict[str, Any], on: datetime.date) -> None:
    """Adds an action by its first schedule, with its money, effects, work and links."""
    intent = intent_on(on, play.now)
    original = Span(HalfYear.parse(one["original_first"]), HalfYear.parse(one["original_last"]))
    receipt = services.add_action(
        ledger_id=play.ledger_id,
        intent=intent,
        roadmap_id=play.roadmap_id,
        action=NewAction(
            number=one["number"],
            texts={name: one[name] for name in TEXTS if one.get(name)},
            span=original,
            goal_id=play.goals[one["goal"]],
            responsible_id=play.facts.parties[one["responsible"]],
            partner_ids=[play.facts.parties[key] for key in one["partners"]],
            all_sectors=one["all_sectors"],
            recurring=one["recurring"],
            rank=one["serial"],
            restricted=one.get("restricted") or {},
            example=True,
        ),
    )
    if receipt.entity_id is None:
        raise RuntimeError(f"action {one['number']} was not written")
    play.actions[one["number"]] = receipt.entity_id
    _add_parts(play, one, receipt.entity_id, intent)


def _add_parts(play: Playing, one: dict[str, Any], action_id: UUID, intent: Intent) -> None:
    place = {"ledger_id": play.ledger_id, "intent": intent, "action_id": action_id, "example": True}
    for line in one["funding"]:
        receipt = services.add_funding(
            **place,
            kind=FundingKind(line["kind"]),
            state=FundingState(line["state"]),
            year=line.get("year"),
            amount=line.get("amount"),
            note=line.get("note"),
        )
        if line.get("actual") is not None and receipt.entity_id is not None:
            services.record_actual(
                ledger_id=play.ledger_id,
                intent=intent,
                funding_id=receipt.entity_id,
                actual=line["actual"],
            )
    for effect in one["effects"]:
        services.add_effect(
            **place,
            effect_class=EffectClass(effect["effect_class"]),
            phase=EffectPhase(effect["phase"]),
            text=effect["text"],
        )
    for work in one.get("work") or ():
        services.estimate_work(
            **place,
            half_year=HalfYear.parse(work["half_year"]),
            person_days=work["person_days"],
        )
    for link in one.get("links") or ():
        services.add_link(**place, url=link["url"], title=link["title"])


def add_dependencies(play: Playing, actions: list[dict[str, Any]], on: datetime.date) -> None:
    """Says which action needs which, once all are there."""
    for one in actions:
        for number in one.get("dependencies") or ():
            services.add_dependency(
                ledger_id=play.ledger_id,
                intent=intent_on(on, play.now),
                action_id=play.actions[one["number"]],
                depends_on_id=play.actions[number],
                example=True,
            )
