"""An indicator's values against its target, on an axis that starts at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from digitiekartta.ui.charts.ink import Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming

TOP, BOTTOM, FOOT = 24, 96, 22
LEFT, RIGHT = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of an indicator: when, how much, and the value as it is written."""

    label: str
    value: float
    text: str


def indicator_spark(
    readings: Sequence[Reading],
    *,
    target: Reading | None = None,
    naming: Naming = HIDDEN,
    width: float | None = None,
    palette: Palette | None = None,
) -> Markup:
    """Values over time with the target as a dotted line.

    The axis includes zero, so that a small change never looks like a large one. The first and the
    last value are written at their places; the rest is in the table beside.
    """
    canvas = Canvas(BOTTOM + FOOT, width, palette)
    values = [reading.value for reading in readings] + ([target.value] if target else [])
    if not values:
        return canvas.finished(naming, "ch-spark")
    low, high = min(0.0, *values), max(0.0, *values)
    reach = (high - low) or 1.0

    def up(value: float) -> float:
        return BOTTOM - (value - low) / reach * (BOTTOM - TOP)

    canvas.rule("axis", (0, 1), up(0))
    if target is not None:
        canvas.rule("goal", (0, 1), up(target.value))
        # Beneath the line where the values begin above it, so that they never cross the words.
        begins_above = bool(readings) and readings[0].value > target.value
        beneath = begins_above and up(target.value) + 17 < BOTTOM
        canvas.text("soft", 0, up(target.value) + (17 if beneath else -6),
                    f"{target.label} {target.text}".strip())  # fmt: skip
    places = [(_across(at, len(readings)), up(each.value)) for at, each in enumerate(readings)]
    for one, other in pairwise(places):
        canvas.add("line", "line", x1=canvas.x(one[0]), y1=one[1],
                   x2=canvas.x(other[0]), y2=other[1])  # fmt: skip
    for at, place in enumerate(places):
        is_last = at == len(places) - 1
        canvas.dot("latest" if is_last else "dot-soft", *place, 6 if is_last else 4)
    _write_ends(canvas, readings, places, up(target.value) if target else None)
    return canvas.finished(naming, "ch-spark")


def _across(at: int, count: int) -> float:
    return 0.5 if count == 1 else LEFT + (RIGHT - LEFT) * at / (count - 1)


def _write_ends(
    canvas: Canvas,
    readings: Sequence[Reading],
    places: Sequence[tuple[float, float]],
    target: float | None,
) -> None:
    ends = [(0, "start")] if len(readings) > 1 else []
    ends.append((len(readings) - 1, "end" if ends else "middle"))
    for at, anchor in ends:
        share, y = places[at]
        role = "value" if at == len(readings) - 1 else "soft"
        # Beneath the dot where the target's line or its words stand right above.
        is_crowded = target is not None and 0 <= y - target < 34
        words_at = y + 20 if is_crowded and y + 20 < BOTTOM else y - 11
        canvas.text(role, share, words_at, readings[at].text, text_anchor=anchor)
        canvas.text("soft", share, BOTTOM + 18, readings[at].label, text_anchor=anchor)
