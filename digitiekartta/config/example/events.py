"""What happened to the example's actions, as events to be played in order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.rules import FundingState, Status
from digitiekartta.roadmaps.services.progress import Report

from .actions import BUDGET_FATES, add_effect, add_planned_action
from .facts import data, day, intent_on

if TYPE_CHECKING:
    from .plan import Playing


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day. ``late`` ones come after the day's others."""

    on: datetime.date
    play: Callable[[], None]
    late: bool = False


def events_of_actions(play: Playing) -> list[Event]:
    """Every dated event of every action, and the adding of those that the first plan lacked."""
    events: list[Event] = []
    for one in data("actions.json"):
        if one["added_in"] > 1:
            on = day(one["added_on"])
            events.append(Event(on, partial(add_planned_action, play, one, on)))
        events.extend(
            Event(day(event["on"]), partial(_play, play, one, event)) for event in one["history"]
        )
        events.extend(_money_events(play, one))
        events.extend(_observations(play, one))
    return events


def _money_events(play: Playing, one: dict[str, Any]) -> Iterator[Event]:
    """The budget's word on a line in December, and what it cost in the January after its year."""
    for order, line in enumerate(one["funding"]):
        year = line.get("year")
        if FundingState(line["state"]) in BUDGET_FATES and year:
            decided = datetime.date(year - 1, 12, 15)
            yield Event(decided, partial(_decide, play, (one["number"], order), line, decided))
        if line.get("actual") is not None and year:
            counted = datetime.date(year + 1, 1, 20)
            yield Event(counted, partial(_count, play, (one["number"], order), line, counted))


def _decide(play: Playing, place: tuple[str, int], line: dict[str, Any], on: datetime.date) -> None:
    services.decide_funding(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        funding_id=play.funding[place],
        state=FundingState(line["state"]),
    )


def _count(play: Playing, place: tuple[str, int], line: dict[str, Any], on: datetime.date) -> None:
    services.record_actual(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        funding_id=play.funding[place],
        actual=line["actual"],
    )


def _observations(play: Playing, one: dict[str, Any]) -> Iterator[Event]:
    """Effects are observed once the action is done."""
    done = [day(event["on"]) for event in one["history"] if event.get("status") == "done"]
    for effect in one["effects"]:
        if effect["phase"] == "observed":
            on = max(done, default=datetime.date(2026, 6, 1))
            intent = intent_on(on, play.now)
            yield Event(on, partial(add_effect, play, one["number"], effect, intent), late=True)


def _play(play: Playing, action: dict[str, Any], event: dict[str, Any]) -> None:
    on = day(event["on"])
    if event["kind"] == "reschedule":
        _reschedule(play, action, event, on)
    elif event["kind"] == "cancel":
        services.cancel_action(
            ledger_id=play.ledger_id,
            intent=intent_on(on, play.now, event["text"]["fi"]),
            action_id=play.actions[action["number"]],
            reason=event.get("reason") or action["reason"],
        )
    else:
        _report(play, action, event, on)


def _reschedule(
    play: Playing, action: dict[str, Any], event: dict[str, Any], on: datetime.date
) -> None:
    span = Span(HalfYear.parse(action["first"]), HalfYear.parse(action["last"]))
    services.reschedule_action(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now, event["text"]["fi"]),
        action_id=play.actions[action["number"]],
        span=span,
        reason=event.get("reason") or event["text"],
    )


def _report(
    play: Playing, action: dict[str, Any], event: dict[str, Any], on: datetime.date
) -> None:
    status = Status(event["status"]) if event.get("status") else None
    services.report_progress(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        action_id=play.actions[action["number"]],
        report=Report(
            status=status,
            text=event["text"],
            reason=event.get("reason"),
            noted_on=on,
            example=True,
        ),
    )
