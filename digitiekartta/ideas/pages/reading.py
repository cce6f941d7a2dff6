"""Ideas as values, out of a redacted document and the plan that the reader sees. Pure."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from digitiekartta.documents.document import Document
from digitiekartta.roadmaps.plan.entities import Action, Plan

from ..fields import IDEA, STEP
from ..rules import OPEN, IdeaState, Origin

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of handling as it is told."""

    on: datetime.date
    state: IdeaState
    handler: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Other:
    """Another idea, as a link names it."""

    number: int
    title: Text


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea as its page shows it.

    ``action`` is None where the reader's plan has no such action: one that is not public, or not
    decided yet. ``mine``: the reader supports it.
    """

    id: str
    number: int
    title: Text
    proposal: Text
    reason: Text
    benefit: Text
    perspective: Text
    origin: Origin
    received_on: datetime.date
    state: IdeaState
    handler: Text
    action: Action | None
    merged_into: Other | None
    merged: tuple[Other, ...]
    steps: tuple[Step, ...]
    supporters: int
    mine: bool
    is_public: bool
    example: bool
    internal_note: Text

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def read_ideas(
    document: Document,
    plan: Plan,
    *,
    supporters: Mapping[str, frozenset[str]],
    reader: str = "",
) -> tuple[Idea, ...]:
    """All ideas of a document, the newest first. ``reader`` is the id of who reads."""
    records = document.of(IDEA.name)
    steps = _steps(document)
    merged: dict[str, list[Other]] = defaultdict(list)
    for one in records.values():
        if "merged_into" in one:
            merged[one["merged_into"]].append(Other(one["number"], one.get("title", {})))
    ideas = [
        _idea(id, one, document, plan, steps.get(id, ()), merged[id]) for id, one in records.items()
    ]
    counted = [_supported(one, supporters.get(one.id, frozenset()), reader) for one in ideas]
    return tuple(sorted(counted, key=lambda one: -one.number))


def _supported(idea: Idea, by: frozenset[str], reader: str) -> Idea:
    return replace(idea, supporters=len(by), mine=reader in by)


def _idea(
    id: str,
    one: Mapping[str, Any],
    document: Document,
    plan: Plan,
    steps: Iterable[Step],
    merged: Iterable[Other],
) -> Idea:
    into = document.get(IDEA.name, one.get("merged_into") or "")
    perspective = document.get("perspective", one.get("perspective") or "") or {}
    return Idea(
        id=id,
        number=one["number"],
        title=one.get("title", {}),
        proposal=one.get("proposal", {}),
        reason=one.get("reason", {}),
        benefit=one.get("benefit", {}),
        perspective=perspective.get("short_name") or perspective.get("name") or {},
        origin=Origin(one["origin"]),
        received_on=datetime.date.fromisoformat(one["received_on"]),
        state=IdeaState(one["state"]),
        handler=_name(document, one.get("handler")),
        action=plan.action_by_id(one.get("action")),
        merged_into=None if into is None else Other(into["number"], into.get("title", {})),
        merged=tuple(sorted(merged, key=lambda other: other.number)),
        steps=tuple(steps),
        supporters=0,
        mine=False,
        is_public="audience" not in one,
        example=bool(one.get("example")),
        internal_note=one.get("internal_note", {}),
    )


def _name(document: Document, id: str | None) -> Text:
    party = document.get("party", id or "") or {}
    name: Text = party.get("name", {})
    return name


def _steps(document: Document) -> dict[str, list[Step]]:
    """The steps of each idea in the order of their days; of a day, in that of handling."""
    order = list(IdeaState)
    found: dict[str, list[Step]] = defaultdict(list)
    for one in document.of(STEP.name).values():
        found[one["idea"]].append(
            Step(
                on=datetime.date.fromisoformat(one["taken_on"]),
                state=IdeaState(one["state"]),
                handler=_name(document, one.get("handler")),
                note=one.get("note", {}),
            )
        )
    for steps in found.values():
        steps.sort(key=lambda step: (step.on, order.index(step.state)))
    return found
