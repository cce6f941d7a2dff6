"""Colour arithmetic: sRGB, OKLCH and the contrast of WCAG 2. Pure.

OKLCH keeps hue and strength while lightness changes, so a corrected colour still looks like the
municipality's own. Source of the matrices: Björn Ottosson, "A perceptual color space for image
processing" (2020).
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


class Rgb(NamedTuple):
    """A colour of the screen; each part 0–255."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """The colour as CSS writes it."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


class Oklch(NamedTuple):
    """Lightness 0–1, chroma from 0 (grey), hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def parse(text: str) -> Rgb:
    """``#rgb`` or ``#rrggbb`` as a colour. Raises ValueError for anything else."""
    match = _HEX.match(text.strip())
    if match is None:
        raise ValueError(f"not a colour: {text!r}")
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return Rgb(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) – 1 (white), by WCAG 2."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1–21, by WCAG 2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(top: Rgb, bottom: Rgb, share: float) -> Rgb:
    """``share`` (0–1) of the top colour over the bottom one."""
    return Rgb(*(round(a * share + b * (1 - share)) for a, b in zip(top, bottom, strict=True)))


def to_oklch(colour: Rgb) -> Oklch:
    """The colour's lightness, chroma and hue."""
    red, green, blue = (_linear(part / 255) for part in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def from_oklch(colour: Oklch) -> Rgb:
    """The screen colour; chroma gives way where the screen can't show as much."""
    chroma = colour.chroma
    for _ in range(40):
        parts = _linear_rgb(Oklch(colour.lightness, chroma, colour.hue))
        if all(-0.0005 <= part <= 1.0005 for part in parts):
            break
        chroma *= 0.94
    else:
        parts = _linear_rgb(Oklch(colour.lightness, 0, colour.hue))
    return Rgb(*(round(255 * _gamma(min(1.0, max(0.0, part)))) for part in parts))


def hue_distance(one: Oklch, other: Oklch) -> float:
    """How far apart two hues are, 0–180 degrees."""
    apart = abs(one.hue - other.hue) % 360
    return min(apart, 360 - apart)


def _linear_rgb(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
