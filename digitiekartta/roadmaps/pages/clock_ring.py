"""The annual clock as a ring: the months around, an arc for each gate, a hand on today. Pure."""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from digitiekartta.ui import formats
from digitiekartta.ui.charts.svg import element, written

from .clock_year import ClockYear, Turn

SIZE = 440
_CENTRE = SIZE / 2
_MONTHS = 192.0
_OUTER = 172.0
_INNER = 82.0
_THICK = 20.0
_MONTH_NAMES = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "jan feb mars april maj juni juli aug sep okt nov dec",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}


@dataclass(frozen=True, slots=True)
class Arc:
    """A turn on the ring: from and to as shares of the year, on a lane counted from outside."""

    turn: Turn
    start: float
    end: float
    lane: int


def clock_ring(clock: ClockYear, language: str) -> Markup:
    """The ring. Hidden from screen readers: the list beside it tells the same."""
    arcs = lanes(clock)
    step = _step(arcs)
    parts = [
        _dial(clock.year),
        *_months(clock.year, language),
        *(_drawn(arc, step) for arc in arcs),
        *_hand(clock.on, language),
    ]
    root: dict[str, str | float | int] = {
        "class": "clock-ring",
        "viewBox": f"0 0 {SIZE} {SIZE}",
        "width": SIZE,
        "height": SIZE,
        "aria-hidden": "true",
        "focusable": "false",
    }
    return Markup(element("svg", root, *parts))  # noqa: S704 -- escaped by element


def lanes(clock: ClockYear) -> tuple[Arc, ...]:
    """The turns as arcs of this year, each on the first lane where it meets no other."""
    ends: list[float] = []
    arcs: list[Arc] = []
    for turn in clock.turns:
        start = share_of_year(max(turn.first, datetime.date(clock.year, 1, 1)))
        last = min(turn.last, datetime.date(clock.year, 12, 31))
        end = share_of_year(last) + 1 / _days(clock.year)
        lane = next((place for place, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        arcs.append(Arc(turn, start, end, lane))
    return tuple(arcs)


def share_of_year(day: datetime.date) -> float:
    """How much of the year has passed when a day begins: 0 on the first of January."""
    return (day.timetuple().tm_yday - 1) / _days(day.year)


def _days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _step(arcs: Sequence[Arc]) -> float:
    """How far apart the lanes are: less where there are many."""
    count = max((arc.lane for arc in arcs), default=0) + 1
    return min(_THICK + 5, (_OUTER - _INNER) / count)


def _at(share: float, radius: float) -> tuple[float, float]:
    angle = share * math.tau - math.pi / 2
    return _CENTRE + radius * math.cos(angle), _CENTRE + radius * math.sin(angle)


def _dial(year: int) -> str:
    rims = [
        element("circle", {"class": "clock-rim", "cx": _CENTRE, "cy": _CENTRE, "r": radius})
        for radius in (_OUTER + 6,)
    ]
    ticks = []
    for month in range(1, 13):
        share = share_of_year(datetime.date(year, month, 1))
        (x1, y1), (x2, y2) = _at(share, _OUTER + 6), _at(share, _INNER - 12)
        ticks.append(
            element("line", {"class": "clock-tick", "x1": x1, "y1": y1, "x2": x2, "y2": y2})
        )
    return element("g", {}, *rims, *ticks)


def _months(year: int, language: str) -> list[str]:
    names = _MONTH_NAMES[formats.known(language)].split()
    labels = []
    for month, name in enumerate(names, start=1):
        x, y = _at(share_of_year(datetime.date(year, month, 15)), _MONTHS + 8)
        labels.append(element("text", {"class": "clock-month", "x": x, "y": y + 4.5}, name))
    return labels


def _drawn(arc: Arc, step: float) -> str:
    radius = _OUTER - arc.lane * step - _THICK / 2 + 2
    gap = 1.2 / radius / math.tau
    start, end = arc.start + gap, max(arc.start + gap * 2, arc.end - gap)
    (x1, y1), (x2, y2) = _at(start, radius), _at(end, radius)
    large = 1 if end - start > 0.5 else 0
    path = (
        f"M{written(x1)} {written(y1)}A{written(radius)} {written(radius)} 0 {large} 1 "
        f"{written(x2)} {written(y2)}"
    )
    x, y = _at((start + end) / 2, radius)
    return element(
        "g",
        {"class": f"clock-arc is-{arc.turn.phase}"},
        element("path", {"d": path, "stroke-width": min(_THICK, step - 3)}),
        element("text", {"x": x, "y": y + 4.5}, str(arc.turn.number)),
    )


def _hand(on: datetime.date, language: str) -> list[str]:
    share = share_of_year(on) + 0.5 / _days(on.year)
    (x1, y1), (x2, y2) = _at(share, 58), _at(share, _OUTER + 6)
    return [
        element("line", {"class": "clock-hand", "x1": x1, "y1": y1, "x2": x2, "y2": y2}),
        element("circle", {"class": "clock-pin", "cx": x2, "cy": y2, "r": 5}),
        element("text", {"class": "clock-year", "x": _CENTRE, "y": _CENTRE + 4}, str(on.year)),
        element(
            "text",
            {"class": "clock-day", "x": _CENTRE, "y": _CENTRE + 26},
            formats.short_date(on, language),
        ),
    ]
