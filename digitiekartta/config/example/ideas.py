"""Made-up ideas and how they were handled, as events to be played in order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.ideas import services
from digitiekartta.ideas.models import Idea
from digitiekartta.ideas.rules import IdeaState, Origin
from digitiekartta.ideas.services.proposing import Proposal, add_idea

from .events import Event
from .facts import data, day, intent_on, known

if TYPE_CHECKING:
    from .plan import Playing


def ideas(play: Playing) -> list[Event]:
    """The ideas as they came in, and each step of their handling."""
    numbers: dict[int, UUID] = {}
    events: list[Event] = []
    for place, one in enumerate(data("ideas.json")):
        events.append(Event(day(one["received_on"]), partial(_receive, play, numbers, place, one)))
        events.extend(
            Event(day(step["on"]), partial(_handle, play, numbers, place, step), late=True)
            for step in one["steps"]
        )
    return events


def _receive(play: Playing, numbers: dict[int, UUID], place: int, one: dict[str, Any]) -> None:
    proposal = Proposal(
        language=one["language"],
        title=one["title"],
        proposal=one["proposal"],
        reason=one.get("reason", ""),
        benefit=one.get("benefit", ""),
        perspective_id=play.facts.perspectives[one["perspective"]],
    )

    def write(pen: Pen) -> Idea:
        audience = Audience(one.get("audience", "public"))
        return add_idea(pen, proposal, Origin(one["origin"]), audience, example=True)

    receipt = history.commit(
        ledger_id=play.ledger_id,
        kind="propose_idea",
        intent=intent_on(day(one["received_on"]), play.now),
        write=write,
    )
    numbers[place] = known(receipt.entity_id)


def _handle(play: Playing, numbers: dict[int, UUID], place: int, step: dict[str, Any]) -> None:
    services.handle_idea(
        ledger_id=play.ledger_id,
        intent=intent_on(day(step["on"]), play.now),
        idea_id=numbers[place],
        step=services.Step(
            state=IdeaState(step["state"]),
            note=step["note"],
            handler_id=play.facts.parties[step["handler"]] if "handler" in step else None,
            action_id=play.actions[step["action"]] if "action" in step else None,
            other_id=numbers[step["other"]] if "other" in step else None,
            example=True,
        ),
    )
