"""Nobody can tell who answered what: not from a copy of everything, knowing the order of use.

The test of rule 8 of docs/survey-method.md, on both databases. The stronger half of it: had others
of the same group given the same answers, or had they come in another order, everything that can be
read would be the same, byte for byte. From what is the same nobody can tell which it was.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from digitiekartta.surveys.rules import hashed_code, shown_code

from .copies import Copy, Seen, Sent, Vector, copied, prepared, sent_in_order
from .pairing import (
    chance_of,
    dealt_anew,
    guessed_pairings,
    read_pairings,
    score,
    used_otherwise,
)

pytestmark = pytest.mark.database
MANY, QUESTIONS, SEED = 200, 11, 20261209
UNUSUAL: Vector = (5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5)


def forms_of(base: Copy) -> list[Sent]:
    """200 codes of ten groups in an order that is known, each with answers of its own."""
    chance = random.Random(SEED)  # noqa: S311
    codes = [(group, code) for group, all in base.given["codes"].items() for code in all[:20]]
    chance.shuffle(codes)
    answers: set[Vector] = {UNUSUAL}
    while len(answers) < MANY:
        answers.add(tuple(chance.choices(range(6), k=QUESTIONS)))
    levels = chance.sample(sorted(answers), k=MANY)
    return [Sent(group, code, one) for (group, code), one in zip(codes, levels, strict=True)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    with prepared(tmp_path_factory.mktemp("unlinkable")) as copy:
        yield copy


@pytest.fixture(scope="module")
def seen(base: Copy) -> Iterator[Seen]:
    """All that is to be seen after the 200 have answered."""
    with copied(base, "first") as copy:
        yield sent_in_order(copy, forms_of(base))


def assert_the_same(one: Seen, other: Seen) -> None:
    assert one.tables == other.tables
    assert one.dump == other.dump
    assert one.files == other.files


def test_had_others_given_the_answers_everything_would_be_the_same(base: Copy, seen: Seen) -> None:
    forms = forms_of(base)
    others = dealt_anew(forms, random.Random(SEED + 1))  # noqa: S311
    assert sum(a != b for a, b in zip(forms, others, strict=True)) > MANY * 0.9
    with copied(base, "dealt") as copy:
        assert_the_same(seen, sent_in_order(copy, others))


def test_in_whatever_order_they_come_everything_is_the_same(base: Copy, seen: Seen) -> None:
    forms = forms_of(base)
    other_order = used_otherwise(forms, random.Random(SEED + 2))  # noqa: S311
    assert forms[-1] != other_order[-1]
    with copied(base, "order") as copy:
        assert_the_same(seen, sent_in_order(copy, other_order))


def test_who_knows_the_order_of_use_pairs_codes_and_answers_no_better_than_chance(
    base: Copy, seen: Seen
) -> None:
    forms = forms_of(base)
    salt = b"whatever she likes to sort by"
    assert list(read_pairings(seen, QUESTIONS)) == []
    pairings = list(guessed_pairings(forms, lambda code: hashed_code(code, salt), SEED))
    assert chance_of(pairings, forms, rounds=400, seed=SEED) > 0.01


def test_nothing_of_one_person_stands_anywhere(base: Copy, seen: Seen) -> None:
    forms = forms_of(base)
    everything = seen.everything
    for one in forms:
        for written in (
            one.code.encode(),
            shown_code(one.code).encode(),
            str(list(one.answers)).encode(),
            "".join(map(str, one.answers)).encode(),
            ",".join(map(str, one.answers)).encode(),
            bytes(one.answers),
            bytes(one.answers).hex().encode(),
        ):
            assert written not in everything


def test_the_log_of_the_server_holds_no_request(seen: Seen) -> None:
    for word in (b"POST", b"kysely", b"code", b"q1", b"round", b"ERROR", b"127.0.0.1 "):
        assert word not in seen.log


def test_the_journal_is_empty_when_nobody_answers(base: Copy, seen: Seen) -> None:
    """SQLite's write-ahead file shows earlier counts; it is emptied after a second's rest."""
    if base.url:
        pytest.skip("SQLite alone has the file")
    with copied(base, "quiet") as copy:
        sent_in_order(copy, forms_of(base)[:3])
        journal = copy.var / "digitiekartta.sqlite3-wal"
        assert not journal.exists() or journal.stat().st_size == 0


def test_the_tester_finds_a_planted_leak(base: Copy, seen: Seen) -> None:
    """A row for each answer under a random key, and the same tester knows everything."""
    forms = forms_of(base)
    with copied(base, "leaky") as copy:
        leaked = sent_in_order(copy, forms, "leak")
    pairings = list(read_pairings(leaked, QUESTIONS))
    assert max(score(one, forms) for one in pairings) == MANY
    assert chance_of(pairings, forms, rounds=400, seed=SEED) < 0.01
    assert str(list(UNUSUAL)).encode() in leaked.everything
    assert seen.tables != leaked.tables
