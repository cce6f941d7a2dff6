"""Writing SVG: escaped, with the same bytes for the same numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from digitiekartta.ui.charts.ink import Ink, Palette

Value = str | float | int


def written(value: float) -> str:
    """A number with at most two decimals, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, attributes: Mapping[str, Value], *content: str) -> str:
    """An element; attribute values are escaped, ``content`` is markup already."""
    attrs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_shown(value))}"'
        for key, value in attributes.items()
    )
    inner = "".join(content)
    return f"<{name}{attrs}>{inner}</{name}>" if inner else f"<{name}{attrs}/>"


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else written(value)


@dataclass(frozen=True, slots=True)
class Naming:
    """How a chart is called by screen readers; without a title it is hidden from them.

    Hide a chart only where a table beside it tells the same.
    """

    title: str = ""
    desc: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What the ids of the title and the description start with."""
        told = f"{self.title}\n{self.desc}".encode()
        return self.id or "c" + hashlib.blake2s(told, digest_size=4).hexdigest()

    def attributes(self) -> dict[str, Value]:
        """The root element's role and references."""
        if not self.title:
            return {"aria-hidden": "true", "focusable": "false"}
        ids = f"{self.key}-t {self.key}-d" if self.desc else f"{self.key}-t"
        return {"role": "img", "aria-labelledby": ids}

    def elements(self) -> str:
        """The title and description elements."""
        if not self.title:
            return ""
        title = element("title", {"id": f"{self.key}-t"}, str(escape(self.title)))
        desc = element("desc", {"id": f"{self.key}-d"}, str(escape(self.desc)))
        return title + desc if self.desc else title


HIDDEN = Naming()


@dataclass(slots=True)
class Canvas:
    """A drawing of a given height, as wide as its place (or ``width`` for a document)."""

    height: float
    width: float | None = None
    palette: Palette | None = None
    parts: list[str] = field(default_factory=list)

    @property
    def ink(self) -> Ink:
        """The looks of marks here."""
        return Ink(self.palette)

    def x(self, share: float) -> str:
        """A place (or a length) along the width, given as a share of it."""
        if self.width is None:
            return f"{written(share * 100)}%"
        return written(share * self.width)

    def add(self, name: str, role: str, *content: str, **attributes: Value) -> None:
        """Draw a mark with a role's looks."""
        self.parts.append(element(name, {**attributes, **self.ink(role)}, *content))

    def rule(self, role: str, ends: tuple[float, float], y: float) -> None:
        """A level line between two shares of the width."""
        self.add("line", role, x1=self.x(ends[0]), x2=self.x(ends[1]), y1=y, y2=y)

    def upright(self, role: str, share: float, top: float, bottom: float) -> None:
        """An upright line at a share of the width."""
        self.add("line", role, x1=self.x(share), x2=self.x(share), y1=top, y2=bottom)

    def dot(self, role: str, share: float, y: float, radius: float) -> None:
        """A round mark."""
        self.add("circle", role, cx=self.x(share), cy=y, r=radius)

    def text(self, role: str, share: float, y: float, words: str, **attributes: Value) -> None:
        """Words at a place; ``dx`` moves them by points, ``text_anchor`` aligns them."""
        self.add("text", role, str(escape(words)), x=self.x(share), y=y, **attributes)

    def finished(self, naming: Naming, css_class: str) -> Markup:
        """The whole drawing."""
        root: dict[str, Value] = {"class": f"ch {css_class}"}
        if self.width is None:
            root |= {"width": "100%", "height": self.height}
        else:
            root |= frame_of(self.width, self.height)
        if self.palette is not None:
            root["font-family"] = self.palette.font
        root |= naming.attributes()
        return Markup(element("svg", root, naming.elements(), *self.parts))  # noqa: S704 -- escaped


def frame_of(width: float, height: float) -> dict[str, Value]:
    """The root attributes of a drawing that stands alone."""
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {written(width)} {written(height)}",
        "width": width,
        "height": height,
    }


def wrapped(words: str, longest: int) -> list[str]:
    """A label broken into lines of at most ``longest`` signs where its spaces allow."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def width_of(words: str, size: float = 14) -> float:
    """About how wide words are in the product's typeface, at a size."""
    return len(words) * size * 0.54
