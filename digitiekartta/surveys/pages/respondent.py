"""What a respondent is told of a round: what it is, how it stands at a moment, what it protects."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ..models import Round
from ..rules import RoundState, Way, closes_at, day_in_finland, opens_at
from ..wording import wording_of

Text = Mapping[str, str]
QUESTIONS_A_MINUTE = 4
"""A quarter of a minute for a question: to read it, to think, to choose."""


class Standing(StrEnum):
    """How a round stands for those who are asked."""

    UPCOMING = "upcoming"
    OPEN = "open"
    COUNTING = "counting"
    """Answering has ended; the results are not published yet."""
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Facts:
    """A round as its respondents meet it. ``ways`` are those in use; no group's own is told."""

    id: UUID
    name: Text
    standing: Standing
    opens_on: datetime.date | None
    closes_on: datetime.date | None
    last_day: bool
    questions: int
    k_mean: int
    k_distribution: int
    ways: frozenset[Way]
    example: bool

    @property
    def minutes(self) -> int:
        """How many minutes answering takes, at least one."""
        return max(1, -(-self.questions // QUESTIONS_A_MINUTE))

    @property
    def by_code(self) -> bool:
        """Whether some of those who are asked have a code."""
        return bool(self.ways & {Way.EMAIL, Way.PAPER})

    @property
    def by_link(self) -> bool:
        """Whether some of those who are asked have an open link."""
        return Way.OPEN_LINK in self.ways


def standing_of(one: Round, at: datetime.datetime) -> Standing:
    """How a round that has been opened stands at a moment."""
    if one.state == RoundState.PUBLISHED:
        return Standing.PUBLISHED
    if one.state == RoundState.CLOSED:
        return Standing.COUNTING
    if one.opens_on is not None and at < opens_at(one.opens_on):
        return Standing.UPCOMING
    if one.closes_on is not None and at >= closes_at(one.closes_on):
        return Standing.COUNTING
    return Standing.OPEN


def facts_of(one: Round, ways: Collection[Way], at: datetime.datetime) -> Facts:
    """What respondents are told of a round. A draft is told of as if it were open."""
    return Facts(
        id=one.pk,
        name=one.name,
        standing=Standing.OPEN if one.state == RoundState.DRAFT else standing_of(one, at),
        opens_on=one.opens_on,
        closes_on=one.closes_on,
        last_day=one.closes_on == day_in_finland(at),
        questions=len(wording_of(one.wording).questions) if one.wording else 0,
        k_mean=one.k_mean,
        k_distribution=one.k_distribution,
        ways=frozenset(ways),
        example=one.example,
    )


@dataclass(frozen=True, slots=True)
class StartPage:
    """What there is to answer; where there is nothing, what comes next and what was last."""

    open: tuple[Facts, ...]
    upcoming: Facts | None
    last: Facts | None

    @property
    def shown(self) -> tuple[Facts, ...]:
        """The rounds that the page tells of."""
        return self.open or tuple(one for one in (self.upcoming, self.last) if one is not None)

    @property
    def example(self) -> bool:
        return any(one.example for one in self.shown)

    @property
    def main(self) -> Facts | None:
        """The round whose protection a reader asks for who names none."""
        return next(iter(self.shown), None)


def start_page(rounds: Iterable[Facts]) -> StartPage:
    """What is told of a municipality's rounds, the one that closes first before others."""
    held = sorted(rounds, key=lambda one: (one.closes_on or datetime.date.max, str(one.id)))
    over = [one for one in held if one.standing in (Standing.COUNTING, Standing.PUBLISHED)]
    upcoming = [one for one in held if one.standing is Standing.UPCOMING]
    return StartPage(
        open=tuple(one for one in held if one.standing is Standing.OPEN),
        upcoming=min(upcoming, key=lambda one: one.opens_on or datetime.date.max, default=None),
        last=over[-1] if over else None,
    )
