"""P9: what one worker holds after a thousand mixed requests, and after many more."""

from __future__ import annotations

import contextlib
import http.client
import random
from collections.abc import Iterator

from .processes import Place, Server, resident_kilobytes
from .report import Goal, Result, at_most

_PATHS = (
    "/kauhava/",
    "/kauhava/toimenpiteet/",
    "/kauhava/tasot/",
    "/kauhava/tavoitteet/",
    "/kauhava/muutokset/",
    "/kauhava/toimenpiteet/1/",
    "/sv/kauhava/",
    "/en/kauhava/toimenpiteet/",
    "/kauhava/digitiekartta.json",
    "/kauhava/ei-ole/",
)
_FILTERS = ("", "?tila=kesken", "?q=koulutus", "?nakyma=lista", "?utm_source=x")
_ENCODINGS = ("br", "gzip", "identity")
_PAST_THE_CACHE = 0.01


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Resident memory in megabytes. One of a hundred requests goes past the cache."""
    many = 10_000 if quick else 100_000
    with here.serving() as server:
        ask(server, 1000)
        first = resident_kilobytes(server.process.pid) / 1024
        yield Result(
            "P9 memory after 1 000 requests",
            first,
            "MB",
            at_most(140, "MB"),
            None,
            here.database,
        )
        ask(server, many - 1000)
        later = resident_kilobytes(server.process.pid) / 1024
        flat = Goal("≤ 1.10 × after 1 000", lambda one: (one.ratio or 9) <= 1.10)
        name = f"P9 memory after {many:,} requests".replace(",", " ")
        yield Result(name, later, "MB", flat, first, here.database)


def ask(server: Server, count: int) -> None:
    """Mixed requests, one after the other; the same every time."""
    chance = random.Random(count)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    with contextlib.closing(connection):
        for _ in range(count):
            headers = {"Accept-Encoding": chance.choice(_ENCODINGS)}
            if chance.random() < _PAST_THE_CACHE:
                headers["Cookie"] = "istunto=bench"
            path = chance.choice(_PATHS)
            if path.endswith("toimenpiteet/"):
                path += chance.choice(_FILTERS)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 500:
                raise RuntimeError(f"{path}: {answer.status}")
