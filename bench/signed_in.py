"""P4: the grid as the coordinator sees it: never kept, with handles, undecided fields and the load.

``python -m bench.signed_in SLUG PATH`` makes somebody who coordinates a municipality, signs her in,
and tells her session and how many queries the page takes when it is opened again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from .misses import LISTS
from .pages import BROWSER
from .processes import Place, Server, get
from .report import Goal, Result, at_most

MOST_MS = {"sata": 50.0, "kaksituhatta": 300.0}
MOST_QUERIES = 12
TOLD = Goal("–", lambda one: True)
"""No goal: the size is told."""


@dataclass(frozen=True, slots=True)
class _Member:
    cookie: str
    queries: int


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Milliseconds and bytes of the signed-in grid, and its queries, which don't grow with it."""
    queries: list[int] = []
    with here.serving() as server:
        for slug, count, _ in LISTS:
            path = f"/{slug}/toimenpiteet/"
            member = _member(here, slug, path)
            queries.append(member.queries)
            times, size = _opened(server, path, member, 5 if quick else 15)
            goal = at_most(MOST_MS[slug], "ms")
            name = f"P4 signed-in grid of {count}"
            yield Result(name, median(times), "ms", goal, database=here.database)
            yield Result(f"{name}, over the wire", size / 1024, "KB", TOLD, database=here.database)
    few, many = queries
    yield Result(
        "P4 queries of that grid, 2 000 actions against 100",
        many,
        "queries",
        Goal(
            f"= ceiling ≤ {MOST_QUERIES}",
            lambda one: one.value == one.ceiling and one.value <= MOST_QUERIES,
        ),
        few,
        here.database,
    )


def _opened(server: Server, path: str, member: _Member, times: int) -> tuple[list[float], int]:
    headers = {**BROWSER, "Cookie": member.cookie}
    taken: list[float] = []
    size = 0
    for turn in range(times + 1):
        began = time.perf_counter()
        status, _, body = get(server.port, path, headers)
        if turn:  # the first one makes the plan
            taken.append((time.perf_counter() - began) * 1000)
        size = len(body)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return taken, size


def _member(here: Place, slug: str, path: str) -> _Member:
    command = [sys.executable, "-m", "bench.signed_in", slug, path]
    done = subprocess.run(
        command, env=here.environment, cwd=here.var, check=True, stdout=subprocess.PIPE, text=True
    )
    return _Member(**json.loads(done.stdout))


def main() -> None:
    """Tells a session and the queries of a page, as JSON."""
    import django  # noqa: PLC0415 - only as a command

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after Django's set-up
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from digitiekartta.accounts.services import ensure_account  # noqa: PLC0415
    from digitiekartta.history.rules import Intent  # noqa: PLC0415
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415
    from digitiekartta.municipalities.rules import Role  # noqa: PLC0415
    from digitiekartta.municipalities.services import grant_role  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    slug, path = sys.argv[1:]
    account = ensure_account(email=f"{slug}@example.test")
    ledger_id = Municipality.objects.get(slug=slug).ledger_id
    intent = Intent(actor=None, at=now())
    grant_role(
        ledger_id=ledger_id,
        intent=intent,
        account_id=account.pk,
        role=Role.COORDINATOR,
        party_id=None,
    )
    reader = Client(headers={"host": "127.0.0.1"})
    reader.force_login(account)
    reader.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = reader.get(path)
    if b"jarjesta=1" not in answer.content:
        raise RuntimeError(f"{path} is not the grid of a coordinator")
    name = settings.SESSION_COOKIE_NAME
    told = {"cookie": f"{name}={reader.cookies[name].value}", "queries": len(captured)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
