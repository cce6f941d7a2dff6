"""Handling an idea in the open: step by step, into an action, public or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from digitiekartta.accounts.mail import Mail, send
from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Municipality, Party
from digitiekartta.roadmaps import services as roadmaps
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.services.actions import NewAction

from ..models import Idea, IdeaStep, Received
from ..permissions import require_handler
from ..rules import OPEN, BrokenIdea, IdeaError, IdeaState, check_step
from ..words import answer_mail
from .proposing import day_of

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of handling tells. ``internal_note`` None leaves the note as it is."""

    state: IdeaState
    note: Text
    handler_id: UUID | None = None
    action_id: UUID | None = None
    other_id: UUID | None = None
    internal_note: Text | None = None
    example: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "state": str(self.state),
            "note": dict(self.note),
            "handler": str(self.handler_id or ""),
            "action": str(self.action_id or ""),
            "other": str(self.other_id or ""),
            "internal_note": None if self.internal_note is None else dict(self.internal_note),
        }


def handle_idea(*, ledger_id: UUID, intent: Intent, idea_id: UUID, step: Step) -> Receipt:
    """Takes an idea on by a step with a public note. An answer is sent where one is waited for.

    Raises IdeaError where the step lacks what it must tell, ConflictError where somebody else has
    taken the idea elsewhere meanwhile.
    """
    check_step(
        step.state,
        note=step.note,
        has_handler=step.handler_id is not None,
        has_action=step.action_id is not None,
        has_other=step.other_id is not None,
    )

    def write(pen: Pen) -> Idea:
        require_handler(pen)
        idea = pen.get(Idea, idea_id)
        values = _values(pen, idea, step)
        pen.set(idea, **values)
        pen.add(
            IdeaStep,
            idea=idea,
            taken_on=day_of(intent),
            state=step.state,
            handler=values["handler"],
            note={code: text for code, text in step.note.items() if text.strip()},
            example=step.example,
        )
        if step.state not in OPEN:
            _answer(idea, step)
        return idea

    return history.commit(
        ledger_id=ledger_id,
        kind="handle_idea",
        intent=intent,
        write=write,
        request={"idea": str(idea_id), **step.as_data()},
    )


def _values(pen: Pen, idea: Idea, step: Step) -> dict[str, Any]:
    in_action = step.state is IdeaState.IN_ACTION and step.action_id is not None
    merged = step.state is IdeaState.MERGED and step.other_id is not None
    values: dict[str, Any] = {
        "state": str(step.state),
        "handler": pen.get(Party, step.handler_id) if step.handler_id else None,
        "action": pen.get(Action, step.action_id) if in_action and step.action_id else None,
        "merged_into": _other(pen, idea, step.other_id) if merged and step.other_id else None,
    }
    if step.internal_note is not None:
        values["internal_note"] = dict(step.internal_note)
    return values


def _other(pen: Pen, idea: Idea, other_id: UUID) -> Idea:
    """The idea with which one is merged: another, and itself not merged with any."""
    other = pen.get(Idea, other_id)
    if other.pk == idea.pk:
        raise IdeaError(BrokenIdea.ITSELF)
    if other.merged_into_id is not None:
        raise IdeaError(BrokenIdea.MERGED_ALREADY)
    return other


def _answer(idea: Idea, step: Step) -> None:
    """Sends the note to whoever waits for an answer, and forgets her address."""
    held = Received.objects.filter(idea=idea).first()
    if held is None:
        return
    name = Municipality.objects.values_list("name", flat=True).get(ledger_id=idea.ledger_id)
    subject, text = answer_mail(name, idea.title, step.state, step.note, held.language)
    to = held.email
    held.delete()
    transaction.on_commit(lambda: send(Mail(subject, text), to=to))


def publish_idea(
    *, ledger_id: UUID, intent: Intent, idea_id: UUID, published: bool = True
) -> Receipt:
    """Makes an idea public, or withdraws it to the municipality's own."""

    def write(pen: Pen) -> Idea:
        require_handler(pen)
        idea = pen.get(Idea, idea_id)
        pen.set(idea, audience="" if published else str(Audience.MEMBERS))
        return idea

    return history.commit(
        ledger_id=ledger_id,
        kind="publish_idea",
        intent=intent,
        write=write,
        request={"idea": str(idea_id), "published": published},
    )


def make_action(
    *,
    ledger_id: UUID,
    intent: Intent,
    idea_id: UUID,
    roadmap_id: UUID,
    action: NewAction,
    note: Text,
) -> Receipt:
    """Makes a new action of an idea, which tells from then on of which action it is a part.

    The action is a proposal until it has been decided. All or nothing; a repeat of the key gives
    the first action. Raises RuleError as adding an action does, and IdeaError.
    """
    with transaction.atomic():
        added = roadmaps.add_action(
            ledger_id=ledger_id, intent=intent, roadmap_id=roadmap_id, action=action
        )
        if added.repeated:
            return added
        step = Step(state=IdeaState.IN_ACTION, note=note, action_id=added.entity_id)
        handle_idea(
            ledger_id=ledger_id, intent=replace(intent, key=None), idea_id=idea_id, step=step
        )
    return added
