"""Words of the same meaning: a resident asks for päivähoito, the text says varhaiskasvatus.

The groups are data, ``data/synonyms.<language>.txt``: one a line, words in their basic form. Read
once per process, when the first search asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .word_forms import Word, word

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word of the same meaning, as people write it and as it is compared."""

    written: str
    word: Word


def synonyms_of(asked: Word) -> tuple[Synonym, ...]:
    """The other words of the groups that have a word in some form; none for most words."""
    groups = _groups(asked.language)
    found: dict[str, Synonym] = {}
    for form in (asked.plain, *sorted(asked.stems)):
        for one in groups.get(form, ()):
            if one.word.plain != asked.plain and one.word.stems.isdisjoint(asked.stems):
                found.setdefault(one.written, one)
    return tuple(found.values())


def groups_of(language: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a language as they are written; none for a language without its file."""
    path = DATA / f"synonyms.{language}.txt"
    if not path.is_file():
        return ()
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return tuple(tuple(one.strip() for one in line.split(",")) for line in lines if line)


@lru_cache(maxsize=8)
def _groups(language: str) -> Mapping[str, tuple[Synonym, ...]]:
    """By the forms by which a word is known, all words of its groups."""
    by_form: dict[str, list[Synonym]] = defaultdict(list)
    for group in groups_of(language):
        members = [Synonym(written, word(written, language)) for written in group]
        for one in members:
            for form in {one.word.plain, *one.word.stems}:
                by_form[form].extend(members)
    return {form: tuple(members) for form, members in by_form.items()}
