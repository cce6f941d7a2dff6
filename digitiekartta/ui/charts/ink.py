"""What each mark of a chart looks like: once, for the stylesheet and for documents.

On a page a mark carries a class and the stylesheet colours it, light or dark. In a document there
is no stylesheet: the mark carries the same properties with a palette's colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digitiekartta.ui.theme import DEFAULT_COLOUR, light

SITUATIONS = (
    "done",
    "ongoing",
    "not_begun",
    "waiting_for_money",
    "late",
    "paused",
    "cancelled",
)
HATCHED = frozenset({"waiting_for_money"})
OUTLINED = frozenset({"not_begun", "paused", "cancelled"})
STEPS = (1, 2, 3, 4, 5)

Properties = Mapping[str, str]


def _line(token: str, width: str, **more: str) -> Properties:
    return {"fill": "none", "stroke": f"@{token}", "stroke-width": width, **more}


def _text(token: str, size: str, weight: str = "400") -> Properties:
    return {"fill": f"@{token}", "font-size": size, "font-weight": weight}


def _part(situation: str) -> Properties:
    if situation == "paused":
        return {"fill": "@paused", "fill-opacity": "0.2", "stroke": "@paused", "stroke-width": "4"}
    if situation == "cancelled":
        return {"fill": "@card", "stroke": "@cancelled", "stroke-width": "4",
                "stroke-dasharray": "3 3"}  # fmt: skip
    if situation in OUTLINED:
        return {"fill": "@card", "stroke": f"@{situation}", "stroke-width": "4"}
    if situation in HATCHED:
        return {"fill": f"url(#h-{situation})", "stroke": f"@{situation}", "stroke-width": "4"}
    return {"fill": f"@{situation}"}


def _on_part(situation: str) -> Properties:
    filled = situation not in OUTLINED | HATCHED
    return _text("accent-ink" if filled else situation, "15px", "700")


ROLES: dict[str, Properties] = {
    "tick": _line("line", "1"),
    "grid": _line("hair", "1"),
    "axis": _line("edge", "1"),
    "gap": _line("line", "4"),
    "won": _line("accent", "4"),
    "lost": _line("late", "4"),
    "whisker": {"fill": "@tint"},
    "baseline": {"fill": "@paper", "stroke": "@accent", "stroke-width": "2"},
    "latest": {"fill": "@accent", "stroke": "@paper", "stroke-width": "2"},
    "target": _line("ink", "3", **{"stroke-linecap": "round"}),
    "goal": _line("ink", "1.5", **{"stroke-dasharray": "2 4", "stroke-linecap": "round"}),
    "line": _line("accent", "2.5", **{"stroke-linecap": "round", "stroke-linejoin": "round"}),
    "line-soft": _line("edge", "1.5", **{"stroke-linecap": "round"}),
    "dot-soft": {"fill": "@edge", "stroke": "@paper", "stroke-width": "1.5"},
    "leader": _line("edge", "1"),
    "now": {"fill": "@accent", "fill-opacity": "0.13", "stroke": "@accent", "stroke-width": "2.5",
            "stroke-linejoin": "round"},
    "was": _line("soft", "1.5", **{"stroke-dasharray": "1 4", "stroke-linecap": "round"}),
    "aim": _line("ink", "1.5", **{"stroke-linejoin": "round"}),
    "label": _text("ink", "14px"),
    "strong": _text("ink", "14px", "650"),
    "soft": _text("soft", "13px"),
    "value": _text("ink", "14px", "700"),
    "value-accent": _text("accent", "14px", "700"),
    "seam": {"fill": "@card"},
}  # fmt: skip
ROLES |= {f"part-{name}": _part(name) for name in SITUATIONS}
ROLES |= {f"on-{name}": _on_part(name) for name in SITUATIONS}
ROLES |= {f"hatch-{name}": {"fill": f"@{name}", "fill-opacity": "0.26"} for name in SITUATIONS}
ROLES |= {f"bed-{name}": {"fill": f"@{name}", "fill-opacity": "0.08"} for name in SITUATIONS}
ROLES |= {f"step-{step}": {"fill": f"@step-{step}"} for step in STEPS}
ROLES |= {f"on-step-{step}": _text(f"on-step-{step}", "13px", "650") for step in STEPS}


@dataclass(frozen=True, slots=True)
class Palette:
    """Fixed colours (and a typeface) for charts outside the pages."""

    tokens: Mapping[str, str]
    font: str = "Hanken Grotesk, sans-serif"

    @classmethod
    def of(cls, colour: str = DEFAULT_COLOUR) -> Palette:
        """The light theme around a municipality's colour, for paper and slides."""
        return cls(light(colour))


@dataclass(frozen=True, slots=True)
class Ink:
    """Gives a mark its attributes: a class on a page, colours in a document."""

    palette: Palette | None = None

    def __call__(self, role: str) -> dict[str, str]:
        """The attributes of a mark with this role."""
        properties = ROLES[role]
        if self.palette is None:
            return {"class": f"m-{role}"}
        tokens = self.palette.tokens
        coloured = {
            name: tokens[value[1:]] if value.startswith("@") else value
            for name, value in properties.items()
        }
        # A hatch of its own id: a document may stand on a page that has the sprite's hatches.
        coloured = {name: value.replace("#h-", "#hd-") for name, value in coloured.items()}
        return {name: value.removesuffix("px") for name, value in coloured.items()}


def chart_css() -> str:
    """The rules that colour the charts of a page."""
    return "".join(f".m-{role}{{{_declared(rules)}}}" for role, rules in ROLES.items())


def _declared(properties: Properties) -> str:
    return ";".join(f"{name}:{_css(name, value)}" for name, value in properties.items())


def _css(name: str, value: str) -> str:
    if value.startswith("@"):
        return f"var(--{value[1:].replace('_', '-')})"
    if name == "font-size":
        return f"{int(value.removesuffix('px')) / 16:g}rem"
    return value
