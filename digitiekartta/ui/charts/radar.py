"""All perspectives at a glance: the levels then, now and aimed at, on spokes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from digitiekartta.ui.charts.ink import Ink, Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming, element, frame_of, wrapped, written

SIZE = 320
CENTRE = SIZE / 2
RADIUS = 128
LINE = 15
LONGEST = 21
# Room for the names beside the drawing in a document.
SIDE, ABOVE = 170, 34


@dataclass(frozen=True, slots=True)
class Perspective:
    """A spoke: its number and name, and its levels; whatever is None is left out."""

    number: int
    name: str
    baseline: float | None = None
    latest: float | None = None
    target: float | None = None


def levels_radar(
    perspectives: Sequence[Perspective],
    *,
    scale: tuple[int, int] = (1, 5),
    naming: Naming = HIDDEN,
    palette: Palette | None = None,
) -> Markup:
    """The levels of at least three perspectives around a centre.

    Every spoke carries its number. Where the place is wide enough (the stylesheet decides), or in
    a document (``palette``), the names stand around the drawing; elsewhere they stand in a list
    beneath, so that no name is cut at 320 px.
    """
    ink = Ink(palette)
    spokes = [_direction(at, len(perspectives)) for at in range(len(perspectives))]
    parts = [_rings(spokes, scale, ink), _levels(perspectives, spokes, scale, ink)]
    parts += [
        _label(perspective, spoke, ink, is_document=palette is not None)
        for perspective, spoke in zip(perspectives, spokes, strict=True)
    ]
    root: dict[str, str | float | int] = {"class": "ch ch-radar-drawing"}
    if palette is None:
        root["viewBox"] = f"0 0 {SIZE} {SIZE}"
    else:
        root |= frame_of(SIZE + 2 * SIDE, SIZE + 2 * ABOVE)
        root["viewBox"] = f"{-SIDE} {-ABOVE} {SIZE + 2 * SIDE} {SIZE + 2 * ABOVE}"
        root["font-family"] = palette.font
    root |= naming.attributes()
    drawing = element("svg", root, naming.elements(), *parts)
    if palette is not None:
        return Markup(drawing)  # noqa: S704 -- every text is escaped
    return Markup(  # noqa: S704 -- every text is escaped
        f'<div class="ch-radar">{drawing}{_names(perspectives)}</div>'
    )


def radar_key(baseline: str, latest: str, target: str) -> Markup:
    """What the shapes mean, as a list of words with their lines; an empty word is left out."""
    items = []
    for role, word in (("now", latest), ("was", baseline), ("aim", target)):
        if word:
            canvas = Canvas(16, 20)
            if role == "now":
                canvas.add("rect", role, x=1.5, y=2.5, width=17, height=11, rx=2)
            else:
                canvas.add("line", role, x1=0, x2=20, y1=8, y2=8)
            mark = canvas.finished(HIDDEN, "ch-mark")
            items.append(f"<li>{mark} {escape(word)}</li>")
    return Markup(f'<ul class="key">{"".join(items)}</ul>')  # noqa: S704 -- escaped above


def _names(perspectives: Sequence[Perspective]) -> str:
    items = "".join(f"<li><b>{each.number}</b> {escape(each.name)}</li>" for each in perspectives)
    return f'<ul class="ch-radar-names">{items}</ul>'


def _direction(at: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * at / count - math.pi / 2
    return math.cos(angle), math.sin(angle)


def _at(spoke: tuple[float, float], share: float) -> tuple[float, float]:
    return CENTRE + spoke[0] * share * RADIUS, CENTRE + spoke[1] * share * RADIUS


def _share(level: float, scale: tuple[int, int]) -> float:
    # The lowest level stands one step out from the centre: nobody is at nothing.
    return (min(max(level, scale[0]), scale[1]) - scale[0] + 1) / (scale[1] - scale[0] + 1)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{written(x)},{written(y)}" for x, y in places)


def _rings(spokes: Sequence[tuple[float, float]], scale: tuple[int, int], ink: Ink) -> str:
    drawn = []
    for level in range(scale[0], scale[1] + 1):
        ring = _points([_at(spoke, _share(level, scale)) for spoke in spokes])
        role = "tick" if level == scale[1] else "grid"
        drawn.append(element("polygon", {"points": ring, **ink(role)}))
    for spoke in spokes:
        x, y = _at(spoke, 1)
        drawn.append(element("line", {"x1": CENTRE, "y1": CENTRE, "x2": x, "y2": y, **ink("grid")}))
    return "".join(drawn)


def _levels(
    perspectives: Sequence[Perspective],
    spokes: Sequence[tuple[float, float]],
    scale: tuple[int, int],
    ink: Ink,
) -> str:
    drawn = []
    for role, which in (("aim", "target"), ("was", "baseline"), ("now", "latest")):
        known = [
            _at(spoke, _share(level, scale))
            for spoke, each in zip(spokes, perspectives, strict=True)
            if (level := getattr(each, which)) is not None
        ]
        whole = len(known) == len(spokes)
        if whole:
            drawn.append(element("polygon", {"points": _points(known), **ink(role)}))
        if role == "now" or not whole:
            # A shape over missing levels would show what nobody measured: dots alone then.
            dot = "latest" if role == "now" else "dot-soft"
            drawn += [element("circle", {"cx": x, "cy": y, "r": 4, **ink(dot)}) for x, y in known]
    return "".join(drawn)


def _label(each: Perspective, spoke: tuple[float, float], ink: Ink, *, is_document: bool) -> str:
    across, down = spoke
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    number = element(
        "text",
        {"x": CENTRE + across * (RADIUS + 15), "y": CENTRE + down * (RADIUS + 15) + 5,
         "text-anchor": "middle", **ink("strong")},
        str(each.number),
    )  # fmt: skip
    lines = wrapped(f"{each.number} {each.name}", LONGEST)
    x = CENTRE + across * (RADIUS + 12)
    top = CENTRE + down * (RADIUS + 14) + 4 - (1 - down) / 2 * LINE * (len(lines) - 1)
    rows = "".join(
        element("tspan", {"x": x, "y": top + LINE * at}, str(escape(line)))
        for at, line in enumerate(lines)
    )
    name = element("text", {"text-anchor": anchor, **ink("soft")}, rows)
    if is_document:
        return name
    return element("g", {"class": "short"}, number) + element("g", {"class": "long"}, name)
