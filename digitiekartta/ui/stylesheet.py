"""The one stylesheet of a municipality: every CSS file of the product and its theme's tokens.

Part of it are, in this order: the theme's tokens, the files of ``ui``, the charts' rules, every
``static/<app>/css/*.css`` of the product's other apps, and last what print overrides. An app thus
adds to the stylesheet by having the file; nothing is registered.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static

from digitiekartta.ui.charts.ink import chart_css
from digitiekartta.ui.theme import theme_css

HERE = Path(__file__).parent / "static" / "ui" / "css"
FIRST = ("type", "base", "frame", "parts", "lists", "forms", "tables", "charts", "live")
LAST = ("print",)
FONT = "ui/fonts/hanken-grotesk.woff2"

_PRODUCT = __name__.partition(".")[0] + "."
_TOKEN = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s+""", re.DOTALL)
_TIGHT = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,>])\s*|:\s+""")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A whole stylesheet and the digest of its text, which is part of its address."""

    text: str
    digest: str


def themed_stylesheet(colour: str) -> Stylesheet:
    """The stylesheet around a municipality's colour (``#rrggbb``); made once per process.

    Raises ValueError for what is not a colour.
    """
    return _made(colour) if settings.DEBUG else _kept(colour)


def font_url() -> str:
    """The address of the typeface's file, for preloading."""
    return static(FONT)


def minified(css: str) -> str:
    """CSS without comments and needless white space; texts in quotes are left alone."""
    once = _TOKEN.sub(lambda m: m[1] or ("" if m[0].startswith("/*") else " "), css)
    tight = _TIGHT.sub(lambda m: m[1] or m[2] or ":", once)
    return tight.replace(";}", "}").strip()


def _made(colour: str) -> Stylesheet:
    source = "\n".join(path.read_text("utf-8") for path in _files(FIRST))
    others = "\n".join(path.read_text("utf-8") for path in _of_other_apps())
    last = "\n".join(path.read_text("utf-8") for path in _files(LAST))
    whole = "\n".join((source.replace("FONT_URL", font_url()), chart_css(), others, last))
    text = theme_css(colour) + minified(whole)
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:16])


_kept = functools.lru_cache(maxsize=512)(_made)


def _files(names: tuple[str, ...]) -> list[Path]:
    return [HERE / f"{name}.css" for name in names]


def _of_other_apps() -> list[Path]:
    found: list[Path] = []
    for config in apps.get_app_configs():
        if config.name.startswith(_PRODUCT) and config.label != "ui":
            found += sorted((Path(config.path) / "static" / config.label / "css").glob("*.css"))
    return found
