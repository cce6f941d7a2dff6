"""What a reader typed, made safe to show and to search for."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def one_line(typed: str, longest: int) -> str:
    """The text as one line without control signs, cut to a length."""
    printable = "".join(map(_printable, typed[: longest * 10]))
    return _SPACE.sub(" ", printable).strip()[:longest].strip()


def _printable(sign: str) -> str:
    return " " if unicodedata.category(sign).startswith("C") else sign
