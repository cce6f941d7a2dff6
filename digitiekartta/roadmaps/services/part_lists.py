"""What belongs to an action, changed as one list: some removed, some added, in one write."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.models import Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.rules import HalfYear

from ..models import Action, Dependency, Effect, Link, WorkEstimate
from ..permissions import require
from ..rights import Deed
from ..rules import EffectClass, EffectPhase
from .parts import depend

Text = Mapping[str, str]
Part = TypeVar("Part", bound=Recorded)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A web address to add; ``audience`` says who sees it."""

    url: str
    title: Text
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class NewEffect:
    """An effect to add, expected or seen."""

    effect_class: EffectClass
    phase: EffectPhase
    text: Text


def change_links(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    remove: Collection[UUID] = (),
    add: NewLink | None = None,
) -> Receipt:
    """Removes links of an action and adds one. What somebody else removed already is left."""

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.LINK, action)
        _remove(pen, Link, action, remove)
        if add is not None:
            audience = "" if add.audience is Audience.PUBLIC else str(add.audience)
            pen.add(Link, action=action, url=add.url, title=dict(add.title), audience=audience)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="change_links",
        intent=intent,
        write=write,
        request={**_request(action_id, remove), "url": add.url if add else ""},
    )


def change_dependencies(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    remove: Collection[UUID] = (),
    add: Collection[UUID] = (),
) -> Receipt:
    """Says which actions an action needs first, and no longer needs; ``add`` are actions' ids.

    Raises RuleError when it would need itself.
    """

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.DEPEND, action)
        _remove(pen, Dependency, action, remove)
        for one in add:
            depend(pen, action, one)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="change_dependencies",
        intent=intent,
        write=write,
        request={**_request(action_id, remove), "add": sorted(map(str, add))},
    )


def change_effects(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    remove: Collection[UUID] = (),
    add: NewEffect | None = None,
) -> Receipt:
    """Removes effects of an action and adds one that is expected or was seen."""

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.EFFECT, action)
        _remove(pen, Effect, action, remove)
        if add is not None:
            pen.add(
                Effect,
                action=action,
                effect_class=add.effect_class,
                phase=add.phase,
                text=dict(add.text),
            )
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="change_effects",
        intent=intent,
        write=write,
        request={**_request(action_id, remove), "text": dict(add.text) if add else {}},
    )


def estimate_half_years(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, days: Mapping[HalfYear, int]
) -> Receipt:
    """Person-days of an action by half-year, 0 or more; 0 takes the estimate away."""

    def write(pen: Pen) -> Action:
        action = pen.get(Action, action_id)
        require(pen, Deed.ESTIMATE, action)
        held = {one.half_year: one for one in WorkEstimate.objects.filter(action=action)}
        for half_year, person_days in sorted(days.items()):
            row = held.get(half_year)
            if row is None and person_days:
                pen.add(WorkEstimate, action=action, half_year=half_year, person_days=person_days)
            elif row is not None and person_days:
                pen.set(row, person_days=person_days)
            elif row is not None:
                pen.remove(row)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind="estimate_half_years",
        intent=intent,
        write=write,
        request={
            "action": str(action_id),
            "days": {str(half): number for half, number in days.items()},
        },
    )


def _remove(pen: Pen, table: type[Part], action: Action, ids: Collection[UUID]) -> None:
    for row in table._default_manager.filter(pk__in=ids, action=action, ledger=pen.ledger):
        pen.remove(row)


def _request(action_id: UUID, remove: Collection[UUID]) -> dict[str, object]:
    return {"action": str(action_id), "remove": sorted(map(str, remove))}
