"""The made-up plan: levels, goals, actions and two years of their history, played in order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from digitiekartta.decisions import services as decisions
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.levels import services as levels
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.rules import Direction

from .actions import add_dependencies, add_planned_action
from .events import Event, events_of_actions
from .facts import Facts, data, day, intent_on, known
from .ideas import ideas
from .rounds import rounds

PLANNED_ON = datetime.date(2024, 12, 2)


@dataclass(slots=True)
class Playing:
    """The example being played: what is known so far, by the data files' keys."""

    facts: Facts
    now: datetime.datetime
    roadmap_id: UUID
    priorities: dict[int, UUID] = field(default_factory=dict)
    goals: dict[int, UUID] = field(default_factory=dict)
    actions: dict[str, UUID] = field(default_factory=dict)
    funding: dict[tuple[str, int], UUID] = field(default_factory=dict)

    @property
    def ledger_id(self) -> UUID:
        return self.facts.ledger_id


def load_plan(facts: Facts, now: datetime.datetime) -> None:
    """Plays the example from the first plan to today."""
    surveyed = rounds(facts, now)
    _play_in_order([one for one in surveyed if one.on < PLANNED_ON], now)
    play = Playing(facts, now, _start_roadmap(facts, now))
    _load_targets_and_priorities(play)
    _load_goals(play)
    first_plan = [one for one in data("actions.json") if one["added_in"] == 1]
    for one in first_plan:
        add_planned_action(play, one, PLANNED_ON)
    add_dependencies(play, first_plan, PLANNED_ON)
    later = [one for one in surveyed if one.on >= PLANNED_ON]
    events = [*events_of_actions(play), *later, _estimate(play), *_values(play), *ideas(play)]
    _play_in_order([*events, *_versions(play)], now)


def _play_in_order(events: list[Event], now: datetime.datetime) -> None:
    """Plays what has happened by now, in the order of its days: the log's time never goes back."""
    for event in sorted(events, key=lambda one: (one.on, one.late)):
        if event.on <= now.date():
            event.play()


def _start_roadmap(facts: Facts, now: datetime.datetime) -> UUID:
    intent = intent_on(PLANNED_ON, now)
    one, example = facts.data["roadmap"], data("example.json")
    period = Span(HalfYear.parse(one["first"]), HalfYear.parse(one["last"]))
    receipt = services.create_roadmap(
        ledger_id=facts.ledger_id,
        intent=intent,
        title=one["title"],
        period=period,
        framework_id=facts.framework_id,
    )
    roadmap_id = known(receipt.entity_id)
    texts = {
        "foreword": one["foreword"],
        "operating_model": one["operating_model"],
        "vision": example["vision"],
        "vision_lead": example["vision_lead"],
    }
    services.write_texts(
        ledger_id=facts.ledger_id, intent=intent, roadmap_id=roadmap_id, texts=texts, example=True
    )
    services.publish_roadmap(ledger_id=facts.ledger_id, intent=intent, roadmap_id=roadmap_id)
    return roadmap_id


def _load_targets_and_priorities(play: Playing) -> None:
    example = data("example.json")
    reasons = {one["perspective"]: one["reason"] for one in example["priority_reasons"]}
    decision_id = _record(
        play, next(one for one in example["decisions"] if one["kind"] == "targets")
    )
    intent = intent_on(PLANNED_ON, play.now)
    for one in example["targets"]:
        levels.adopt_target(
            ledger_id=play.ledger_id,
            intent=intent,
            perspective_id=play.facts.perspectives[one["perspective"]],
            level=one["level"],
            reason=one["reason"],
            decision_id=decision_id,
            example=True,
        )
    for one in play.facts.data["priorities"]:
        receipt = levels.choose_priority(
            ledger_id=play.ledger_id,
            intent=intent,
            perspective_id=play.facts.perspectives[one["perspective"]],
            number=one["number"],
            reason=reasons[one["perspective"]],
            decision_id=decision_id,
            example=True,
        )
        play.priorities[one["number"]] = known(receipt.entity_id)


def _load_goals(play: Playing) -> None:
    intent = intent_on(PLANNED_ON, play.now)
    for one in data("example.json")["goals"]:
        receipt = services.add_goal(
            ledger_id=play.ledger_id,
            intent=intent,
            roadmap_id=play.roadmap_id,
            number=one["number"],
            title=one["title"],
            description=one["description"],
            priority_id=play.priorities[one["priority"]],
            example=True,
        )
        play.goals[one["number"]] = known(receipt.entity_id)


def _estimate(play: Playing) -> Event:
    """The management team's own estimate, made before the survey of the same spring."""
    one = data("example.json")["estimate"]
    on = day(one["measured_on"])
    return Event(on, partial(_record_estimate, play, one, on))


def _record_estimate(play: Playing, one: dict[str, Any], on: datetime.date) -> None:
    levels.estimate_levels(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        name=one["name"],
        measured_on=on,
        source=one["source"],
        levels=[
            levels.Measured(play.facts.perspectives[number], value)
            for number, value in enumerate(one["levels"], start=1)
        ],
        example=True,
    )


def _values(play: Playing) -> list[Event]:
    events: list[Event] = []
    for rank, one in enumerate(data("example.json")["indicators"], start=1):
        receipt = services.add_indicator(
            ledger_id=play.ledger_id,
            intent=intent_on(PLANNED_ON, play.now),
            goal_id=play.goals[one["goal"]],
            name=one["name"],
            unit=one["unit"],
            direction=Direction(one["direction"]),
            target=one["target"],
            source=one["source"],
            rank=rank,
            example=True,
        )
        for value in one["values"]:
            on = max(day(value["measured_on"]), PLANNED_ON)
            events.append(
                Event(
                    on,
                    partial(_record_value, play, known(receipt.entity_id), value, on),
                )
            )
    return events


def _record_value(play: Playing, id: UUID, value: dict[str, Any], on: datetime.date) -> None:
    services.record_value(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        indicator_id=id,
        measured_on=day(value["measured_on"]),
        value=value["value"],
        example=True,
    )


def _versions(play: Playing) -> list[Event]:
    approvals = [play.facts.data["decision"], *data("example.json")["decisions"]]
    return [
        Event(day(one["decided_on"]), partial(_approve, play, one), late=True)
        for one in approvals
        if one.get("version")
    ]


def _approve(play: Playing, one: dict[str, Any]) -> None:
    decision_id = _record(play, one, example=one["version"] > 1)
    decisions.approve_version(
        ledger_id=play.ledger_id,
        intent=intent_on(day(one["decided_on"]), play.now),
        subject_kind="roadmap",
        subject_id=play.roadmap_id,
        decision_id=decision_id,
        example=True,
    )


def _record(play: Playing, one: dict[str, Any], *, example: bool = True) -> UUID:
    receipt = decisions.record_decision(
        ledger_id=play.ledger_id,
        intent=intent_on(max(day(one["decided_on"]), PLANNED_ON), play.now),
        kind=DecisionKind(one["kind"]),
        body_id=play.facts.parties[one["body"]],
        decided_on=day(one["decided_on"]),
        summary=one["summary"],
        example=example,
    )
    return known(receipt.entity_id)
