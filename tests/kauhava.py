"""The example municipality in the tests' database, and a small second one beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from digitiekartta.config.example.facts import load_facts
from digitiekartta.config.example.plan import load_plan
from digitiekartta.decisions.models import Frozen
from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry, Ledger
from digitiekartta.history.rules import Intent
from digitiekartta.history.tables import all_tables
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.rules import HalfYear, PartyKind, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action, Roadmap
from digitiekartta.roadmaps.plan.entities import Plan
from digitiekartta.roadmaps.queries import plan_of
from digitiekartta.roadmaps.rules import FundingKind, FundingState
from digitiekartta.roadmaps.services.actions import NewAction
from digitiekartta.ui.clock import HELSINKI

TODAY = datetime.date(2026, 12, 9)
NOW = datetime.datetime(2026, 12, 9, 10, 0, tzinfo=HELSINKI)
AUTUMN, SPRING = HalfYear(2026, 2), HalfYear(2027, 1)
SCALE = [
    {"level": level, "name": {"fi": name}}
    for level, name in enumerate(("heikko", "välttävä", "tyydyttävä", "hyvä", "erinomainen"), 1)
]


def text(fi: str) -> dict[str, str]:
    """A text in Finnish alone."""
    return {"fi": fi}


PERSPECTIVE = {
    "number": 1,
    "question": text("Osaamisesi"),
    "name": text("Osaaminen"),
    "short_name": text("Osaaminen"),
    "group": "own_work",
}


def intent(reason: str = "", *, at: datetime.datetime = NOW, **more: object) -> Intent:
    """Somebody's intent, now."""
    return Intent(actor=None, at=at, reason=reason, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Town:
    """A municipality in the tests' database."""

    ledger_id: UUID
    roadmap_id: UUID
    slug: str

    def plan(self, audience: Audience = Audience.PUBLIC, on: datetime.date = TODAY) -> Plan:
        return plan_of(self.ledger_id, audience=audience, on=on)

    def action(self, number: str) -> Action:
        return Action.objects.get(ledger_id=self.ledger_id, number=number)


@dataclass(frozen=True)
class _Table:
    """The rows of one table as the database takes them."""

    statement: str
    rows: list[list[object]]


_tables: list[_Table] = []


def load_kauhava() -> Town:
    """The example as it is loaded; played once, and its rows written as they are from then on.

    So a test has it in some hundredths of a second, not in seconds.
    """
    if not _tables:
        load_plan(load_facts(NOW), NOW)
        rows = _rows_of(Municipality.objects.get(slug="kauhava").ledger_id)
        _tables.extend(_table(model, list(same)) for model, same in groupby(rows, key=type))
    else:
        # Rows refer to later ones: the database looks at that when the transaction ends.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _tables:
                cursor.executemany(table.statement, table.rows)
    ledger_id = Municipality.objects.get(slug="kauhava").ledger_id
    return Town(ledger_id, Roadmap.objects.get(ledger_id=ledger_id).pk, "kauhava")


def _table(model: type[Model], rows: list[Model]) -> _Table:
    # Entries are numbered by the database, which may have given their numbers to others.
    # Entries get their numbers from the database, which may have given those to others.
    by_database = model is Entry
    fields = [one for one in model._meta.concrete_fields if not (one.primary_key and by_database)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(one.column) for one in fields)
    places = ", ".join(["%s"] * len(fields))
    return _Table(
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608
        [
            [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
            for row in rows
        ],
    )


def _rows_of(ledger_id: UUID) -> Iterator[Model]:
    yield Ledger.objects.get(pk=ledger_id)
    for table in (*all_tables(), Entry):
        yield from table._default_manager.filter(ledger_id=ledger_id).order_by("pk")
    yield from Frozen.objects.filter(version__ledger_id=ledger_id)


def small_town(slug: str, name: str, *, published: bool = True) -> Town:
    """A municipality with a sector, one perspective, a roadmap and an action without money."""
    ledger_id, _ = municipalities.create_municipality(
        intent=intent(), slug=slug, name=text(name), genitive=text(f"{name}n"), languages=["fi"]
    )
    municipalities.add_party(
        ledger_id=ledger_id,
        intent=intent(),
        kind=PartyKind.SECTOR,
        name=text("Sivistystoimi"),
        slug="sivistystoimi",
    )
    framework = municipalities.add_framework(
        ledger_id=ledger_id,
        intent=intent(),
        name=text("Kehikko"),
        version=1,
        scale=SCALE,
        perspectives=[PERSPECTIVE],
    )
    assert framework.entity_id is not None
    roadmap = services.create_roadmap(
        ledger_id=ledger_id,
        intent=intent(),
        title=text("Digitiekartta 2026–2028"),
        period=Span(HalfYear(2026, 1), HalfYear(2028, 2)),
        framework_id=framework.entity_id,
    )
    assert roadmap.entity_id is not None
    town = Town(ledger_id, roadmap.entity_id, slug)
    add_action(town, "1", FundingState.PROPOSED)
    services.publish_roadmap(ledger_id=ledger_id, intent=intent(), roadmap_id=town.roadmap_id)
    municipalities.publish_municipality(ledger_id=ledger_id, intent=intent(), published=published)
    return town


def add_action(
    town: Town,
    number: str,
    state: FundingState | None = FundingState.NONE_NEEDED,
    *,
    first: HalfYear = AUTUMN,
    last: HalfYear = SPRING,
    year: int | None = None,
) -> UUID:
    """An action of a town, with one funding line unless ``state`` is None."""
    receipt = services.add_action(
        ledger_id=town.ledger_id,
        intent=intent(),
        roadmap_id=town.roadmap_id,
        action=NewAction(
            number=number, texts={"title": text(f"Toimenpide {number}")}, span=Span(first, last)
        ),
    )
    assert receipt.entity_id is not None
    if state is not None:
        services.add_funding(
            ledger_id=town.ledger_id,
            intent=intent(),
            action_id=receipt.entity_id,
            kind=FundingKind.OPERATING,
            state=state,
            year=year,
        )
    return receipt.entity_id
