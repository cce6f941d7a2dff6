"""How answers are spread over the steps of a scale, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from digitiekartta.ui import formats
from digitiekartta.ui.charts.ink import Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming, Value, element

LABEL, BAR, GAP = 20, 28, 14
# Below this share a percentage would not fit inside its part on a phone.
ROOMY = 0.12


@dataclass(frozen=True, slots=True)
class Distribution:
    """A row: its label, how many answered each step from the lowest up, and a note at the right.

    ``texts`` are written in the parts instead of their shares, where those are told otherwise.
    """

    label: str
    counts: tuple[int, ...]
    note: str = ""
    texts: tuple[str, ...] = ()


def distribution_bars(
    rows: Sequence[Distribution],
    words: Sequence[str],
    *,
    language: str,
    naming: Naming = HIDDEN,
    width: float | None = None,
    palette: Palette | None = None,
) -> Markup:
    """Rows of bars that all mean one hundred per cent, from the lowest step to the highest.

    ``words`` are the steps' names, lowest first; on a page they stand in a key above the rows. A
    row that nobody answered is drawn as an empty line.
    """
    canvas = Canvas((LABEL + BAR + GAP) * len(rows), width, palette)
    for at, row in enumerate(rows):
        _draw(canvas, row, at * (LABEL + BAR + GAP), language)
    drawing = canvas.finished(naming, "ch-distribution")
    if palette is not None:
        return drawing
    return _key(words) + drawing


def _draw(canvas: Canvas, row: Distribution, top: float, language: str) -> None:
    canvas.text("label", 0, top + 14, row.label)
    if row.note:
        canvas.text("soft", 1, top + 14, row.note, text_anchor="end")
    total = sum(row.counts)
    if not total:
        canvas.rule("gap", (0, 1), top + LABEL + BAR / 2)
        return
    before = 0
    for step, count in enumerate(row.counts, start=1):
        if count:
            share = count / total
            text = row.texts[step - 1] if row.texts else formats.percent(share * 100, language)
            _part(canvas, step, (before / total, share), top + LABEL, text)
        before += count


def _part(canvas: Canvas, step: int, place: tuple[float, float], y: float, text: str) -> None:
    start, share = place
    ink = canvas.ink
    inner = [
        element("rect", {"width": "100%", "height": "100%", **ink(f"step-{step}")}),
        element("rect", {"width": 1.5, "height": "100%", **ink("seam")}) if start else "",
    ]
    if share >= ROOMY and text:
        words = str(escape(text))
        inner.append(element("text", {"x": 8, "y": 19, **ink(f"on-step-{step}")}, words))
    attributes: dict[str, Value] = {
        "x": canvas.x(start),
        "y": y,
        "width": canvas.x(share),
        "height": BAR,
    }
    canvas.parts.append(element("svg", attributes, *inner))


def _key(words: Sequence[str]) -> Markup:
    items = "".join(
        f'<li><svg class="ch ch-mark" width="16" height="16" aria-hidden="true">'
        f'<rect width="16" height="16" rx="3" class="m-step-{step}"/></svg> {escape(word)}</li>'
        for step, word in enumerate(words, start=1)
    )
    return Markup(f'<ul class="key">{items}</ul>')  # noqa: S704 -- words are escaped above
