"""Forms of words: when two words of Finnish, Swedish or English are the same word, or part of it.

A stemmer takes the endings away; what it leaves is made alike by hand where the language changes
the stem itself (consonant gradation in Finnish, umlaut in Swedish). Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

SHORTEST = 3
COMPOUND = 4
"""How many letters are needed to find a word inside another."""

_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_WORD = re.compile(r"\d+(?:\.\d+)+|\w+")
_stemmers = local()

_GRADES = (
    (re.compile(r"(?<=[uy])(?:d|st)$"), "s"),
    (re.compile(r"ks$"), "s"),
    (re.compile(r"([bcdfghjklmnpqrstvwxz])\1"), r"\1"),
    (re.compile(r"d"), "t"),
    (re.compile(r"n[tkg]"), "n"),
    (re.compile(r"mp"), "m"),
    (re.compile(r"lt"), "l"),
    (re.compile(r"rt"), "r"),
    (re.compile(r"(?<=[aeiouy])v(?=[aeiouy]|$)"), "p"),
    (re.compile(r"(?<=...)(?:is|ist|as)$"), ""),
    (re.compile(r"(?<=...)j(?=[aou]?$)"), ""),
)
"""What a Finnish stem is made alike by: oikeud-/oikeus, lupaust-/lupaus, then the grades."""
_STEM_OF_NEN = re.compile(r"(?<=...)in$")
_DOUBLED = re.compile(r"([kpt])\1(a)[ai]\w{0,7}$")
_SHORT_SI = re.compile(r"^(\w{1,4})si$")
_ENDING_SV = re.compile(r"(?<=....)(?:ans|arna|an|ens|en|ets|et|s|a)$")
_VOWELS = "aeiouy"
_DERIVED = re.compile(r"[tm]?[uy](?:s|sta|sten|ks\w+)$|ami(?:nen|s\w+)$")
"""What makes another word of a Finnish word that it stands after: lupa, lupaus; osa, osaaminen."""
_LAST_VOWELS = {"a": "A", "o": "A", "e": "I", "i": "I", "u": "U", "y": "U"}
"""Last vowels that change into each other when a Finnish word is bent: tila, tilojen."""
_IRREGULAR = {
    "lasten": "lapsi", "ruoan": "ruoka", "ruuan": "ruoka", "ajan": "aika", "ajat": "aika",
    "toita": "tyo", "toiden": "tyo", "miehen": "mies", "miehet": "mies", "miesten": "mies",
    "children": "child", "people": "person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared.

    ``plain`` are its letters without marks, ``stems`` what is left without endings, ``keys`` the
    stems with the kind of their last vowel: the same word in another form has a key in common.
    """

    plain: str
    stems: frozenset[str]
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
        return Word(letters, frozenset(), frozenset((letters,)), language)
    known = _IRREGULAR.get(letters, unicodedata.normalize("NFC", written.casefold()))
    stem = plain(_stemmer(language).stemWord(known))
    stems = frozenset(_stems(letters, stem, language)) - {""}
    keys = stems if language != "fi" else frozenset().union(*map(_vowel_keys, stems))
    return Word(letters, stems, keys, language)


def _stemmer(language: str) -> Any:
    # A stemmer works in place, so each thread has its own.
    kept: dict[str, Any] = _stemmers.__dict__
    if language not in kept:
        import snowballstemmer  # noqa: PLC0415 -- every language's rules; no start waits for them

        kept[language] = snowballstemmer.stemmer(_STEMMERS.get(language, "finnish"))
    return kept[language]


def _stems(letters: str, stem: str, language: str) -> set[str]:
    if language == "fi":
        return {_finnish(one) for one in _finnish_stems(letters, stem)}
    if language == "sv":
        return {one.replace("ck", "k") for one in (stem, _ENDING_SV.sub("", stem))}
    return {stem}


def _finnish_stems(letters: str, stem: str) -> Iterator[str]:
    """The stem and, where the stemmer can't tell, what else it may be: asukkaat, vesi."""
    yield _STEM_OF_NEN.sub("", stem) if letters.endswith("nen") else stem
    doubled = _DOUBLED.search(letters)
    if doubled is not None:
        yield f"{letters[: doubled.start()]}{doubled[1]}{doubled[2]}s"
    short = _SHORT_SI.match(letters)
    if short is not None:
        yield f"{short[1]}t"
        yield f"{short[1]}s"
    if letters.endswith("pa"):  # which the stemmer takes for the ending of a question
        yield letters


def _finnish(stem: str) -> str:
    for pattern, instead in _GRADES:
        stem = pattern.sub(instead, stem)
    return stem


def _bare(stem: str) -> str:
    bare = stem.rstrip(_VOWELS)
    return bare if len(bare) >= SHORTEST - 1 else stem


def _vowel_keys(stem: str) -> frozenset[str]:
    """The stem without its last vowels, with the kind of each; with all where it has none."""
    bare = _bare(stem)
    if not stem.endswith(tuple(_VOWELS)):
        return frozenset(bare + kind for kind in ("A", "I", "U"))
    last = stem[len(bare) :] or stem[-1]
    return frozenset(bare + _LAST_VOWELS[vowel] for vowel in last)


def likeness(asked: Word, found: Word) -> float:
    """How surely a found word is the asked one: 1 for the same form, 0 for another word.

    The same word in another form, the beginning of a word, and a part of a compound come between.
    """
    if asked.plain == found.plain:
        return 1.0
    if asked.is_number or found.is_number:
        return 0.0
    if not asked.stems.isdisjoint(found.stems):
        return 0.9
    if not asked.keys.isdisjoint(found.keys):
        return 0.85
    if _ending_apart(asked.plain, found.plain, found.language):
        return 0.85
    return _part(asked, found)


def _ending_apart(one: str, other: str, language: str) -> bool:
    """Whether one word is the other with a short ending: intranet, intranetin."""
    short, long = sorted((one, other), key=len)
    near = len(short) > COMPOUND and len(long) - len(short) <= 2 and long.startswith(short)
    return near and not _derives(long, short, language)


def _derives(whole: str, part: str, language: str) -> bool:
    """Whether a longer word is derived from a whole word instead of being a compound of it.

    A beginning that ends in a consonant is no word but one that is being typed: rakenn, rakennus.
    """
    if language != "fi" or not part.endswith(tuple(_VOWELS)) or not whole.startswith(part):
        return False
    return _DERIVED.match(whole, len(part)) is not None


def _part(asked: Word, found: Word) -> float:
    if any(_derives(found.plain, part, found.language) for part in (asked.plain, *asked.stems)):
        return 0.0
    if len(asked.plain) >= SHORTEST and found.plain.startswith(asked.plain):
        return 0.3 + 0.3 * len(asked.plain) / len(found.plain)
    if found.language == "en" or len(asked.plain) < COMPOUND:
        return 0.0
    for part in (asked.plain, *asked.stems):
        for whole in (found.plain, *found.stems):
            if len(part) >= COMPOUND and whole.startswith(part):
                return 0.3 + 0.25 * len(part) / len(whole)
            if len(part) > COMPOUND and part in whole:
                return 0.4
    return 0.4 if any(_ends(one, whole) for one in asked.stems for whole in found.stems) else 0.0


def _ends(part: str, whole: str) -> bool:
    """Whether a compound ends in the word: rakennusluvat in lupa."""
    last, end = _bare(part), _bare(whole)
    before = len(end) - len(last)
    needed = 4 if len(last) < COMPOUND else 2
    return len(last) >= SHORTEST and before >= needed and end.endswith(last)


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
