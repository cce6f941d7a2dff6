"""``python -m bench``: all measures, or those that are named."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools import postgresql

from . import (
    answers,
    first_view,
    forms,
    many_editors,
    memory,
    misses,
    pages,
    progress,
    signed_in,
    starting,
    streams,
)
from .load import client
from .processes import Place, place
from .report import Result, table, verdict, write_json

Measure = Callable[[Place, bool], Iterator[Result]]
MEASURES: dict[str, Measure] = {
    "pages": pages.measure,
    "misses": misses.measure,
    "first_view": first_view.measure,
    "streams": streams.measure,
    "starting": starting.measure,
    "memory": memory.measure,
    "answers": answers.measure,
    "forms": forms.measure,
    "many_editors": many_editors.measure,
    "signed_in": signed_in.measure,
    "progress": progress.measure,
}
ON_LISTS = {"pages", "misses", "signed_in"}
"""Measures of the large municipalities."""
ON_BOTH = ("answers", "many_editors", "progress", "streams")
"""Measures whose goal is another on PostgreSQL."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the results there too")
    parser.add_argument("--quick", action="store_true", help="few and short rounds")
    parser.add_argument("--only", choices=[*MEASURES], nargs="+", default=[*MEASURES])
    given = parser.parse_args()
    postgresql.leave_when_told()
    began = time.monotonic()
    results = list(_results(given.only, given.quick))
    cores = os.cpu_count()
    python = platform.python_version()
    took = time.monotonic() - began
    sys.stdout.write(f"{cores} cores, Python {python}, load by {client()}, {took:.0f} s\n\n")
    sys.stdout.write(f"{table(results)}\n\n{verdict(results)}\n")
    if given.json:
        write_json(results, given.json)
    return 0


def _results(names: list[str], quick: bool) -> Iterator[Result]:
    """On the database that DATABASE_URL names, else on SQLite and partly on PostgreSQL too."""
    server = os.environ.get("DATABASE_URL", "")
    yield from _measured(server, names, quick)
    on_both = [name for name in names if name in ON_BOTH]
    if server.startswith("postgres") or not on_both:
        return
    try:
        with postgresql.server(durable=True) as beside:
            yield from _measured(beside, on_both, quick)
    except FileNotFoundError as missing:
        sys.stderr.write(f"nothing measured on PostgreSQL: {missing}\n")


def _measured(server: str, names: Iterable[str], quick: bool) -> Iterator[Result]:
    with place(server) as here:
        if ON_LISTS & {*names}:
            pages.fill(here)
        for name in names:
            began = time.monotonic()
            for result in MEASURES[name](here, quick):
                yield result
                sys.stderr.write(f"{result.name}: {result.value:.4g} {result.unit}\n")
            sys.stderr.write(f"-- {name}, {here.database}: {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    sys.exit(main())
