"""P2: the first view of a list after a change that another process wrote."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from .pages import BROWSER
from .processes import Place, Server, get
from .report import Goal, Result, at_most
from .writer import Writer, writing

LISTS = (("sata", "100", 60.0), ("kaksituhatta", "2 000", 400.0))
"""Slug, how many actions, and how many milliseconds the first view may take."""
_NOTICED = 0.4
"""Seconds after which a worker knows of a change in any case: it may take 0.25."""


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Milliseconds of the first view, and the queries of it, which don't grow with the list."""
    queries: list[int] = []
    with here.serving() as server:
        for slug, count, most in LISTS:
            path = f"/{slug}/toimenpiteet/"
            with writing(here, slug) as writer:
                _first_view(server, writer, path)
                times = [_first_view(server, writer, path) for _ in range(3 if quick else 9)]
                queries.append(writer.queries(path))
            yield Result(
                f"P2 list of {count}, first view after a change",
                median(times),
                "ms",
                at_most(most, "ms"),
                database=here.database,
            )
    few, many = queries
    yield Result(
        "P2 queries of that view, 2 000 actions against 100",
        many,
        "queries",
        Goal("= ceiling", lambda one: one.value == one.ceiling),
        few,
        here.database,
    )


def _first_view(server: Server, writer: Writer, path: str) -> float:
    before = _tag(server, path)
    writer.commit()
    time.sleep(_NOTICED)
    began = time.monotonic()
    after = _tag(server, path)
    took = time.monotonic() - began
    if after == before:
        raise RuntimeError(f"{path}: still as before the change")
    return took * 1000


def _tag(server: Server, path: str) -> str:
    status, headers, _ = get(server.port, path, BROWSER)
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return {name.lower(): value for name, value in headers}["etag"]
