"""How many actions stand where: one bar, every part with its count and its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from digitiekartta.ui.charts.ink import HATCHED, OUTLINED, Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming, Value, element, width_of

HEIGHT = 44
ROW = 20
# Below this share of the bar the count would not fit inside its part on a phone.
ROOMY = 0.09


@dataclass(frozen=True, slots=True)
class Part:
    """A situation, how many actions are in it, its word, and where they are listed."""

    situation: str
    count: int
    word: str
    url: str = ""


def situation_bar(
    parts: Sequence[Part],
    *,
    naming: Naming = HIDDEN,
    width: float | None = None,
    palette: Palette | None = None,
) -> Markup:
    """A bar of parts in proportion, in the order given; parts without actions are left out.

    On a page the words stand in ``situation_key`` beneath. In a document (``width``) they stand
    under their parts, on as many rows as they need, with a line to the part.
    """
    shown = [part for part in parts if part.count > 0]
    canvas = Canvas(HEIGHT, width, palette)
    total = sum(part.count for part in shown)
    if palette is not None:
        canvas.parts.append(_hatches(canvas))
    before = 0
    for part in shown:
        _draw(canvas, part, before / total, part.count / total, is_first=before == 0)
        before += part.count
    if width is not None:
        _write_beneath(canvas, shown, total)
    return canvas.finished(naming, "ch-situations")


def situation_key(parts: Sequence[Part]) -> Markup:
    """The parts as a list: shape, count, word, and a link where the part has an address."""
    items = "".join(_key_item(part) for part in parts if part.count > 0)
    return Markup(f'<ul class="situation-key">{items}</ul>')  # noqa: S704 -- escaped below


def _key_item(part: Part) -> str:
    icon = (
        f'<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false">'
        f'<use href="#i-{escape(part.situation)}"/></svg>'
    )
    words = f"{icon}<b>{part.count}</b> {escape(part.word)}"
    inner = f'<a href="{escape(part.url)}">{words}</a>' if part.url else f"<span>{words}</span>"
    return f'<li data-situation="{escape(part.situation)}">{inner}</li>'


def _draw(canvas: Canvas, part: Part, start: float, share: float, *, is_first: bool) -> None:
    ink, whole = canvas.ink, {"width": "100%", "height": "100%"}
    looks = ink(f"part-{part.situation}")
    # A seam of three points parts it from the one before; the outline's outer half is cut away.
    gap = 0 if is_first else 3
    inner = [element("svg", {"x": gap, **whole}, element("rect", {**whole, **looks}))]
    if part.situation in OUTLINED | HATCHED:
        edge: dict[str, Value] = {"x1": "100%", "x2": "100%", "y1": 0, "y2": "100%"}
        inner.append(element("line", {**edge, **looks}))
    if share >= ROOMY:
        place: dict[str, Value] = {"x": 12, "y": 28, **ink(f"on-{part.situation}")}
        inner.append(element("text", place, str(part.count)))
    placed: dict[str, Value] = {
        "x": canvas.x(start), "width": canvas.x(share), "height": HEIGHT,
    }  # fmt: skip
    canvas.parts.append(element("svg", placed, *inner))


def _hatches(canvas: Canvas) -> str:
    patterns = (
        element(
            "pattern",
            {"id": f"hd-{name}", "width": 7, "height": 7, "patternUnits": "userSpaceOnUse",
             "patternTransform": "rotate(45)"},
            element("rect", {"width": 7, "height": 7, **canvas.ink(f"bed-{name}")}),
            element("rect", {"width": 3.5, "height": 7, **canvas.ink(f"hatch-{name}")}),
        )
        for name in sorted(HATCHED)
    )  # fmt: skip
    return element("defs", {}, *patterns)


def _write_beneath(canvas: Canvas, parts: Sequence[Part], total: int) -> None:
    width = canvas.width or 0
    before = row = 0
    reached = 0.0
    for part in parts:
        start, room = before / total * width, part.count / total * width
        before += part.count
        words = f"{part.count} {part.word}"
        if width_of(words) + 8 <= room:
            canvas.text("label", start / width, HEIGHT + 18, words, dx=4)
            continue
        # Too narrow for its words: they stand lower, to the left of a line that leads there. The
        # rows go down to the right, so that no line crosses words.
        at = start + room / 2
        is_left = at < width_of(words) + 8
        if at - width_of(words) - 16 < reached or row == 0:
            row += 1
        reached = at
        bottom = HEIGHT + 18 + row * ROW
        canvas.upright("leader", at / width, HEIGHT + 3, bottom)
        canvas.text("label", at / width, bottom, words, dx=6 if is_left else -6,
                    text_anchor="start" if is_left else "end")  # fmt: skip
    canvas.height = HEIGHT + 24 + row * ROW
