"""P1 and P3: anonymous pages from the cache, against a constant response from the same server."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .load import rate
from .processes import Place, Server, free_port, get, running
from .report import Result, ratio_at_least

WORKERS = 2
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
_DROPPED = ("date", "connection", "transfer-encoding")
PAGES = (
    ("home", "/kauhava/"),
    ("list of 100", "/sata/toimenpiteet/"),
    ("list of 2 000", "/kaksituhatta/toimenpiteet/"),
    ("one action", "/sata/toimenpiteet/1/"),
)


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Requests a second with two workers and 64 connections; the ceiling sends the same bytes."""
    with here.serving(workers=WORKERS) as server:
        for name, path in PAGES:
            status, headers, body = get(server.port, path, BROWSER)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            with constant(here, 200, headers, body) as ceiling:
                ours, theirs = side_by_side(server, ceiling, path, BROWSER, quick)
            yield Result(
                f"P1 {name}, {len(body) / 1024:.0f} KB",
                ours,
                "/s",
                ratio_at_least(0.8),
                theirs,
                here.database,
            )
        yield _not_modified(here, server, quick)


def _not_modified(here: Place, server: Server, quick: bool) -> Result:
    path = PAGES[1][1]
    tag = dict(get(server.port, path, BROWSER)[1])["etag"]
    asking = {**BROWSER, "If-None-Match": tag}
    if get(server.port, path, asking)[0] != 304:
        raise RuntimeError("a conditional request is not answered as such")
    with constant(here, 304, [], b"") as ceiling:
        ours, theirs = side_by_side(server, ceiling, path, asking, quick)
    return Result("P3 not modified", ours, "/s", ratio_at_least(0.9), theirs, here.database)


def side_by_side(
    server: Server, ceiling: Server, path: str, headers: Mapping[str, str], quick: bool
) -> tuple[float, float]:
    """Both sides by turns, after a warm-up; the best of three rounds each (of one when quick).

    The best, not the middle: whatever else runs on the machine only ever makes a round worse.
    """
    rounds, seconds = (1, 1) if quick else (3, 2)
    sides = (server, ceiling)
    for side in sides:
        rate(side.port, path, headers, 1)
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, found in zip(sides, rates, strict=True):
            found.append(rate(side.port, path, headers, seconds))
    return max(rates[0]), max(rates[1])


@contextlib.contextmanager
def constant(
    here: Place, status: int, headers: list[tuple[str, str]], body: bytes
) -> Iterator[Server]:
    """A server that sends one response and does nothing else."""
    kept = [(name, value) for name, value in headers if name.lower() not in _DROPPED]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "response.json"
        file.write_text(json.dumps({"status": status, "headers": kept, "body": body.hex()}))
        port = free_port()
        command = [sys.executable, "-m", "bench.ceilings", "constant", str(port), str(WORKERS)]
        environment = {**here.environment, "BENCH_RESPONSE": str(file)}
        with running(command, port, "/", env=environment) as server:
            yield server


def fill(here: Place) -> None:
    """Adds the municipalities that the pages are of."""
    command = [sys.executable, "-m", "bench.data", "sata", "100", "kaksituhatta", "2000"]
    subprocess.run(command, env=here.environment, check=True)
