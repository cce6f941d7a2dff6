"""Picking the language that a text of the municipality is shown in. Pure.

A text is kept as ``{"fi": …, "sv": …, "en": …}``; a language that was not written is missing or
empty. A reader then gets Finnish, or whatever there is, and the page says which language it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Texts = Mapping[str, str] | str | None


class Said(NamedTuple):
    """A text and the language that it is in (empty when it is not known)."""

    text: str
    language: str


def pick(texts: Texts, language: str) -> Said:
    """The text in a language; else in Finnish; else in any. Empty when there is none."""
    if texts is None:
        return Said("", "")
    if not isinstance(texts, Mapping):
        return Said(str(texts), "")
    for code in (language, "fi", *sorted(texts)):
        if texts.get(code):
            return Said(texts[code], code)
    return Said("", "")
