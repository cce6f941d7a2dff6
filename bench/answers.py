"""P6: survey answers a second, each durably stored before its giver is thanked.

``python -m bench.answers prepare SLUG`` opens a round in the database that the settings name and
tells its codes; ``load PORT SECONDS`` sends forms from 64 clients, told on standard input;
``commits SECONDS`` is the other side: the database's own durable commits of one row.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from .processes import Place, Server
from .report import Goal, Result, ratio_at_least

CLIENTS = 64
WRITERS = {"sqlite": 1, "postgresql": 8}
GOALS = {"sqlite": 0.5, "postgresql": 0.2}
_GROUPS, _STAFF, _QUESTIONS = 20, 4_000, 11
_SECONDS, _ROUNDS = 3.0, 3


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Answers a second and the database's bare commits, by turns; and whether each was counted."""
    given = json.loads(run(here, "prepare", "mittaus"))
    rounds = 1 if quick else _ROUNDS
    share = len(given["codes"]) // rounds
    answers, commits, thanked = [], [], 0
    for number in range(rounds):
        commits.append(_commits(here))
        with here.serving(workers=1) as server:
            codes = given["codes"][number * share : (number + 1) * share]
            done = _load(here, server, {**given, "codes": codes})
        answers.append(done["rate"])
        thanked += done["thanked"]
    yield Result(
        "P6 survey answers, durable, 64 clients",
        median(answers),
        "answers/s",
        ratio_at_least(GOALS[here.database]),
        median(commits),
        here.database,
    )
    counted = int(run(here, "counted", given["round"]))
    yield Result(
        "P6 answers lost or counted twice",
        abs(counted - thanked),
        f"of {thanked}",
        Goal("0", lambda one: one.value == 0),
        database=here.database,
    )


def run(here: Place, *arguments: str, told: str = "") -> str:
    return subprocess.run(
        [sys.executable, "-m", "bench.answers", *arguments],
        env=here.environment,
        check=True,
        input=told,
        stdout=subprocess.PIPE,
        text=True,
        cwd=here.var,
    ).stdout


