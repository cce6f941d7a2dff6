"""One row of levels: where it began, where it is, where it should be."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from digitiekartta.ui.charts.ink import Palette
from digitiekartta.ui.charts.svg import HIDDEN, Canvas, Naming

HEIGHT = 36
MIDDLE = 18


def dumbbell(
    baseline: float | None,
    latest: float | None,
    target: float | None,
    *,
    interval: tuple[float, float] | None = None,
    scale: tuple[int, int] = (1, 5),
    naming: Naming = HIDDEN,
    width: float | None = None,
    palette: Palette | None = None,
) -> Markup:
    """The baseline (ring), the latest level (dot) and the target (upright) on one scale.

    The grey line is the way that is left, the coloured one the way that has been made (in the
    colour of lateness where the level has fallen). ``interval`` is the latest level's uncertainty.
    Whatever is None is left out, never invented.
    """
    canvas = Canvas(HEIGHT, width, palette)
    place = _Scale(*scale)
    for step in range(scale[0], scale[1] + 1):
        canvas.upright("tick", place(step), 7, HEIGHT - 7)
    here = latest if latest is not None else baseline
    if here is not None and target is not None and target > here:
        canvas.rule("gap", (place(here), place(target)), MIDDLE)
    if interval is not None:
        low, high = (place(end) for end in interval)
        canvas.add("rect", "whisker", x=canvas.x(low), y=MIDDLE - 8,
                   width=canvas.x(high - low), height=16, rx=8)  # fmt: skip
    if target is not None:
        canvas.upright("target", place(target), 6, HEIGHT - 6)
    if baseline is not None and latest is not None and baseline != latest:
        role = "won" if latest > baseline else "lost"
        canvas.rule(role, (place(baseline), place(latest)), MIDDLE)
    if baseline is not None and baseline != latest:
        canvas.dot("baseline", place(baseline), MIDDLE, 4.5)
    if latest is not None:
        canvas.dot("latest", place(latest), MIDDLE, 7.5)
    return canvas.finished(naming, "ch-dumbbell")


def level_axis(
    words: Sequence[str], *, width: float | None = None, palette: Palette | None = None
) -> Markup:
    """The scale's words over rows of dumbbells, each above its tick, with its number.

    Hidden from screen readers: the numbers of every row stand beside it. Where the place is narrow
    the stylesheet leaves the numbers alone.
    """
    canvas = Canvas(20, width, palette)
    last = len(words) - 1
    for at, word in enumerate(words):
        anchor = "start" if at == 0 else "end" if at == last else "middle"
        inner = "" if at in (0, last) else " inner"
        shown = str(escape(word))
        words = f'<tspan class="level">{at + 1}</tspan><tspan class="word{inner}"> {shown}</tspan>'
        canvas.add("text", "soft", words, x=canvas.x(at / last), y=14, text_anchor=anchor)
    return canvas.finished(HIDDEN, "ch-axis")


def dumbbell_key(
    baseline: str,
    latest: str,
    target: str,
    *,
    interval: str = "",
) -> Markup:
    """What the marks of the rows mean, as a list of words with their marks."""
    drawn = [(_mark("baseline"), baseline), (_mark("latest"), latest)]
    if interval:
        drawn.append((_mark("whisker"), interval))
    drawn.append((_mark("target"), target))
    items = "".join(f"<li>{mark} {escape(word)}</li>" for mark, word in drawn if word)
    return Markup(f'<ul class="key">{items}</ul>')  # noqa: S704 -- words are escaped above


def _mark(role: str) -> str:
    canvas = Canvas(16, 20)
    if role == "target":
        canvas.upright(role, 0.5, 1, 15)
    elif role == "whisker":
        canvas.add("rect", role, x=0, y=1, width=20, height=14, rx=7)
    else:
        canvas.dot(role, 0.5, 8, 4.5 if role == "baseline" else 6.5)
    return str(canvas.finished(HIDDEN, "ch-mark"))


class _Scale:
    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __call__(self, level: float) -> float:
        inside = min(max(level, self.low), self.high)
        return (inside - self.low) / (self.high - self.low)
