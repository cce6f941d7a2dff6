"""Two made-up survey rounds: a seeded generator's answers, counted, frozen and published."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from digitiekartta.levels import services as levels
from digitiekartta.surveys import services as surveys
from digitiekartta.surveys.models import RoundUnit
from digitiekartta.surveys.services import answers
from digitiekartta.surveys.services.rounds import Settings
from digitiekartta.surveys.services.units import Group

from .events import Event
from .facts import Facts, data, day, intent_on, known

STAFF = {
    "keskushallinto": (88, 0.58),
    "tietohallinto": (8, 0.88),
    "henkilostohallinto": (7, 0.72),
    "taloushallinto": (13, 0.62),
    "viestinta": (4, 0.75),
    "varhaiskasvatus": (255, 0.36),
    "perusopetus": (340, 0.42),
    "elamanlaatupalvelut": (92, 0.51),
    "tekninen-toimiala": (153, 0.38),
}
"""Headcount of each group, and the share of it that answers. Plausible for a town of 15,000."""

SPREAD = 0.95
"""The standard deviation of a group's answers around its own level."""

CANNOT_SAY = 0.05
Levels = list[int | None]


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up respondent."""

    party: str
    levels: Levels


def rounds(facts: Facts, now: datetime.datetime) -> list[Event]:
    """The rounds as events: opened and answered on one day, closed the day after the last one."""
    events: list[Event] = []
    for one in data("example.json")["rounds"]:
        played = PlayedRound(facts, now, one)
        events.append(Event(day(one["opens_on"]), played.open))
        events.append(Event(day(one["closes_on"]) + datetime.timedelta(days=1), played.close))
    return events


@dataclass(slots=True)
class PlayedRound:
    """A round of the example, as its data file has it."""

    facts: Facts
    now: datetime.datetime
    one: dict[str, Any]
    round_id: UUID | None = None

    def open(self) -> None:
        """Makes the round with its groups and codes, opens it, and counts its answers."""
        opened = day(self.one["opens_on"])
        ledger_id, intent = self.facts.ledger_id, intent_on(opened, self.now)
        settings = Settings(self.one["name"], opened, day(self.one["closes_on"]))
        made = surveys.make_round(
            ledger_id=ledger_id,
            intent=intent,
            framework_id=self.facts.framework_id,
            settings=settings,
            example=True,
        )
        round_id = self.round_id = known(made.entity_id)
        surveys.set_units(
            ledger_id=ledger_id,
            intent=intent,
            round_id=round_id,
            groups=[Group(self.facts.parties[key], staff) for key, (staff, _) in STAFF.items()],
            example=True,
        )
        units = dict(RoundUnit.objects.filter(round=round_id).values_list("party_id", "pk"))
        for unit_id in units.values():
            surveys.make_codes(ledger_id=ledger_id, intent=intent, unit_id=unit_id)
        surveys.open_round(ledger_id=ledger_id, intent=intent, round_id=round_id)
        answers.count(_submissions(self.facts, self.one, units))

    def close(self) -> None:
        """Freezes and publishes the results, and makes them a measurement."""
        closed = day(self.one["closes_on"]) + datetime.timedelta(days=1)
        ledger_id, intent = self.facts.ledger_id, intent_on(closed, self.now)
        round_id = known(self.round_id)
        surveys.close_round(ledger_id=ledger_id, intent=intent, round_id=round_id)
        surveys.publish_results(ledger_id=ledger_id, intent=intent, round_id=round_id)
        levels.adopt_round(
            ledger_id=ledger_id,
            intent=intent,
            round_id=round_id,
            source=self.one["source"],
            is_baseline=self.one.get("is_baseline", False),
        )


def _submissions(
    facts: Facts, one: dict[str, Any], units: dict[UUID, UUID]
) -> list[answers.Submission]:
    """Without codes: who would have held which is nobody's knowledge, in the example either."""
    return [
        answers.Submission(units[facts.parties[person.party]], tuple(person.levels))
        for person in made_up_answers(one["levels"], one["seed"], one["participation"])
    ]


def made_up_answers(targets: list[float], seed: int, participation: float) -> list[Person]:
    """Respondents whose weighted means, to one decimal, are the targets of the questions.

    Drawn around each group's own level, then nudged one answer at a time. ``participation`` is
    how many answer for one in ``STAFF``.
    """
    chance = random.Random(seed)  # noqa: S311 -- example data, the same every time
    offsets = {party: chance.uniform(-0.35, 0.35) for party in STAFF}
    people = [
        Person(party, [_drawn(chance, target + offsets[party]) for target in targets])
        for party, (headcount, rate) in STAFF.items()
        for _ in range(min(headcount, round(headcount * rate * participation)))
    ]
    for question, target in enumerate(targets):
        _nudge(people, question, target, chance)
    return people


def _drawn(chance: random.Random, level: float) -> int:
    if chance.random() < CANNOT_SAY:
        return 0
    return min(5, max(1, round(chance.gauss(level, SPREAD))))


def _nudge(people: list[Person], question: int, target: float, chance: random.Random) -> None:
    """Moves single answers by one level until the weighted mean is where it should be."""
    off = _weighted_mean(people, question) - target
    while abs(off) > 0.01:
        person = chance.choice(people)
        level = person.levels[question] or 0
        moved = level - (1 if off > 0 else -1)
        if level and 1 <= moved <= 5:
            person.levels[question] = moved
            off = _weighted_mean(people, question) - target


def _weighted_mean(people: list[Person], question: int) -> float:
    """The mean of the sectors' means, weighted by their headcounts."""
    sums: dict[str, list[int]] = {}
    for person in people:
        level = person.levels[question]
        if level:
            sums.setdefault(SECTOR.get(person.party, person.party), []).append(level)
    weights = {sector: _headcount(sector) for sector in sums}
    total = sum(weights.values())
    return sum(weights[one] * sum(given) / len(given) for one, given in sums.items()) / total


SECTOR = dict.fromkeys(
    ("tietohallinto", "henkilostohallinto", "taloushallinto", "viestinta"), "keskushallinto"
)


def _headcount(sector: str) -> int:
    return sum(
        headcount for party, (headcount, _) in STAFF.items() if SECTOR.get(party, party) == sector
    )
