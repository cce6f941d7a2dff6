"""``python -m bench``: all measures, or those that are named."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from . import forms, memory, pages, starting, streams
from .load import client
from .processes import Place, place
from .report import Result, table, write_json

MEASURES: dict[str, Callable[[Place, bool], Iterator[Result]]] = {
    "pages": pages.measure,
    "streams": streams.measure,
    "starting": starting.measure,
    "memory": memory.measure,
    "forms": forms.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the results there too")
    parser.add_argument("--quick", action="store_true", help="few and short rounds")
    parser.add_argument("--only", choices=[*MEASURES], nargs="+", default=[*MEASURES])
    given = parser.parse_args()
    results: list[Result] = []
    with place() as here:
        if "pages" in given.only:
            pages.fill(here)
        for name in given.only:
            for result in MEASURES[name](here, given.quick):
                results.append(result)
                sys.stderr.write(f"{result.name}: {result.value:.4g} {result.unit}\n")
    cores = os.cpu_count()
    python = platform.python_version()
    sys.stdout.write(f"{cores} cores, Python {python}, load by {client()}\n\n{table(results)}\n")
    if given.json:
        write_json(results, given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
