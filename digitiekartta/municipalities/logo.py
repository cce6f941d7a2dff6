"""The municipality's arms or logo: what is taken, what is kept of it, and where.

An SVG is written anew from the elements and attributes that only draw: whatever could run, fetch or
hide something is left out. Kept files have names of their content's hash and stand outside
everything that the server serves by itself.
"""

from __future__ import annotations

import hashlib
import re
import struct
import xml.etree.ElementTree as ET
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

MOST_BYTES = 300_000
MOST_PIXELS = 4000
NAME = re.compile(r"[0-9a-f]{32}\.(svg|png|jpg)")
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
_SUFFIXES = {"svg": "svg", "png": "png", "jpg": "jpg", "jpeg": "jpg"}
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENT_NAMES = (
    "svg g defs path rect circle ellipse line polyline polygon text tspan title desc use symbol "
    "linearGradient radialGradient stop clipPath mask"
)
_ATTRIBUTE_NAMES = (
    "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points viewBox transform fill "
    "fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-opacity "
    "stroke-miterlimit stroke-dasharray opacity clip-path clip-rule mask offset stop-color "
    "stop-opacity gradientUnits gradientTransform spreadMethod preserveAspectRatio font-size "
    "font-family font-weight text-anchor color version clipPathUnits maskUnits"
)
_STYLED_NAMES = (
    "fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin opacity "
    "stroke-miterlimit stroke-opacity stop-color stop-opacity clip-rule clip-path mask"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_STYLED = frozenset(_STYLED_NAMES.split())
_ELSEWHERE = re.compile(
    r"url\s*\(\s*(?!['\"]?#[\w-]+['\"]?\s*\))|javascript:|data:|\\", re.IGNORECASE
)
_INSIDE = re.compile(r"#[\w-]+")


class LogoFault(StrEnum):
    """Why a file is not taken; ``forms`` tells each in a sentence."""

    TYPE = "type"
    SIZE = "size"
    BROKEN = "broken"


class LogoError(ValueError):
    """A file that is not taken as a logo."""

    def __init__(self, fault: LogoFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def checked(name: str, content: bytes) -> tuple[str, bytes]:
    """What is kept of a file: its name there and its bytes. Raises LogoError.

    The type is told by the name and the content together; at most 300 kB and 4,000 pixels a side.
    """
    kind = _SUFFIXES.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise LogoError(LogoFault.TYPE)
    if not 0 < len(content) <= MOST_BYTES:
        raise LogoError(LogoFault.SIZE)
    kept = {"svg": drawn, "png": _png, "jpg": _jpeg}[kind](content)
    return f"{hashlib.sha256(kept).hexdigest()[:32]}.{kind}", kept


def drawn(content: bytes) -> bytes:
    """An SVG with nothing but its drawing. Raises LogoError for what is none."""
    if b"<!ENTITY" in content.upper():
        raise LogoError(LogoFault.BROKEN)
    try:
        root = ET.fromstring(content.decode("utf-8-sig"))  # noqa: S314 -- no entities, see above
    except (ET.ParseError, UnicodeDecodeError, ValueError, RecursionError):
        raise LogoError(LogoFault.BROKEN) from None
    if root.tag != f"{{{_SVG}}}svg":
        raise LogoError(LogoFault.TYPE)
    made = _copied(root)
    if made is None:
        raise LogoError(LogoFault.BROKEN)
    made.set("xmlns", _SVG)
    return bytes(ET.tostring(made, encoding="utf-8"))


def _copied(element: ET.Element, depth: int = 0) -> ET.Element | None:
    name = str(element.tag).removeprefix(f"{{{_SVG}}}")
    if name not in _ELEMENTS or depth > 60:
        return None
    made = ET.Element(name, dict(_attributes(element)))
    made.text = element.text
    for child in element:
        copy = _copied(child, depth + 1)
        if copy is not None:
            copy.tail = child.tail
            made.append(copy)
    return made


def _attributes(element: ET.Element) -> dict[str, str]:
    kept = {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and not _ELSEWHERE.search(value)
    }
    for part in element.get("style", "").split(";"):
        name, _colon, value = (one.strip() for one in part.partition(":"))
        if name in _STYLED and value and not _ELSEWHERE.search(value):
            kept[name] = value
    link = element.get("href") or element.get(_XLINK) or ""
    if _INSIDE.fullmatch(link):
        kept["href"] = link
    return kept


def _png(content: bytes) -> bytes:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        raise LogoError(LogoFault.TYPE)
    if len(content) < 24:
        raise LogoError(LogoFault.BROKEN)
    _check_pixels(*struct.unpack(">II", content[16:24]))
    return content


def _jpeg(content: bytes) -> bytes:
    if not content.startswith(b"\xff\xd8\xff"):
        raise LogoError(LogoFault.TYPE)
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _check_pixels(width, height)
            return content
        at += 2 + length
    raise LogoError(LogoFault.BROKEN)


def _check_pixels(width: int, height: int) -> None:
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise LogoError(LogoFault.SIZE)


def keep(name: str, content: bytes) -> None:
    """Writes a checked file where logos are kept; one that is there already stays as it is."""
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        beside = path.with_suffix(".new")
        beside.write_bytes(content)
        beside.replace(path)


def path_of(name: str) -> Path:
    """Where a logo is kept. Raises ValueError for what is no name of one."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return Path(settings.VAR) / "uploads" / "logos" / name


def read(file: File[bytes]) -> bytes:
    """The content of an uploaded file, no more of it than may be kept and one byte."""
    return bytes(file.read(MOST_BYTES + 1))
