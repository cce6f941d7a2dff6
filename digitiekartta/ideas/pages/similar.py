"""Ideas like one that is being proposed, found by the search's own forms of words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from digitiekartta.roadmaps.search import STOP_WORDS
from digitiekartta.roadmaps.word_forms import Word, likeness, word, words_in

from .reading import Idea

MOST = 4
LEAST = 0.45
"""How large a part of the words of the shorter title must be met: of three words two, so that a
common word such as "verkossa" makes nothing similar by itself. A needless hint costs one press."""
SURE = 0.8


def similar_ideas(
    ideas: Iterable[Idea], title: str, proposal: str, language: str
) -> tuple[Idea, ...]:
    """At most four ideas like a proposal, the likest first. Merged ones are left out: the idea that
    is left stands for them."""
    asked_title, asked = _words(title, language), _words(f"{title} {proposal}", language)
    scored = [(_score(asked_title, asked, one), one) for one in ideas if one.merged_into is None]
    found = [(score, one) for score, one in scored if score >= LEAST]
    found.sort(key=lambda item: (-item[0], -item[1].number))
    return tuple(one for _, one in found[:MOST])


def _score(asked_title: tuple[Word, ...], asked: tuple[Word, ...], idea: Idea) -> float:
    titles = _words_of(idea.title)
    everything = titles + _words_of(idea.proposal)
    title = max(_share(asked_title, titles), _share(titles, asked_title))
    crossed = max(_share(asked_title, everything), _share(titles, asked))
    return max(title, 0.7 * crossed)


def _share(of: tuple[Word, ...], among: tuple[Word, ...]) -> float:
    """How large a part of some words is met among others; of one word alone, half of it."""
    met = sum(any(likeness(one, other) >= SURE for other in among) for one in of)
    return met / max(len(of), 2)


def _words_of(text: Mapping[str, str]) -> tuple[Word, ...]:
    return tuple(one for code, written in text.items() for one in _words(written, code))


@lru_cache(maxsize=500)
def _words(text: str, language: str) -> tuple[Word, ...]:
    """The telling words of a text, each once."""
    stop = STOP_WORDS.get(language, set())
    telling = (one for one in words_in(text) if len(one) > 2 and one.casefold() not in stop)
    return tuple(dict.fromkeys(word(one, language) for one in telling))
