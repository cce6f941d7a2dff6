"""Two wordings of a text side by side: what was taken away and what was put in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 3000
_ALIKE = 0.35
_CONTEXT = 12
"""How many words around a change are kept of what stayed."""


class Fate(StrEnum):
    """What happened to a stretch of text."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text and what happened to it."""

    text: str
    fate: Fate


def rewording(old: str, new: str) -> tuple[Stretch, ...]:
    """The stretches in reading order; long ones that stayed are shortened to what is near a change.

    Texts that have little in common, or are very long, are told whole: the old one went, the new
    one came.
    """
    if old == new:
        return (Stretch(new, Fate.STAYED),) if new else ()
    if not old or not new:
        return tuple(_whole(old, new))
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) > _LONGEST or len(after) > _LONGEST:
        return tuple(_whole(old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return tuple(_whole(old, new))
    return tuple(_shortened(list(_stretches(matcher, before, after))))


def _whole(old: str, new: str) -> Iterator[Stretch]:
    if old:
        yield Stretch(old, Fate.WENT)
    if new:
        yield Stretch(new, Fate.CAME)


def _stretches(
    matcher: SequenceMatcher[str], before: list[str], after: list[str]
) -> Iterator[Stretch]:
    for code, b_first, b_last, a_first, a_last in matcher.get_opcodes():
        went, came = "".join(before[b_first:b_last]), "".join(after[a_first:a_last])
        if code == "equal":
            yield Stretch(came, Fate.STAYED)
            continue
        yield from _whole(went, came)


def _shortened(stretches: list[Stretch]) -> Iterator[Stretch]:
    for place, one in enumerate(stretches):
        if one.fate is not Fate.STAYED:
            yield one
            continue
        first, last = place == 0, place == len(stretches) - 1
        yield Stretch(_near(one.text, first=first, last=last), Fate.STAYED)


def _near(text: str, *, first: bool, last: bool) -> str:
    """A stretch that stayed, without what is far from the changes on its sides."""
    words = text.split(" ")
    if len(words) <= _CONTEXT * 2:
        return text
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[-_CONTEXT:]
    return " ".join([*head, "…", *tail])
