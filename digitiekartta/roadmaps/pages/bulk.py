"""What one change would do to each of many actions, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.rules import Span
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from ..bulk_rules import Bulk, BulkKind, changes_something, fault_of, moved
from ..forms.parts import action_name
from ..models import Action
from ..rules import Situation, Status
from ..services.bulk import stands_of
from ..words import RULES, SITUATIONS, STATUSES


@dataclass(frozen=True, slots=True)
class Named:
    """The words of what a change names, in a language."""

    language: str
    party: str
    goal: str
    audiences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """What a change would do to one action. ``fault`` tells why it can't be made, ``same`` that
    nothing of the action would change."""

    serial: int
    name: str
    before: str
    after: str
    fault: str = ""
    same: bool = False


def row_of(change: Bulk, action: Action, named: Named, *, allowed: bool) -> Row:
    """The row of an action. ``allowed``: the reader may make the change to it."""
    stands = stands_of(action)
    broken = fault_of(change, stands)
    fault = str(RULES[broken]) if broken is not None else ""
    if not allowed:
        fault = gettext("You may not do this to the action: its own people or sector report of it.")
    before, after = _sides(change, action, named)
    return Row(
        serial=action.serial,
        name=action_name(action, named.language),
        before=before,
        after=after,
        fault=fault,
        same=not fault and not changes_something(change, stands),
    )


def _sides(change: Bulk, action: Action, named: Named) -> tuple[str, str]:
    language = named.language
    if change.kind is BulkKind.MOVE:
        span = Span(action.first, action.last)
        return _said(span, language), _said(moved(span, change.steps), language)
    if change.kind is BulkKind.HAND_OVER:
        held = action.responsible
        return (pick(held.name, language).text if held is not None else "–"), named.party
    if change.kind is BulkKind.GOAL:
        goal = action.goal
        before = f"{goal.number} {pick(goal.title, language).text}" if goal is not None else "–"
        return before, named.goal
    if change.kind is BulkKind.SHOW:
        own = action.audience or str(Audience.PUBLIC)
        return named.audiences[own], named.audiences[str(change.audience)]
    standing = STATUSES[Status(action.status)]
    if action.cancelled:
        standing = SITUATIONS[Situation.CANCELLED]
    ends = change.kind is BulkKind.CANCEL
    return str(standing), str(SITUATIONS[Situation.CANCELLED if ends else Situation.PAUSED])


def _said(span: Span, language: str) -> str:
    first, last = span.first, span.last
    return formats.half_years((first.year, first.half), (last.year, last.half), language)
