"""What belongs to an action: effects, work, dependencies, links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.rules import HalfYear

from ..models import Action, Dependency, Effect, Link, WorkEstimate
from ..permissions import require
from ..rights import Deed
from ..rules import EffectClass, EffectPhase, Rule, RuleError, circle

Text = Mapping[str, str]


def add_effect(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    effect_class: EffectClass,
    phase: EffectPhase,
    text: Text,
    example: bool = False,
) -> Receipt:
    """An effect that is expected of an action or was seen."""

    def write(pen: Pen) -> Effect:
        action = pen.get(Action, action_id)
        require(pen, Deed.EFFECT, action)
        return pen.add(
            Effect,
            action=action,
            effect_class=effect_class,
            phase=phase,
            text=dict(text),
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_effect",
        intent=intent,
        write=write,
        request={"action": str(action_id), "class": effect_class, "text": dict(text)},
    )


def estimate_work(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    half_year: HalfYear,
    person_days: int,
    example: bool = False,
) -> Receipt:
    """Person-days that an action takes in a half-year; a new estimate replaces the old one."""

    def write(pen: Pen) -> WorkEstimate:
        action = pen.get(Action, action_id)
        require(pen, Deed.ESTIMATE, action)
        held = WorkEstimate.objects.filter(action=action, half_year=half_year).first()
        if held is not None:
            pen.set(held, person_days=person_days)
            return held
        return pen.add(
            WorkEstimate,
            action=action,
            half_year=half_year,
            person_days=person_days,
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="estimate_work",
        intent=intent,
        write=write,
        request={"action": str(action_id), "half_year": str(half_year), "days": person_days},
    )


def add_dependency(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    depends_on_id: UUID,
    example: bool = False,
) -> Receipt:
    """Says that an action needs another first. Raises RuleError when it would need itself."""

    def write(pen: Pen) -> Dependency:
        action = pen.get(Action, action_id)
        require(pen, Deed.DEPEND, action)
        return depend(pen, action, depends_on_id, example=example)

    return history.commit(
        ledger_id=ledger_id,
        kind="add_dependency",
        intent=intent,
        write=write,
        request={"action": str(action_id), "depends_on": str(depends_on_id)},
    )


def depend(pen: Pen, action: Action, depends_on_id: UUID, *, example: bool = False) -> Dependency:
    """Ties an action to one that it needs first; leaves alone what is tied already.

    Raises RuleError when it would need itself, or belongs to another roadmap.
    """
    other = pen.get(Action, depends_on_id)
    held = Dependency.objects.filter(action=action, depends_on=other).first()
    if held is not None:
        return held
    needs: dict[str, list[str]] = defaultdict(list)
    rows = Dependency.objects.filter(ledger=pen.ledger)
    for one, needed in rows.values_list("action_id", "depends_on_id"):
        needs[str(one)].append(str(needed))
    needs[str(action.pk)].append(str(other.pk))
    if circle(needs, str(action.pk)):
        raise RuleError(Rule.DEPENDS_IN_A_CIRCLE)
    return pen.add(Dependency, action=action, depends_on=other, example=example)


def add_link(
    *,
    ledger_id: UUID,
    intent: Intent,
    action_id: UUID,
    url: str,
    title: Text,
    audience: Audience = Audience.PUBLIC,
    example: bool = False,
) -> Receipt:
    """A web address that belongs to an action."""

    def write(pen: Pen) -> Link:
        action = pen.get(Action, action_id)
        require(pen, Deed.LINK, action)
        return pen.add(
            Link,
            action=action,
            url=url,
            title=dict(title),
            audience="" if audience is Audience.PUBLIC else str(audience),
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_link",
        intent=intent,
        write=write,
        request={"action": str(action_id), "url": url},
    )
