"""A municipality in three languages that asks its staff, for the tests of what respondents meet."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any
from uuid import UUID

from digitiekartta.municipalities import services as municipalities
from digitiekartta.surveys import services
from digitiekartta.surveys.models import RoundUnit
from digitiekartta.surveys.rules import Way, shown_code
from digitiekartta.surveys.services.units import Group
from tests.kauhava import NOW, intent

from .respondent_server import FIRST_DAY, LAST_DAY, STAFF
from .rounds import Stage, new_party, settings

WAYS = {"hallinto": Way.EMAIL, "varikko": Way.PAPER, "kirjasto": Way.OPEN_LINK}
NAME = {"fi": "Digikysely 2026", "sv": "Digienkät 2026", "en": "Digital survey 2026"}


@dataclass(frozen=True)
class AskedTown:
    """A municipality with a round, and the codes by group as they are printed."""

    stage: Stage
    codes: Mapping[str, list[str]]

    @property
    def slug(self) -> str:
        return self.stage.slug

    @property
    def link(self) -> str:
        """What the address of the open link holds."""
        units = RoundUnit.objects.filter(round_id=self.stage.round_id, way=Way.OPEN_LINK)
        return str(units.values_list("link", flat=True).get())

    def path(self, end: str = "", language: str = "fi") -> str:
        """An address of the survey."""
        prefix = "" if language == "fi" else f"/{language}"
        return f"{prefix}/{self.slug}/kysely/{end}"

    def told(self) -> dict[str, Any]:
        """What another process must know."""
        return {
            "slug": self.slug,
            "round": str(self.stage.round_id),
            "link": self.link,
            "codes": dict(self.codes),
        }


def facts() -> Any:
    """The source document's perspectives and scale, in three languages."""
    package = resources.files("digitiekartta.config.example")
    return json.loads(package.joinpath("kauhava.json").read_text("utf-8"))


def in_three(text: str) -> dict[str, str]:
    return dict.fromkeys(("fi", "sv", "en"), text)


def new_town(slug: str, *, published: bool = True) -> UUID:
    """A municipality in three languages with a framework; its ledger."""
    ledger_id, _ = municipalities.create_municipality(
        intent=intent(at=NOW),
        slug=slug,
        name=in_three(slug.capitalize()),
        genitive=in_three(slug.capitalize()),
        languages=["fi", "sv", "en"],
        contact="kysely@example.org",
    )
    held = facts()
    municipalities.add_framework(
        ledger_id=ledger_id,
        intent=intent(),
        name=held["framework"]["name"],
        version=1,
        scale=held["framework"]["scale"],
        perspectives=[{**one, "note": one["note"] or {}} for one in held["perspectives"]],
    )
    municipalities.publish_municipality(ledger_id=ledger_id, intent=intent(), published=published)
    return ledger_id


def drafted(ledger_id: UUID, slug: str, ways: Mapping[str, Way] = WAYS, **more: Any) -> Stage:
    """A draft in a municipality, with groups of these ways of answering."""
    from digitiekartta.municipalities.models import Framework, Party  # noqa: PLC0415

    values = {"name": NAME, "opens_on": FIRST_DAY, "closes_on": LAST_DAY, **more}
    receipt = services.make_round(
        ledger_id=ledger_id,
        intent=intent(),
        framework_id=Framework.objects.get(ledger_id=ledger_id).pk,
        settings=settings(**values),
    )
    assert receipt.entity_id is not None
    parties = {one.slug: one.pk for one in Party.objects.filter(ledger_id=ledger_id)}
    services.set_units(
        ledger_id=ledger_id,
        intent=intent(),
        round_id=receipt.entity_id,
        groups=[
            Group(parties.get(one) or new_party(ledger_id, one), STAFF.get(one, 20), way)
            for one, way in ways.items()
        ],
    )
    return Stage(ledger_id, slug, receipt.entity_id)


def asked_town(
    slug: str = "kunta",
    *,
    published: bool = True,
    ways: Mapping[str, Way] = WAYS,
    at: datetime.datetime = NOW,
    **more: Any,
) -> AskedTown:
    """A municipality whose round is open from 1.12. to 23.12.2026."""
    stage = drafted(new_town(slug, published=published), slug, ways, **more)
    codes = {
        one: [shown_code(code) for code in stage.codes(one)]
        for one, way in ways.items()
        if way is not Way.OPEN_LINK
    }
    stage.open(at=at)
    return AskedTown(stage, codes)
