"""Made-up municipalities of any size: everything that a list shows, in a few entries of the log.

``python -m bench.data SLUG COUNT`` adds one to the database that the settings name.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

_SECTORS = 10
_GOALS = 8
_WORDS = (
    "sähköinen",
    "asiointi",
    "palvelu",
    "verkko",
    "kouluttaa",
    "henkilöstö",
    "tieto",
    "johtaminen",
    "kartoittaa",
    "hankinta",
    "ohjelmisto",
    "tietosuoja",
    "osaaminen",
    "yhteinen",
    "malli",
    "kehittää",
    "prosessi",
    "automaatio",
    "etätyö",
    "viestintä",
    "turvallisuus",
    "laite",
    "ylläpito",
    "tiedonhallinta",
    "arkisto",
    "rajapinta",
    "avoin",
    "data",
    "kokeilu",
    "seuranta",
)


def make_municipality(slug: str, count: int) -> UUID:
    """A published municipality with so many actions, each with money and an effect; its ledger.

    There is no approved version, so that all actions are public. The same slug and count make
    the same texts.
    """
    from digitiekartta.history.rules import Intent  # noqa: PLC0415 - after Django's set-up
    from digitiekartta.history.services import commit  # noqa: PLC0415
    from digitiekartta.municipalities import services  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    intent = Intent(actor=None, at=now())
    name = {"fi": slug.capitalize()}
    ledger_id, _ = services.create_municipality(intent=intent, slug=slug, name=name, genitive=name)

    def write(pen: Any) -> Any:
        return _Writer(pen, random.Random(f"{slug} {count}")).write(count)

    commit(ledger_id=ledger_id, kind="bench", intent=intent, write=write)
    services.publish_municipality(ledger_id=ledger_id, intent=intent)
    return ledger_id


class _Writer:
    """Writes all rows of one made-up municipality through the pen."""

    def __init__(self, pen: Any, chance: random.Random) -> None:
        self._pen = pen
        self._chance = chance

    def write(self, count: int) -> Any:
        from digitiekartta.municipalities.models import Framework, Party  # noqa: PLC0415
        from digitiekartta.municipalities.rules import HalfYear, PartyKind  # noqa: PLC0415
        from digitiekartta.roadmaps.models import Goal, Roadmap  # noqa: PLC0415

        pen = self._pen
        scale = [{"level": level, "name": {"fi": str(level)}} for level in range(1, 6)]
        framework = pen.add(Framework, name={"fi": "Kehikko"}, scale=scale)
        first, last = HalfYear(2025, 1), HalfYear(2028, 2)
        roadmap = pen.add(
            Roadmap,
            title={"fi": "Digitiekartta 2025–2028"},
            first=first,
            last=last,
            framework=framework,
            published=True,
        )
        parties = [
            pen.add(Party, kind=PartyKind.SECTOR, name=self._text(2), slug=f"toimiala-{n}", rank=n)
            for n in range(_SECTORS)
        ]
        goals = [
            pen.add(Goal, roadmap=roadmap, title=self._text(5), number=n + 1, rank=n)
            for n in range(_GOALS)
        ]
        for serial in range(1, count + 1):
            self._add_action(roadmap, serial, self._chance.choice(parties), goals)
        return roadmap

    def _add_action(self, roadmap: Any, serial: int, party: Any, goals: list[Any]) -> None:
        from digitiekartta.municipalities.rules import HalfYear  # noqa: PLC0415
        from digitiekartta.roadmaps.models import Action  # noqa: PLC0415
        from digitiekartta.roadmaps.rules import Status  # noqa: PLC0415

        chance = self._chance
        goal = chance.choice(goals)
        first = HalfYear(chance.randint(2025, 2027), chance.randint(1, 2))
        last = first.plus(chance.randint(0, 2))
        action = self._pen.add(
            Action,
            roadmap=roadmap,
            serial=serial,
            number=f"{goal.number}.{serial}",
            title=self._text(6),
            statement=self._text(20),
            benefit=self._text(12),
            goal=goal,
            responsible=party,
            original_first=first,
            original_last=last,
            first=first,
            last=last,
            status=chance.choice(list(Status)),
            rank=serial,
        )
        self._add_parts(action, first.year)

    def _add_parts(self, action: Any, year: int) -> None:
        from digitiekartta.roadmaps import rules  # noqa: PLC0415 - after Django's set-up
        from digitiekartta.roadmaps.models import Effect, Funding  # noqa: PLC0415

        chance = self._chance
        self._pen.add(
            Funding,
            action=action,
            year=year,
            kind=chance.choice(list(rules.FundingKind)),
            state=chance.choice(list(rules.FundingState)),
            amount=chance.randint(1, 100) * 1000,
        )
        self._pen.add(
            Effect,
            action=action,
            effect_class=chance.choice(list(rules.EffectClass)),
            phase=rules.EffectPhase.EXPECTED,
            text=self._text(10),
        )

    def _text(self, words: int) -> dict[str, str]:
        return {"fi": " ".join(self._chance.choice(_WORDS) for _ in range(words)).capitalize()}


def arguments() -> Iterator[tuple[str, int]]:
    given = iter(sys.argv[1:])
    for slug in given:
        yield slug, int(next(given))


def main() -> None:
    import django  # noqa: PLC0415 - only as a command

    django.setup()
    for slug, count in arguments():
        make_municipality(slug, count)


if __name__ == "__main__":
    main()
