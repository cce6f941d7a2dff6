"""What is kept of answers: counts per question and the used codes, each one value of fixed length.

Pure; no Django. A value is always rewritten whole and at its old length, and depends on the set of
what was added alone, never on the order.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from .rules import unsealed
from .statistics import LEVELS, Distribution

HASH_LENGTH = 16
_PLACES = 1 + len(LEVELS)
_COUNT_LENGTH = 4

Levels = Sequence[int | None]


def no_counts(questions: int) -> bytes:
    """The counts of a group that nobody has answered in."""
    return bytes(questions * _PLACES * _COUNT_LENGTH)


def questions_of(counts: bytes) -> int:
    """How many questions the counts are of."""
    return len(counts) // (_PLACES * _COUNT_LENGTH)


def counted(counts: bytes, answers: Iterable[Levels]) -> bytes:
    """The counts with people's answers added, one level, DONT_KNOW or None for each question.

    Raises ValueError where somebody answered another number of questions.
    """
    numbers = _numbers(counts)
    questions = questions_of(counts)
    for levels in answers:
        if len(levels) != questions:
            raise ValueError(f"{len(levels)} answers to {questions} questions")
        for question, level in enumerate(levels):
            if level is not None:
                numbers[question * _PLACES + level] += 1
    return struct.pack(f">{len(numbers)}I", *numbers)


def distributions(counts: bytes) -> tuple[Distribution, ...]:
    """The counts as distributions, one for each question."""
    numbers = _numbers(counts)
    rows = (numbers[start : start + _PLACES] for start in range(0, len(numbers), _PLACES))
    return tuple(
        Distribution((one, two, three, four, five), dont_know=unknown)
        for unknown, one, two, three, four, five in rows
    )


def place_of(given: bytes, hashed: bytes) -> int | None:
    """A code's place in a sealed set; None where it is not in it."""

    def hash_at(place: int) -> bytes:
        return given[place * HASH_LENGTH : (place + 1) * HASH_LENGTH]

    size = len(given) // HASH_LENGTH
    place = bisect_left(range(size), hashed, key=hash_at)
    return place if place < size and hash_at(place) == hashed else None


def none_used(codes: int) -> bytes:
    """The marks of a sealed set of so many codes, of which none is used."""
    return bytes(-(-codes // 8))


def is_used(used: bytes, place: int) -> bool:
    """Whether the code at a place is used."""
    return bool(used[place >> 3] >> (place & 7) & 1)


def marked(used: bytes, places: Iterable[int]) -> bytes:
    """The marks with the codes at these places marked as used."""
    marks = bytearray(used)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return bytes(marks)


def moved(used: bytes, given: bytes, larger: bytes) -> bytes:
    """The marks of a sealed set, moved to the places that its codes have in a larger one."""
    places = {hashed: place for place, hashed in enumerate(unsealed(larger))}
    return marked(
        none_used(len(places)),
        (places[one] for place, one in enumerate(unsealed(given)) if is_used(used, place)),
    )


def _numbers(counts: bytes) -> list[int]:
    return list(struct.unpack(f">{len(counts) // _COUNT_LENGTH}I", counts))
