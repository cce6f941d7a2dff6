"""`make check`: everything that can be said of the code without running the suite."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(sys.executable).parent

# Longest first: two run at a time.
CHECKS: dict[str, list[str]] = {
    "types": [str(HERE / "mypy")],
    "architecture and templates": [
        *(sys.executable, "-m", "pytest", "-p", "no:xdist"),
        *("tests/test_architecture.py", "tests/test_templates.py"),
    ],
    "module order": [str(HERE / "lint-imports"), "--no-cache"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "texts": [sys.executable, "-m", "tools.messages", "--check"],
    "dependencies": [str(HERE / "deptry"), "."],
    "lint": [str(HERE / "ruff"), "check"],
    "format": [str(HERE / "ruff"), "format", "--check"],
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended, what it said and how many seconds it took."""

    name: str
    passed: bool
    output: str
    seconds: float


def _outcome(name: str, var: str) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        check=False,
        env={**os.environ, "DIGITIEKARTTA_VAR": var, "COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(name, done.returncode == 0, done.stdout, time.monotonic() - started)


def main() -> int:
    """Runs the checks and prints what failed. Exit code 1 when anything did."""
    with tempfile.TemporaryDirectory() as var, ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda name: _outcome(name, var), CHECKS))
    for one in outcomes:
        if not one.passed:
            print(f"—— {one.name} ——\n{one.output}")
    for one in outcomes:
        print(f"{'ok    ' if one.passed else 'FAILED'} {one.name} ({one.seconds:.1f} s)")
    return 0 if all(one.passed for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
