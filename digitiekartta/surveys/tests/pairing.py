"""A tester who knows in which order codes were used, and pairs them with answers.

She is helped: she is told what was answered in each group, only not by whom. Whatever in the copies
looks like one person's answers she reads in every order that rows have, physical order and system
columns included, and pairs it with the codes in the order of their use. Finding nothing, she tries
the orders that are left: of use, of hashes, of the answers themselves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from .copies import Seen, Sent, Vector

Pairing = tuple[Vector, ...]
"""An answer for each code, in the order of use."""


def vectors_in(row: Iterable[Any], questions: int) -> Iterator[Vector]:
    """What in a row looks like one person's answers."""
    for value in row:
        if isinstance(value, str) and value.startswith("["):
            try:
                value = json.loads(value)
            except ValueError:
                continue
        if isinstance(value, bytes | memoryview):
            value = list(bytes(value))
        fits = isinstance(value, list | tuple) and len(value) == questions
        if fits and all(isinstance(one, int) and 0 <= one <= 5 for one in value):
            yield tuple(value)


def read_pairings(seen: Seen, questions: int) -> Iterator[Pairing]:
    """What the rows of every table tell in every order of theirs."""
    for rows in seen.tables.values():
        if not any(True for row in rows for _ in vectors_in(row, questions)):
            continue
        for column in range(len(rows[0])):
            ordered = sorted(rows, key=lambda row: repr(row[column]).zfill(40))
            yield tuple(one for row in ordered for one in vectors_in(row, questions))


def guessed_pairings(
    forms: Sequence[Sent], hash_of: Callable[[str], bytes], seed: int
) -> Iterator[Pairing]:
    """What is left to try where no row holds one person's answers: orders within each group."""
    chance = random.Random(seed)  # noqa: S311
    orders: list[Callable[[list[Sent]], list[Sent]]] = [
        lambda group: sorted(group, key=lambda one: one.answers),
        lambda group: sorted(group, key=lambda one: sum(one.answers)),
        lambda group: sorted(group, key=lambda one: one.answers, reverse=True),
        lambda group: chance.sample(group, len(group)),
    ]
    keys: list[Callable[[tuple[int, Sent]], Any]] = [
        lambda one: one[0],
        lambda one: hash_of(one[1].code),
        lambda one: one[1].code,
    ]
    for order in orders:
        for key in keys:
            yield _paired(forms, order, key)


def _paired(
    forms: Sequence[Sent],
    order: Callable[[list[Sent]], list[Sent]],
    key: Callable[[tuple[int, Sent]], Any],
) -> Pairing:
    guesses: dict[int, Vector] = {}
    for group in {one.group for one in forms}:
        here = sorted(
            ((place, one) for place, one in enumerate(forms) if one.group == group), key=key
        )
        answers = order([one for _, one in here])
        guesses.update((place, one.answers) for (place, _), one in zip(here, answers, strict=True))
    return tuple(guesses[place] for place in range(len(forms)))


def score(pairing: Pairing, truth: Sequence[Sent]) -> int:
    """How many codes are paired with what was answered by them."""
    return sum(guess == one.answers for guess, one in zip(pairing, truth, strict=False))


def chance_of(
    pairings: Sequence[Pairing], truth: Sequence[Sent], *, rounds: int, seed: int
) -> float:
    """How often the best of the pairings does as well where answers were given by others.

    A permutation test: answers are dealt anew within each group. Near 0: the tester knows.
    """
    dealt = random.Random(seed)  # noqa: S311
    reached = max(score(one, truth) for one in pairings)
    as_good = 0
    for _ in range(rounds):
        other = dealt_anew(truth, dealt)
        as_good += max(score(one, other) for one in pairings) >= reached
    return (as_good + 1) / (rounds + 1)


def dealt_anew(forms: Sequence[Sent], chance: random.Random) -> list[Sent]:
    """The same codes in the same order, with the answers of each group dealt to others of it."""
    answers = {
        group: chance.sample([one.answers for one in forms if one.group == group], k=count)
        for group, count in _counts(forms).items()
    }
    return [Sent(one.group, one.code, answers[one.group].pop()) for one in forms]


def used_otherwise(forms: Sequence[Sent], chance: random.Random) -> list[Sent]:
    """The same pairs in another order, in which each place keeps its group."""
    pairs = {
        group: chance.sample([one for one in forms if one.group == group], k=count)
        for group, count in _counts(forms).items()
    }
    return [pairs[one.group].pop() for one in forms]


def _counts(forms: Sequence[Sent]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in forms:
        counts[one.group] = counts.get(one.group, 0) + 1
    return counts
