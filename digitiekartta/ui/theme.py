"""The product's colours, light and dark, around one colour of the municipality. Pure.

The municipality's colour is taken for its hue and strength; its lightness is corrected until text
in it and text on it reach a contrast of 4.5 on every surface where it is used. Contrast is
computed, never trusted.
"""

from __future__ import annotations

from digitiekartta.ui.colours import (
    Oklch,
    Rgb,
    contrast,
    from_oklch,
    hue_distance,
    mix,
    parse,
    to_oklch,
)

DEFAULT_COLOUR = "#0f4c5c"
ENOUGH = 4.5
SURFACES = ("paper", "card", "wash", "now")

LIGHT = {
    "paper": "#fbfaf7",
    "card": "#ffffff",
    "ink": "#17212b",
    "soft": "#55606b",
    "line": "#e1dcd1",
    "hair": "#ece8df",
    "edge": "#7b848c",
    "now": "#f5efdf",
    "done": "#2a6849",
    "not_begun": "#66717b",
    "waiting_for_money": "#7f5900",
    "late": "#a63d13",
    "paused": "#5f656e",
    "cancelled": "#666c73",
    "error": "#b3261e",
    "flash": "#fff3c4",
    "shade": "#17212b14",
}
DARK = {
    "paper": "#11181d",
    "card": "#182127",
    "ink": "#edf1f2",
    "soft": "#a9b5bc",
    "line": "#2e3a41",
    "hair": "#243038",
    "edge": "#7f8c95",
    "now": "#24251b",
    "done": "#7cc79f",
    "not_begun": "#a3afb7",
    "waiting_for_money": "#e0b552",
    "late": "#f2997b",
    "paused": "#b0b6be",
    "cancelled": "#a0a7ae",
    "error": "#ff9f94",
    "flash": "#3a3620",
    "shade": "#00000055",
}
# Where the municipality's own hue would be taken for "late", "done" or "waiting for money", what
# is going on is drawn in this blue instead.
_OTHER_ONGOING = to_oklch(parse("#24536e"))
_TOO_NEAR = 28.0
_HARDLY_A_HUE = 0.035


def light(colour: str = DEFAULT_COLOUR) -> dict[str, str]:
    """All colour tokens of the light theme. Raises ValueError for what is not a colour."""
    base = to_oklch(parse(colour))
    return _tokens(LIGHT, Oklch(min(base.lightness, 0.56), base.chroma, base.hue), step=-0.01)


def dark(colour: str = DEFAULT_COLOUR) -> dict[str, str]:
    """All colour tokens of the dark theme. Raises ValueError for what is not a colour."""
    base = to_oklch(parse(colour))
    # A dark surface makes colours glow: the strength is held back.
    start = Oklch(max(base.lightness, 0.78), min(base.chroma, 0.11), base.hue)
    return _tokens(DARK, start, step=0.01)


def theme_css(colour: str = DEFAULT_COLOUR) -> str:
    """The tokens as custom properties: light, dark by the system's wish, dark by choice."""
    day, night = _declarations(light(colour)), _declarations(dark(colour))
    return (
        f":root{{color-scheme:light;{day}}}"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not([data-theme=light]){{color-scheme:dark;{night}}}}}"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{night}}}}}"
    )


def _tokens(base: dict[str, str], start: Oklch, step: float) -> dict[str, str]:
    paper = parse(base["paper"])
    wash = mix(from_oklch(start), paper, 0.07)
    tokens = {**base, "wash": wash.hex}
    surfaces = [parse(tokens[name]) for name in SURFACES]
    accent = _readable(start, surfaces, step)
    other = _readable(Oklch(start.lightness, *_OTHER_ONGOING[1:]), surfaces, step)
    ink_on_accent = Rgb(255, 255, 255) if step < 0 else parse("#0b1418")
    tokens["accent"] = accent.hex
    tokens["accent-ink"] = ink_on_accent.hex
    tokens["ongoing"] = (other if _is_taken(accent, base) else accent).hex
    tokens["tint"] = mix(accent, paper, 0.22).hex
    return tokens | _steps(accent, paper)


def _steps(accent: Rgb, paper: Rgb) -> dict[str, str]:
    tokens = {}
    for step, share in enumerate((0.14, 0.32, 0.52, 0.76, 1.0), start=1):
        bed = mix(accent, paper, share)
        # Black or white: one of them always reaches 4.5.
        inks = (parse(text) for text in ("#17212b", "#ffffff", "#000000"))
        tokens[f"step-{step}"] = bed.hex
        tokens[f"on-step-{step}"] = next(ink for ink in inks if contrast(ink, bed) >= ENOUGH).hex
    return tokens


def _readable(start: Oklch, surfaces: list[Rgb], step: float) -> Rgb:
    lightness = start.lightness
    while True:
        colour = from_oklch(Oklch(lightness, start.chroma, start.hue))
        if all(contrast(colour, surface) >= ENOUGH for surface in surfaces):
            return colour
        # Ends at black or white at the latest: both are readable on their theme's surfaces.
        lightness += step


def _is_taken(accent: Rgb, base: dict[str, str]) -> bool:
    own = to_oklch(accent)
    if own.chroma < _HARDLY_A_HUE:
        return True
    taken = [to_oklch(parse(base[name])) for name in ("late", "done", "waiting_for_money")]
    return any(hue_distance(own, other) < _TOO_NEAR for other in taken)


def _declarations(tokens: dict[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in tokens.items())
