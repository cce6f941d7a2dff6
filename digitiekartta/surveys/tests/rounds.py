"""Rounds for the tests: a town with three groups, eleven questions and codes in hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Framework, Party
from digitiekartta.municipalities.rules import PartyKind
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes, Round, RoundUnit, Tally
from digitiekartta.surveys.rules import Broken, RoundError, Way, hashed_code
from digitiekartta.surveys.services.answers import KnownCode, Outcome, Submission
from digitiekartta.surveys.services.rounds import Settings
from digitiekartta.surveys.services.units import Group
from digitiekartta.surveys.tallies import distributions, place_of
from digitiekartta.ui.clock import HELSINKI
from tests.kauhava import NOW, SCALE, TODAY, intent, text

QUESTIONS = 11
CLOSES = TODAY + datetime.timedelta(days=14)
AFTER = datetime.datetime.combine(CLOSES, datetime.time(0, 1), HELSINKI) + datetime.timedelta(
    days=1
)
STAFF = {"a": 40, "b": 12, "c": 8}
"""The groups of a test's round by the slugs of their parties, with their staff."""


@dataclass(frozen=True)
class Stage:
    """A municipality with a round."""

    ledger_id: UUID
    slug: str
    round_id: UUID

    @property
    def round(self) -> Round:
        return Round.objects.get(pk=self.round_id)

    def unit(self, slug: str) -> RoundUnit:
        return RoundUnit.objects.get(round_id=self.round_id, party__slug=slug)

    def tally(self, slug: str) -> Tally:
        return Tally.objects.get(unit=self.unit(slug))

    def codes(self, slug: str, count: int | None = None) -> tuple[str, ...]:
        """New codes of a group."""
        made = services.make_codes(
            ledger_id=self.ledger_id, intent=intent(), unit_id=self.unit(slug).pk, count=count
        )
        return made.codes

    def open(self, **more: Any) -> None:
        services.open_round(ledger_id=self.ledger_id, intent=intent(**more), round_id=self.round_id)

    def close(self, *, at: datetime.datetime = AFTER, early: bool = False) -> None:
        services.close_round(
            ledger_id=self.ledger_id, intent=intent(at=at), round_id=self.round_id, early=early
        )

    def submission(self, slug: str, code: str | None, *levels: int | None) -> Submission:
        """Answers of somebody of a group; one level given is the answer to every question."""
        unit_id = self.unit(slug).pk
        whole = levels if len(levels) > 1 else levels * QUESTIONS
        known = None
        if code is not None:
            hashed = hashed_code(code, bytes(self.round.salt))
            given = bytes(Codes.objects.get(unit=unit_id).given)
            place = place_of(given, hashed)
            known = KnownCode(hashed, -1 if place is None else place, len(given) // 16)
        return Submission(unit_id, whole, known)

    def answer(self, slug: str, code: str | None, *levels: int | None) -> Outcome:
        """Somebody of a group answers by herself."""
        return services.store([self.submission(slug, code, *levels)])[0]

    def counted(self, slug: str) -> tuple[int, list[tuple[int, ...]]]:
        """How many of a group answered, and the counts of levels 1–5 by question."""
        tally = self.tally(slug)
        counts = [one.counts for one in distributions(bytes(tally.counts))]
        return tally.respondents, list(counts)


def perspectives() -> list[dict[str, Any]]:
    """Eleven perspectives, as many as the source document has."""
    return [
        {
            "number": number,
            "question": {"fi": f"Kysymys {number}", "sv": f"Fråga {number}"},
            "name": text(f"Näkökulma {number}"),
            "short_name": text(f"N{number}"),
            "group": "own_work" if number <= 4 else "whole",
        }
        for number in range(1, QUESTIONS + 1)
    ]


def new_framework(ledger_id: UUID) -> UUID:
    """A framework of eleven perspectives."""
    receipt = municipalities.add_framework(
        ledger_id=ledger_id,
        intent=intent(),
        name=text("Kehikko"),
        version=1,
        scale=SCALE,
        perspectives=perspectives(),
    )
    assert receipt.entity_id is not None
    return receipt.entity_id


def new_party(ledger_id: UUID, slug: str, **more: Any) -> UUID:
    """A sector, unless told otherwise."""
    values = {"kind": PartyKind.SECTOR, "name": text(slug.upper()), **more}
    receipt = municipalities.add_party(ledger_id=ledger_id, intent=intent(), slug=slug, **values)
    assert receipt.entity_id is not None
    return receipt.entity_id


def settings(**more: Any) -> Settings:
    """A name, and two weeks from now on."""
    return Settings(**{"name": text("Kysely"), "opens_on": TODAY, "closes_on": CLOSES, **more})


def new_round(ledger_id: UUID, **more: Any) -> UUID:
    """A draft that asks the first framework there is."""
    framework = Framework.objects.filter(ledger_id=ledger_id).first()
    receipt = services.make_round(
        ledger_id=ledger_id,
        intent=intent(),
        framework_id=framework.pk if framework is not None else new_framework(ledger_id),
        settings=settings(**more),
    )
    assert receipt.entity_id is not None
    return receipt.entity_id


def staged(
    slug: str = "lappajarvi",
    *,
    ways: Mapping[str, Way] | None = None,
    staff: Mapping[str, int] = STAFF,
    **more: Any,
) -> Stage:
    """A municipality with a draft whose groups are those of ``staff``."""
    ledger_id, _ = municipalities.create_municipality(
        intent=intent(at=NOW), slug=slug, name=text(slug), genitive=text(slug), languages=["fi"]
    )
    parties = {one: new_party(ledger_id, one) for one in staff}
    stage = Stage(ledger_id, slug, new_round(ledger_id, **more))
    services.set_units(
        ledger_id=ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        groups=[
            Group(parties[one], headcount, (ways or {}).get(one, Way.EMAIL))
            for one, headcount in staff.items()
        ],
    )
    return stage


def party(ledger_id: UUID, slug: str) -> Party:
    return Party.objects.get(ledger_id=ledger_id, slug=slug)


def broken(rule: Broken) -> Any:
    """Expects a rule of rounds to be broken."""
    return pytest.raises(RoundError, match=f"^{rule}$")


def opened(**more: Any) -> tuple[Stage, tuple[str, ...]]:
    """An open round with the codes of its first group."""
    stage = staged(**more)
    codes = stage.codes("a")
    stage.open()
    return stage, codes
