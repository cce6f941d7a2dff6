"""Haku: what was found, in groups, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..plan.entities import Plan
from ..search import Match, index_of
from ..searchable import Entry, SearchKind
from ..word_forms import plain
from .typed import one_line

QUERY = "q"
LONGEST_QUERY = 200
SHOWN = 50
_ABOUT = 170
_WORDS = re.compile(r"\d+(?:\.\d+)+|\w+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``hit`` where it is what was searched for."""

    text: str
    hit: bool


Marked = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``id`` and ``number`` tell its address: see :class:`searchable.Entry`."""

    kind: SearchKind
    id: str
    number: int
    title: Marked
    snippet: Marked
    note: str
    situation: str
    example: bool


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind, best first; ``total`` may be more than are shown."""

    kind: SearchKind
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """``partly`` tells that no result has all the words; ``suggestions`` are queries that find.

    ``also`` are words of the same meaning that were searched too.
    """

    query: str
    total: int
    groups: tuple[HitGroup, ...]
    partly: bool
    suggestions: tuple[str, ...]
    also: tuple[str, ...] = ()


def clean_query(typed: str) -> str:
    """The query as it is searched and shown: one line of at most 200 signs."""
    return one_line(typed, LONGEST_QUERY)


def search_page(plan: Plan, query: str, language: str) -> SearchPage:
    """What a cleaned query finds in a plan."""
    index = index_of(plan, language)
    found = index.find(query, language)
    groups = tuple(_group(kind, found.matches) for kind in SearchKind)
    return SearchPage(
        query=query,
        total=len(found.matches),
        groups=tuple(group for group in groups if group.total),
        partly=found.partly,
        suggestions=() if found.matches else suggestions(plan, language),
        also=found.also,
    )


def suggestions(plan: Plan, language: str, most: int = 6) -> tuple[str, ...]:
    """Words to try: the responsible parties that have the most actions."""
    counts: dict[str, int] = {}
    for action in plan.actions:
        if action.responsible is not None:
            name = action.responsible.name.get(language) or action.responsible.name.get("fi", "")
            counts[name] = counts.get(name, 0) + 1
    names = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    return tuple(names[:most])


def _group(kind: SearchKind, matches: tuple[Match, ...]) -> HitGroup:
    own = [one for one in matches if one.entry.kind is kind]
    return HitGroup(kind, tuple(_hit(one) for one in own[:SHOWN]), len(own))


def _hit(match: Match) -> Hit:
    entry = match.entry
    return Hit(
        kind=entry.kind,
        id=entry.id,
        number=entry.number,
        title=tuple(marked(entry.title, match.words)),
        snippet=tuple(_snippet(entry, match.words)),
        note=entry.note,
        situation=entry.situation,
        example=entry.example,
    )


def _snippet(entry: Entry, words: frozenset[str]) -> Iterator[Piece]:
    """The words around the first hit of the weightiest text that has one; else its beginning."""
    shown = [one.text for one in entry.fields if one.shown and one.text]
    quoted = next((text for text in shown if _first_hit(text, words) is not None), None)
    text = quoted or next(iter(shown), "")
    yield from marked(_around(text, _first_hit(text, words) or 0), words)


def _first_hit(text: str, words: frozenset[str]) -> int | None:
    for found in _WORDS.finditer(text):
        if plain(found[0]) in words:
            return found.start()
    return None


def _around(text: str, place: int) -> str:
    """About 170 signs of a text around a place, cut between words."""
    line = _SPACE.sub(" ", text)
    if len(line) <= _ABOUT:
        return line
    start = max(0, min(place - _ABOUT // 3, len(line) - _ABOUT))
    end = start + _ABOUT
    start = line.find(" ", start) + 1 if start else 0
    end = line.rfind(" ", start, end) if end < len(line) else len(line)
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"


def marked(text: str, words: frozenset[str]) -> Iterator[Piece]:
    """The text in pieces, those marked whose plain form is among the words."""
    done = 0
    for found in _WORDS.finditer(text):
        if plain(found[0]) in words:
            if found.start() > done:
                yield Piece(text[done : found.start()], False)
            yield Piece(found[0], True)
            done = found.end()
    if done < len(text):
        yield Piece(text[done:], False)
