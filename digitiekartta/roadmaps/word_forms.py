"""Forms of words: when two words of Finnish, Swedish or English are the same word, or part of it.

A stemmer takes the endings away; what it leaves is made alike by hand where the language changes
the stem itself (consonant gradation in Finnish, umlaut in Swedish). Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

import snowballstemmer

SHORTEST = 3
COMPOUND = 4
"""How many letters are needed to find a word inside another."""

_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_WORD = re.compile(r"\d+(?:\.\d+)+|\w+")
_stemmers = local()

_GRADES = (
    (re.compile(r"([bcdfghjklmnpqrstvwxz])\1"), r"\1"),
    (re.compile(r"d"), "t"),
    (re.compile(r"n[tkg]"), "n"),
    (re.compile(r"mp"), "m"),
    (re.compile(r"lt"), "l"),
    (re.compile(r"rt"), "r"),
    (re.compile(r"(?<=[aeiouy])v(?=[aeiouy]|$)"), "p"),
)
_ENDINGS_FI = ((re.compile(r"ks$"), "s"), (re.compile(r"(?<=...)(?:[iu]n|is|as)$"), ""))
_PARTITIVE_OF_S = re.compile(r"([kpt])\1(a)[ai]\w{0,7}$")
_ENDING_SV = re.compile(r"(?<=....)(?:ans|arna|an|ens|en|ets|et|s|a)$")
_VOWELS = "aeiouy"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared: its letters without marks, and the keys of its stem."""

    plain: str
    keys: frozenset[str]
    language: str

    @property
    def is_number(self) -> bool:
        return self.plain[:1].isdigit()


def words_in(text: str) -> list[str]:
    """The words of a text and its numbers such as ``3.4``, as written."""
    return _WORD.findall(text)


@lru_cache(maxsize=60_000)
def plain(word: str) -> str:
    """A word in small letters without accents and dots: ``Päätös`` is ``paatos``."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=60_000)
def word(written: str, language: str) -> Word:
    """A word of a language, ready to be compared."""
    letters = plain(written)
    if letters[:1].isdigit():
        return Word(letters, frozenset((letters,)), language)
    stem = plain(_stemmer(language).stemWord(unicodedata.normalize("NFC", written.casefold())))
    return Word(letters, frozenset(_keys(letters, stem, language)) - {""}, language)


def _stemmer(language: str) -> Any:
    # A stemmer works in place, so each thread has its own.
    kept: dict[str, Any] = _stemmers.__dict__
    if language not in kept:
        kept[language] = snowballstemmer.stemmer(_STEMMERS.get(language, "finnish"))
    return kept[language]


def _keys(letters: str, stem: str, language: str) -> set[str]:
    if language == "fi":
        keys = {_finnish(stem)}
        singular = _PARTITIVE_OF_S.sub(r"\1\2s", letters)
        return keys if singular == letters else keys | {_finnish(singular), singular}
    if language == "sv":
        return {stem.replace("ck", "k"), _ENDING_SV.sub("", stem).replace("ck", "k")}
    return {stem}


def _finnish(stem: str) -> str:
    """A Finnish stem with its grades and its last vowels taken away."""
    for pattern, instead in (*_ENDINGS_FI, *_GRADES):
        stem = pattern.sub(instead, stem)
    bare = stem.rstrip(_VOWELS)
    return bare if len(bare) >= SHORTEST else stem


def likeness(asked: Word, found: Word) -> float:
    """How surely a found word is the asked one: 1 for the same form, 0 for another word.

    The same word in another form, the beginning of a word, and a part of a compound come between.
    """
    if asked.plain == found.plain:
        return 1.0
    if asked.is_number or found.is_number:
        return 0.0
    if not asked.keys.isdisjoint(found.keys):
        return 0.9
    return _part(asked, found)


def _part(asked: Word, found: Word) -> float:
    if len(asked.plain) >= SHORTEST and found.plain.startswith(asked.plain):
        return 0.6
    if found.language == "en" or len(asked.plain) < COMPOUND:
        return 0.0
    for key in (*asked.keys, asked.plain):
        for whole in (*found.keys, found.plain):
            if len(key) >= COMPOUND and key in whole:
                return 0.55 if whole.startswith(key) else 0.4
            if len(key) >= SHORTEST and whole.endswith(key) and len(whole) > len(key) + SHORTEST:
                return 0.4
    return 0.0


def resemblance(asked: Word, found: Word) -> float:
    """A last resort where nothing was like: a long common beginning and short differing ends."""
    if asked.is_number or found.is_number:
        return 0.0
    common = _common(asked.plain, found.plain)
    ends = max(len(asked.plain), len(found.plain)) - common
    allowed = 3 if common < COMPOUND + 2 else 5
    return 0.3 if common >= COMPOUND and ends <= allowed else 0.0


def _common(a: str, b: str) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count
