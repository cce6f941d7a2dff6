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

from .facts import intent_on, known

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
BUDGET_FATES = frozenset(
    {
        FundingState.APPROVED,
        FundingState.PARTLY_APPROVED,
        FundingState.MOVED,
        FundingState.REJECTED,
    }
)
"""States that a budget decision brings: the line was proposed before."""


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
    action_id = play.actions[one["number"]] = known(receipt.entity_id)
    _add_parts(play, one, action_id, intent)


def _add_parts(play: Playing, one: dict[str, Any], action_id: UUID, intent: Intent) -> None:
    place: dict[str, Any] = {
        "ledger_id": play.ledger_id,
        "intent": intent,
        "action_id": action_id,
        "example": True,
    }
    for order, line in enumerate(one["funding"]):
        state = FundingState(line["state"])
        receipt = services.add_funding(
            **place,
            kind=FundingKind(line["kind"]),
            state=FundingState.PROPOSED if state in BUDGET_FATES else state,
            year=line.get("year"),
            amount=line.get("amount"),
            note=line.get("note"),
        )
        play.funding[(one["number"], order)] = known(receipt.entity_id)
    for effect in one["effects"]:
        if effect["phase"] == EffectPhase.EXPECTED:
            add_effect(play, one["number"], effect, intent)
    for work in one.get("work") or ():
        services.estimate_work(
            **place,
            half_year=HalfYear.parse(work["half_year"]),
            person_days=work["person_days"],
        )
    for link in one.get("links") or ():
        services.add_link(**place, url=link["url"], title=link["title"])


def add_effect(play: Playing, number: str, effect: dict[str, Any], intent: Intent) -> None:
    """An effect of the action with that number."""
    services.add_effect(
        ledger_id=play.ledger_id,
        intent=intent,
        action_id=play.actions[number],
        effect_class=EffectClass(effect["effect_class"]),
        phase=EffectPhase(effect["phase"]),
        text=effect["text"],
        example=True,
    )


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
