"""The roadmap itself: period, texts, goals and indicators."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.levels.models import Priority
from digitiekartta.municipalities.models import Framework
from digitiekartta.municipalities.rules import Span

from ..models import Goal, Indicator, IndicatorValue, Roadmap
from ..permissions import require
from ..rights import Deed
from ..rules import Direction, Rule, RuleError
from .goals import check_number

Text = Mapping[str, str]
TEXTS = ("title", "foreword", "vision", "vision_lead", "operating_model")


def create_roadmap(
    *, ledger_id: UUID, intent: Intent, title: Text, period: Span, framework_id: UUID
) -> Receipt:
    """A roadmap of a period, without texts or actions; not published."""

    def write(pen: Pen) -> Roadmap:
        require(pen, Deed.EDIT_TEXTS)
        return pen.add(
            Roadmap,
            title=dict(title),
            first=period.first,
            last=period.last,
            framework=pen.get(Framework, framework_id),
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="create_roadmap",
        intent=intent,
        write=write,
        request={"first": str(period.first), "last": str(period.last)},
    )


def publish_roadmap(
    *, ledger_id: UUID, intent: Intent, roadmap_id: UUID, published: bool = True
) -> Receipt:
    """Makes the roadmap readable to everybody, or withdraws it."""

    def write(pen: Pen) -> Roadmap:
        require(pen, Deed.EDIT_TEXTS)
        roadmap = pen.get(Roadmap, roadmap_id)
        pen.set(roadmap, published=published)
        return roadmap

    return history.commit(
        ledger_id=ledger_id,
        kind="publish_roadmap",
        intent=intent,
        write=write,
        request={"roadmap": str(roadmap_id), "published": published},
    )


def write_texts(
    *,
    ledger_id: UUID,
    intent: Intent,
    roadmap_id: UUID,
    texts: Mapping[str, Text],
    example: bool | None = None,
) -> Receipt:
    """Sets texts of the roadmap; the names are those of ``TEXTS``."""
    unknown = set(texts) - set(TEXTS)
    if unknown:
        raise KeyError(f"no such text: {', '.join(sorted(unknown))}")

    def write(pen: Pen) -> Roadmap:
        require(pen, Deed.EDIT_TEXTS)
        roadmap = pen.get(Roadmap, roadmap_id)
        values = {name: dict(text) for name, text in texts.items()}
        if example is not None:
            pen.set(roadmap, **values, example=example)
        else:
            pen.set(roadmap, **values)
        return roadmap

    request = {name: dict(text) for name, text in texts.items()}
    return history.commit(
        ledger_id=ledger_id, kind="write_texts", intent=intent, write=write, request=request
    )


def add_goal(
    *,
    ledger_id: UUID,
    intent: Intent,
    roadmap_id: UUID,
    number: int,
    title: Text,
    description: Text | None = None,
    priority_id: UUID | None = None,
    example: bool = False,
) -> Receipt:
    """A goal of the roadmap; most come from a development priority.

    Raises RuleError for a number that another goal has.
    """

    def write(pen: Pen) -> Goal:
        require(pen, Deed.EDIT_GOALS)
        check_number(pen, roadmap_id, number)
        return pen.add(
            Goal,
            roadmap=pen.get(Roadmap, roadmap_id),
            number=number,
            rank=number,
            title=dict(title),
            description=dict(description or {}),
            priority=pen.get(Priority, priority_id) if priority_id is not None else None,
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_goal",
        intent=intent,
        write=write,
        request={"roadmap": str(roadmap_id), "number": number},
    )


def add_indicator(
    *,
    ledger_id: UUID,
    intent: Intent,
    goal_id: UUID,
    name: Text,
    unit: Text,
    direction: Direction,
    target: float | None,
    source: Text | None = None,
    rank: int = 0,
    example: bool = False,
) -> Receipt:
    """An indicator by which a goal is followed."""

    def write(pen: Pen) -> Indicator:
        require(pen, Deed.EDIT_GOALS)
        return pen.add(
            Indicator,
            goal=pen.get(Goal, goal_id),
            name=dict(name),
            unit=dict(unit),
            direction=direction,
            target=target,
            source=dict(source or {}),
            rank=rank,
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="add_indicator",
        intent=intent,
        write=write,
        request={"goal": str(goal_id), "name": dict(name)},
    )


def record_value(
    *,
    ledger_id: UUID,
    intent: Intent,
    indicator_id: UUID,
    measured_on: datetime.date,
    value: float,
    example: bool = False,
) -> Receipt:
    """The value of an indicator on a day, not in the future; the same day's value is corrected."""
    if measured_on > intent.at.date():
        raise RuleError(Rule.IN_THE_FUTURE)

    def write(pen: Pen) -> IndicatorValue:
        require(pen, Deed.EDIT_GOALS)
        indicator = pen.get(Indicator, indicator_id)
        held = IndicatorValue.objects.filter(indicator=indicator, measured_on=measured_on).first()
        if held is not None:
            pen.set(held, value=value)
            return held
        return pen.add(
            IndicatorValue,
            indicator=indicator,
            measured_on=measured_on,
            value=value,
            example=example,
        )

    return history.commit(
        ledger_id=ledger_id,
        kind="record_value",
        intent=intent,
        write=write,
        request={"indicator": str(indicator_id), "on": str(measured_on), "value": value},
    )
