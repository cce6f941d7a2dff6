"""Levels over the rounds of measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from digitiekartta.ui.charts.ink import Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming

TOP, STEP, FOOT = 14, 52, 30
# The plot's share of the width; the rest is for the names at the ends of the lines.
LEFT, RIGHT = 0.05, 0.6
LABEL = 17


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its (short) name, its level per round (None where not measured), and its stress."""

    name: str
    values: tuple[float | None, ...]
    value_text: str = ""
    is_stressed: bool = True


def series_lines(
    series: Sequence[Series],
    rounds: Sequence[str],
    *,
    scale: tuple[int, int] = (1, 5),
    naming: Naming = HIDDEN,
    width: float | None = None,
    palette: Palette | None = None,
) -> Markup:
    """A line per series over the rounds, the whole scale shown, each line named at its end.

    A round that was not measured breaks the line. Names that would cover each other are moved
    apart and keep the lines' order.
    """
    bottom = TOP + STEP * (scale[1] - scale[0])
    canvas = Canvas(bottom + FOOT, width, palette)
    for level in range(scale[0], scale[1] + 1):
        y = _height(level, scale)
        canvas.rule("grid", (LEFT, RIGHT), y)
        canvas.text("soft", 0, y + 4, str(level))
    for at, name in enumerate(rounds):
        canvas.text("soft", _across(at, len(rounds)), bottom + 22, name,
                    text_anchor=_anchor(at, len(rounds)))  # fmt: skip
    for each in sorted(series, key=lambda one: one.is_stressed):
        _draw(canvas, each, scale)
    for each, end, y in _labels(series, scale):
        if abs(end - y) > 3:
            canvas.add("line", "leader", x1=canvas.x(RIGHT + 0.012), y1=end,
                       x2=canvas.x(RIGHT + 0.03), y2=y)  # fmt: skip
        words = f"{each.value_text} {each.name}".strip()
        role = "value-accent" if each.is_stressed else "soft"
        canvas.text(role, RIGHT + 0.035, y + 4, words)
    return canvas.finished(naming, "ch-series")


def _anchor(at: int, count: int) -> str:
    if count == 1:
        return "middle"
    return "start" if at == 0 else "end" if at == count - 1 else "middle"


def _across(at: int, count: int) -> float:
    return (
        (LEFT + RIGHT) / 2 if count == 1 else LEFT + 0.01 + (RIGHT - LEFT - 0.02) * at / (count - 1)
    )


def _height(level: float, scale: tuple[int, int]) -> float:
    return TOP + STEP * (scale[1] - min(max(level, scale[0]), scale[1]))


def _draw(canvas: Canvas, each: Series, scale: tuple[int, int]) -> None:
    count = len(each.values)
    line, dot = ("line", "latest") if each.is_stressed else ("line-soft", "dot-soft")
    known = [
        (_across(at, count), _height(value, scale)) if value is not None else None
        for at, value in enumerate(each.values)
    ]
    for one, other in pairwise(known):
        if one is not None and other is not None:
            canvas.add("line", line, x1=canvas.x(one[0]), y1=one[1],
                       x2=canvas.x(other[0]), y2=other[1])  # fmt: skip
    for place in known:
        if place is not None:
            canvas.dot(dot, *place, 5 if each.is_stressed else 3.5)


def _labels(series: Sequence[Series], scale: tuple[int, int]) -> list[tuple[Series, float, float]]:
    ended = [
        (_height(last, scale), at, each)
        for at, each in enumerate(series)
        if (last := next((v for v in reversed(each.values) if v is not None), None)) is not None
    ]
    ended.sort(key=lambda one: one[:2])
    lowest = TOP + STEP * (scale[1] - scale[0])
    places = [height for height, _, _ in ended]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + LABEL)
    # What ran over the foot pushes the ones above it back up.
    for at in range(len(places) - 1, -1, -1):
        ceiling = lowest if at == len(places) - 1 else places[at + 1] - LABEL
        places[at] = min(places[at], ceiling)
    return [(each, end, y) for (end, _, each), y in zip(ended, places, strict=True)]
