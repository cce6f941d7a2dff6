"""Values and rules of survey rounds. No Django, no clock."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

K_MEAN = 5
"""The smallest group whose mean is shown. A municipality may raise it, never lower it."""

K_DISTRIBUTION = 10
"""The smallest group whose distribution and interval are shown."""

DONT_KNOW = 0
"""En osaa sanoa: counts as an answer in the response rate, never in a mean."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
"""31 letters without those that look alike: 59 bits, shown in groups of four."""

_HELSINKI = ZoneInfo("Europe/Helsinki")


class RoundState(StrEnum):
    """Where a round stands. It moves only forward."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Way(StrEnum):
    """How a unit's staff get to the form."""

    EMAIL = "email"
    PAPER = "paper"
    OPEN_LINK = "open_link"


class Broken(StrEnum):
    """The rules that a write to a round can break; their words are in ``words.py``."""

    NOT_DRAFT = "not_draft"
    NOT_OPEN = "not_open"
    NOT_CLOSED = "not_closed"
    NOT_PUBLISHED = "not_published"
    K_TOO_SMALL = "k_too_small"
    NO_UNITS = "no_units"
    NO_QUESTIONS = "no_questions"
    HEADCOUNT_NEEDED = "headcount_needed"
    UNIT_TWICE = "unit_twice"
    NOT_STAFF = "not_staff"
    NOT_A_TREE = "not_a_tree"
    TOO_FEW_TO_MERGE = "too_few_to_merge"
    NOT_BESIDE = "not_beside"
    MERGED_ALREADY = "merged_already"
    DATES_NEEDED = "dates_needed"
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"
    OVER_ALREADY = "over_already"
    NOT_OVER = "not_over"
    ONLY_LATER = "only_later"
    NO_CODES_HERE = "no_codes_here"
    TOO_MANY_CODES = "too_many_codes"
    OFF_THE_SCALE = "off_the_scale"
    WRONG_NUMBER_OF_ANSWERS = "wrong_number_of_answers"
    NOTHING_ANSWERED = "nothing_answered"


class RoundError(ValueError):
    """A write that breaks a rule of rounds; nothing was changed."""

    def __init__(self, rule: Broken) -> None:
        super().__init__(str(rule))
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Answers:
    """One person's answers, in the order of the round's questions.

    Each is a level 1–5, ``DONT_KNOW``, or None where the question was left unanswered, which is
    not level 1. Raises RoundError for anything else, or when nothing was answered at all.
    """

    levels: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if any(one is not None and not 0 <= one <= 5 for one in self.levels):
            raise RoundError(Broken.OFF_THE_SCALE)
        if all(one is None for one in self.levels):
            raise RoundError(Broken.NOTHING_ANSWERED)


def new_code() -> str:
    """A code that nobody can guess, as it is kept: without dashes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """A code as it is printed: ``K7QM-2XPA-9RTV``."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def typed_code(typed: str) -> str:
    """A code as somebody typed it, without dashes and spaces; may be no code at all."""
    return "".join(one for one in typed.upper() if one.isalnum())


def hashed_code(code: str, salt: bytes) -> bytes:
    """Sixteen bytes by which a code is recognised. ``salt`` is the round's own."""
    return hashlib.blake2b(code.encode(), key=salt, digest_size=16).digest()


def code_count(headcount: int, spare_percent: int = 10) -> int:
    """How many codes a unit gets: one for each of its staff and at least two to spare."""
    return headcount + max(2, -(-headcount * spare_percent // 100))


def most_codes(headcount: int) -> int:
    """How many codes a unit can get in all: as many again as at first, for those that are lost."""
    return 2 * code_count(headcount)


def new_link() -> str:
    """What the address of a group's open link holds, so that only those who got it find the way."""
    return secrets.token_urlsafe(12)


def sealed(hashes: Sequence[bytes]) -> bytes:
    """A set of code hashes as one value whose order tells nothing: sorted, joined."""
    return b"".join(sorted(set(hashes)))


def unsealed(value: bytes) -> list[bytes]:
    """The hashes of a sealed set."""
    return [value[place : place + 16] for place in range(0, len(value), 16)]


def opens_at(opens_on: datetime.date) -> datetime.datetime:
    """The moment from which answers are taken: the day's first, in Finland. In UTC, so that moments
    compare rightly whatever the clocks are set to."""
    start = datetime.datetime.combine(opens_on, datetime.time(), _HELSINKI)
    return start.astimezone(datetime.UTC)


def closes_at(closes_on: datetime.date) -> datetime.datetime:
    """The moment from which no answer is taken: the midnight that ends the closing day. In UTC."""
    return opens_at(closes_on + datetime.timedelta(days=1))


def day_in_finland(at: datetime.datetime) -> datetime.date:
    """The day that a moment belongs to in Finland."""
    return at.astimezone(_HELSINKI).date()