def _load(here: Place, server: Server, given: dict[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        run(here, "load", str(server.port), str(_SECONDS), told=json.dumps(given))
    )
    return loaded


def _commits(here: Place) -> float:
    """Durable commits of one row a second, by as many writers as the database is best with."""
    command = [sys.executable, "-m", "bench.answers", "commits", str(_SECONDS)]
    writers = [
        subprocess.Popen(command, env=here.environment, cwd=here.var, stdout=subprocess.PIPE)
        for _ in range(WRITERS[here.database])
    ]
    return sum(float(one.communicate()[0]) for one in writers)


def prepare(slug: str) -> dict[str, Any]:
    """Opens a round of 80,000 people in a new municipality; its id and codes in no order."""
    from digitiekartta.history.rules import Intent  # noqa: PLC0415 - after Django's set-up
    from digitiekartta.municipalities import services as municipalities  # noqa: PLC0415
    from digitiekartta.municipalities.rules import PartyKind  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    intent = Intent(actor=None, at=now())
    text = {"fi": "Mittaus"}
    ledger_id, _ = municipalities.create_municipality(
        intent=intent, slug=slug, name=text, genitive=text
    )
    parties = [
        municipalities.add_party(
            ledger_id=ledger_id,
            intent=intent,
            kind=PartyKind.SECTOR,
            name=text,
            slug=f"toimiala-{number}",
        ).entity_id
        for number in range(_GROUPS)
    ]
    round_id, codes = _opened(ledger_id, intent, [_made(one) for one in parties])
    return {"slug": slug, "round": str(round_id), "codes": codes}


def _opened(ledger_id: UUID, intent: Any, parties: Sequence[UUID]) -> tuple[UUID, list[str]]:
    from digitiekartta.municipalities import services as municipalities  # noqa: PLC0415
    from digitiekartta.surveys import services  # noqa: PLC0415
    from digitiekartta.surveys.models import RoundUnit  # noqa: PLC0415
    from digitiekartta.surveys.services.rounds import Settings  # noqa: PLC0415
    from digitiekartta.surveys.services.units import Group  # noqa: PLC0415

    text, today = {"fi": "Mittaus"}, intent.at.date()
    said = {"question": text, "name": text, "short_name": text, "group": "whole"}
    perspectives = [{"number": number, **said} for number in range(1, _QUESTIONS + 1)]
    common = {"ledger_id": ledger_id, "intent": intent}
    framework = municipalities.add_framework(
        **common, name=text, version=1, scale=[], perspectives=perspectives
    ).entity_id
    settings = Settings(text, today, today + datetime.timedelta(days=14))
    made = services.make_round(**common, framework_id=_made(framework), settings=settings)
    round_id = _made(made.entity_id)
    groups = [Group(one, _STAFF) for one in parties]
    services.set_units(**common, round_id=round_id, groups=groups)
    codes: list[str] = []
    for unit_id in RoundUnit.objects.filter(round=round_id).values_list("pk", flat=True):
        codes += services.make_codes(**common, unit_id=unit_id).codes
    services.open_round(**common, round_id=round_id)
    random.Random(1).shuffle(codes)
    return round_id, codes


def _made(id: UUID | None) -> UUID:
    if id is None:
        raise RuntimeError("a write that made nothing")
    return id


def counted(round_id: UUID) -> int:
    """How many answers are counted in a round."""
    from django.db.models import Sum  # noqa: PLC0415 - after Django's set-up

    from digitiekartta.surveys.models import Tally  # noqa: PLC0415

    sums = Tally.objects.filter(unit__round=round_id).aggregate(sum=Sum("respondents"))
    return int(sums["sum"] or 0)


def commits(seconds: float) -> float:
    """This writer's durable commits of one row a second."""
    url = os.environ.get("DATABASE_URL", "")
    insert = "INSERT INTO bench_bare (written) VALUES ('an answer of a usual length')"
    if url:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

        connection: Any = psycopg.connect(url, autocommit=True)
        connection.execute("SELECT pg_advisory_lock(6)")
        table = "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, written text)"
        connection.execute(table)
        connection.execute("SELECT pg_advisory_unlock(6)")
    else:
        path = Path(os.environ["DIGITIEKARTTA_VAR"]) / "bare.sqlite3"
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY, written TEXT)"
        )
    count, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        connection.execute(insert)
        count += 1
    return count / (time.monotonic() - began)


class Crowd:
    """Clients that send form after form, each over its own connection."""

    def __init__(self, port: int, given: dict[str, Any]) -> None:
        self.thanked = 0
        self._port = port
        self._bodies = iter([form(given, code) for code in given["codes"]])

    async def send(self, seconds: float) -> float:
        """Sends for so long, or until there are no codes left; thanks a second."""
        began = time.monotonic()
        await asyncio.gather(*(self._client(began + seconds) for _ in range(CLIENTS)))
        return self.thanked / (time.monotonic() - began)

    async def _client(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for body in self._bodies:
            writer.write(body)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 303"):
                raise RuntimeError(head.decode("latin-1"))
            self.thanked += 1
            if time.monotonic() > until:
                break
        writer.close()


def form(given: dict[str, Any], code: str) -> bytes:
    chance = random.Random(code)
    answers = "".join(f"&q{n}={chance.randrange(6)}" for n in range(1, _QUESTIONS + 1))
    body = f"round={given['round']}&code={code}{answers}".encode()
    return (
        f"POST /{given['slug']}/kysely/vastaus/ HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _load_from_here(port: int, seconds: float) -> dict[str, Any]:
    import uvloop  # noqa: PLC0415 - only for the load

    crowd = Crowd(port, json.load(sys.stdin))
    rate = uvloop.run(crowd.send(seconds))
    return {"rate": rate, "thanked": crowd.thanked}


def main() -> None:
    kind, *more = sys.argv[1:]
    if kind in ("prepare", "counted"):
        import django  # noqa: PLC0415 - only where the tables are needed

        django.setup()
        told: Any = prepare(more[0]) if kind == "prepare" else counted(UUID(more[0]))
    elif kind == "commits":
        told = commits(float(more[0]))
    else:
        told = _load_from_here(int(more[0]), float(more[1]))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
