"""P8: from the command to the first page."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from .processes import Place, end, free_port, wait_for
from .report import Result, at_most

_ROOT = Path(__file__).parent.parent


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """``serve`` on a database that stands, and ``make run`` for the second time."""
    rounds = 1 if quick else 5
    alone = median(_serve(here) for _ in range(rounds))
    yield Result("P8 serve to first page", alone, "s", at_most(1.5, "s"), None, here.database)
    if shutil.which("make") and (_ROOT / ".venv").exists():
        by_make = median(_make_run(here) for _ in range(rounds))
        yield Result(
            "P8 make run to first page", by_make, "s", at_most(4, "s"), None, here.database
        )


def _serve(here: Place) -> float:
    port = free_port()
    command = here.command("serve", "--port", str(port))
    return _timed(command, port, here.environment, here.var)


def _make_run(here: Place) -> float:
    port = free_port()
    return _timed(["make", "run", f"PORT={port}"], port, here.environment, _ROOT)


def _timed(
    command: Sequence[str], port: int, environment: Mapping[str, str], folder: Path
) -> float:
    """Seconds from the start of a process, in a group of its own, to its first page."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(process, port, "/kauhava/")
        return time.monotonic() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        end(process)
