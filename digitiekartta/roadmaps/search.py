"""The search index of a plan in one language, kept in memory."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from .plan.entities import Plan
from .searchable import Entry, SearchKind, entries_of
from .synonyms import synonyms_of
from .word_forms import Word, likeness, resemblance, word, words_in

_KEPT = 8
MOST_WORDS = 12
SAME_MEANING = 0.35
"""How much a word of the same meaning counts: less than the word itself in any form."""
STOP_WORDS: Mapping[str, set[str]] = {
    "fi": {"ja", "tai", "sekä", "on", "ei", "ovat", "että", "kun", "mitä", "mikä", "miten", "joka"},
    "sv": {"och", "eller", "att", "det", "den", "en", "ett", "är", "på", "i", "av", "för", "till"},
    "en": {"and", "or", "the", "a", "an", "of", "in", "on", "to", "for", "is", "are", "what"},
}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was found. ``words`` are the plain forms of the words that matched."""

    entry: Entry
    score: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, best first; ``partly`` tells that no entry has all of its words.

    ``also`` are the words of the same meaning by which something was found.
    """

    matches: tuple[Match, ...]
    partly: bool = False
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class _Hits:
    """How well one word of a query is met, by entry, and by which words."""

    scores: dict[int, float] = field(default_factory=dict)
    words: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    also: list[str] = field(default_factory=list)

    def gather(self, plain: str, like: float, places: Mapping[int, float]) -> None:
        for number, weight in places.items():
            self.scores[number] = max(self.scores.get(number, 0.0), like * weight)
            self.words[number].add(plain)


class Index:
    """All words of a plan's public texts and where they stand."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._places: dict[Word, dict[int, float]] = defaultdict(dict)
        self._by_key: dict[tuple[str, str], list[Word]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for text in entry.fields:
                for written in set(words_in(text.text)):
                    places = self._places[word(written, text.language)]
                    places[number] = max(places.get(number, 0.0), text.weight)
        for held in self._places:
            for key in held.keys:
                self._by_key[held.language, key].append(held)

    def find(self, query: str, language: str) -> Found:
        """The entries that have every word of the query, in some form; else those with some."""
        asked = _asked(query, language)
        hits = [self._of_word(one, language) for one in asked]
        if not hits:
            return Found(())
        everything = set.intersection(*(set(one.scores) for one in hits))
        partly = not everything and len(hits) > 1
        numbers = set().union(*(one.scores for one in hits)) if partly else everything
        matches = [self._match(number, hits) for number in numbers]
        matches.sort(key=lambda one: (-one.score, one.entry.place))
        also = tuple(dict.fromkeys(word for one in hits for word in one.also)) if matches else ()
        return Found(tuple(matches), partly and bool(matches), also)

    def _match(self, number: int, hits: list[_Hits]) -> Match:
        found = [one for one in hits if number in one.scores]
        score = sum(one.scores[number] for one in found)
        return Match(
            self.entries[number], score, frozenset().union(*(one.words[number] for one in found))
        )

    def _of_word(self, written: str, language: str) -> _Hits:
        """How well one word of the query is met, in itself or by a word of the same meaning."""
        codes = dict.fromkeys((language, "fi"))
        asked = {code: word(written, code) for code in codes}
        for measure in (likeness, resemblance):
            hits = _Hits()
            for held, places in self._places.items():
                like = measure(asked.get(held.language) or word(written, held.language), held)
                if like:
                    hits.gather(held.plain, like, places)
            self._add_same_meaning(hits, asked.values())
            if hits.scores:
                return hits
        return _Hits()

    def _add_same_meaning(self, hits: _Hits, asked: Iterable[Word]) -> None:
        for synonym in (other for one in asked for other in synonyms_of(one)):
            keys = ((synonym.word.language, key) for key in synonym.word.keys)
            found = {held for key in keys for held in self._by_key.get(key, ())}
            for held in found:
                hits.gather(held.plain, SAME_MEANING, self._places[held])
            if found:
                hits.also.append(synonym.written)


def _asked(query: str, language: str) -> list[str]:
    words = list(dict.fromkeys(words_in(query)))
    telling = [one for one in words if one.casefold() not in STOP_WORDS.get(language, set())]
    return (telling or words)[:MOST_WORDS]


_indexes: OrderedDict[tuple[int, str], tuple[Plan, Index]] = OrderedDict()
_lock = Lock()


def index_of(plan: Plan, language: str) -> Index:
    """The index of a plan, made once for each plan and language while the plan is in use.

    A plan belongs to one audience, revision and day, so nobody finds what is another's.
    """
    key = (id(plan), language)
    with _lock:
        kept = _indexes.get(key)
    if kept is not None and kept[0] is plan:
        return kept[1]
    index = Index(entries_of(plan, language))
    with _lock:
        _indexes[key] = (plan, index)
        _indexes.move_to_end(key)
        while len(_indexes) > _KEPT:
            _indexes.popitem(last=False)
    return index


def search_actions(plan: Plan, query: str, language: str) -> tuple[str, ...]:
    """The ids of the actions that have every word of the query, best first."""
    found = index_of(plan, language).find(query, language)
    if found.partly:
        return ()
    return tuple(one.entry.id for one in found.matches if one.entry.kind is SearchKind.ACTION)
