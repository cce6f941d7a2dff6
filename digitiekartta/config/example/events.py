"""What happened to the example's actions, as events to be played in order."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.rules import Status
from digitiekartta.roadmaps.services.progress import Report

from .actions import add_planned_action
from .facts import data, intent_on

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
            on = datetime.date.fromisoformat(one["added_on"])
            events.append(Event(on, lambda one=one, on=on: add_planned_action(play, one, on)))
        events.extend(
            Event(
                datetime.date.fromisoformat(event["on"]),
                lambda one=one, event=event: _play(play, one, event),
            )
            for event in one["history"]
        )
    return events


def _play(play: Playing, action: dict[str, Any], event: dict[str, Any]) -> None:
    on = datetime.date.fromisoformat(event["on"])
    if event["kind"] == "reschedule":
        _reschedule(play, action, event, on)
    elif event["kind"] == "cancel":
        services.cancel_action(
            ledger_id=play.ledger_id,
            intent=intent_on(on, play.now, event["text"]["fi"]),
            action_id=play.actions[action["number"]],
            reason=action["reason"],
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
        reason=action["reason"],
    )


def _report(
    play: Playing, action: dict[str, Any], event: dict[str, Any], on: datetime.date
) -> None:
    status = Status(event["status"]) if event.get("status") else None
    late = HalfYear.of(on) > HalfYear.parse(action["last"])
    explains = status is Status.PAUSED or (late and status is not Status.DONE)
    services.report_progress(
        ledger_id=play.ledger_id,
        intent=intent_on(on, play.now),
        action_id=play.actions[action["number"]],
        report=Report(
            status=status,
            text=event["text"],
            reason=action["reason"] if explains else None,
            noted_on=on,
            example=True,
        ),
    )
