"""Plans put together by hand, for the page functions' tables."""

from __future__ import annotations

import datetime
from typing import Any

from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.levels.rules import SeriesKind
from digitiekartta.municipalities.rules import HalfYear, PerspectiveGroup, Span
from digitiekartta.roadmaps.plan.entities import (
    Action,
    Decision,
    Goal,
    Indicator,
    IndicatorValue,
    Municipality,
    Note,
    Parts,
    Perspective,
    Plan,
    Point,
    Priority,
    Roadmap,
    Series,
    Target,
    Version,
)
from digitiekartta.roadmaps.rules import Direction, Situation, Status

TODAY = datetime.date(2026, 12, 9)
NOW = HalfYear(2026, 2)
TEXTS = ("statement", "benefit", "outside_partners", "reason", "communication", "training")


def text(fi: str) -> dict[str, str]:
    return {"fi": fi}


def decision(name: str, on: str, kind: DecisionKind = DecisionKind.OTHER) -> Decision:
    return Decision(
        name, kind, None, datetime.date.fromisoformat(on), "", "", text(name), example=False
    )


def version(number: int, decided: Decision) -> Version:
    return Version(f"v{number}", number, decided, 0, "", "", example=False)


def measurement(
    name: str,
    on: str = "2024-10-15",
    *,
    is_baseline: bool = False,
    respondents: int | None = 400,
    headcount: int | None = 1000,
) -> Series:
    return Series(
        id=name,
        name=text(name),
        kind=SeriesKind.BY_HAND,
        measured_on=datetime.date.fromisoformat(on),
        source={},
        respondents=respondents,
        headcount=headcount,
        is_baseline=is_baseline,
        example=False,
    )


BASELINE = measurement("lähtötaso", is_baseline=True)
LATER = measurement("kysely", "2026-04-20")


def perspective(
    number: int,
    baseline: float | None = None,
    latest: float | None = None,
    target: float | None = None,
    *,
    half: float | None = None,
    **more: Any,
) -> Perspective:
    """A perspective with its levels; ``half`` is the half-width of every interval."""
    rounds = ((BASELINE, baseline), (LATER, latest))
    values: dict[str, Any] = {
        "id": f"p{number}",
        "number": number,
        "question": {},
        "name": text(f"Näkökulma {number}"),
        "short_name": {},
        "group": PerspectiveGroup.WHOLE,
        "note": {},
        "points": tuple(_point(one, value, half) for one, value in rounds if value is not None),
        "target": None if target is None else Target(target, {}, None, example=False),
        "priority": None,
    }
    return Perspective(**(values | more))


def _point(series: Series, value: float, half: float | None) -> Point:
    if half is None:
        return Point(series, value, None, None)
    return Point(series, value, value - half, value + half)


def priority(number: int, perspective_number: int) -> Priority:
    return Priority(
        f"k{number}", number, f"p{perspective_number}", text(f"Kärki {number}"), {}, None, False
    )


def indicator(*values: float, target: float | None = 10, down: bool = False) -> Indicator:
    readings = tuple(
        IndicatorValue(datetime.date(2025, 1, 1) + datetime.timedelta(days=at), value)
        for at, value in enumerate(values)
    )
    direction = Direction.DOWN if down else Direction.UP
    return Indicator("i", text("Mittari"), {}, direction, target, {}, readings, example=False)


def goal(number: int, *indicators: Indicator, chosen: Priority | None = None) -> Goal:
    return Goal(
        f"g{number}", number, text(f"Tavoite {number}"), {}, chosen, indicators, example=False
    )


def note(on: str, name: str = "n") -> Note:
    return Note(name, datetime.date.fromisoformat(on), text("Eteni"), None, None, on_behalf=False)


def action(serial: int, first: HalfYear = NOW, **more: Any) -> Action:
    span = Span(first, first.plus(1))
    values: dict[str, Any] = {
        **{name: {} for name in TEXTS},
        **dict.fromkeys(("goal", "responsible", "person_name", "percentage", "merged_into")),
        **dict.fromkeys(
            ("all_sectors", "recurring", "cancelled", "example", "late", "waiting"), False
        ),
        "id": f"a{serial}",
        "serial": serial,
        "number": str(serial),
        "title": text(f"Toimenpide {serial}"),
        "partners": (),
        "original": span,
        "span": span,
        "status": Status.NOT_STARTED,
        "rank": serial,
        "parts": Parts(),
        "situation": Situation.NOT_BEGUN,
        "overrun": None,
    }
    return Action(**(values | more))


def plan(**more: Any) -> Plan:
    """A published municipality with nothing in its roadmap, and what is given."""
    roadmap = Roadmap(
        "r",
        text("Digitiekartta"),
        Span(HalfYear(2026, 1), HalfYear(2028, 2)),
        *({}, {}, {}, {}),
        scale=(),
        example=False,
        published=True,
    )
    values: dict[str, Any] = {
        **dict.fromkeys(
            ("parties", "seats", "gates", "decisions", "versions", "series", "perspectives"), ()
        ),
        **dict.fromkeys(("priorities", "goals", "actions"), ()),
        "revision": 1,
        "on": TODAY,
        "municipality": Municipality(
            "m", text("Kunta"), text("Kunnan"), "kunta", ("fi",), "", "", "", None
        ),
        "roadmap": roadmap,
        "version": None,
        "has_examples": False,
    }
    return Plan(**(values | more))
