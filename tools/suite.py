"""Every test: on PostgreSQL what touches the database, then everything on SQLite.

What stands on a page is the same on both: on PostgreSQL every page is opened, by one test.

The second run has a test that tells how the first one ended, so that its closing line, the last
of the output, speaks of both.
"""

from __future__ import annotations

import os
import subprocess
import sys

from . import postgresql

OUTCOME = "SUITE_ON_POSTGRESQL"


def _pytest(*arguments: str, **environment: str) -> int:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-n", "auto", *arguments]
    return subprocess.run(command, check=False, env={**inherited, **environment}).returncode


def main() -> int:
    """Runs both and gives an exit code that is 0 only when both passed."""
    postgresql.leave_when_told()
    print("On PostgreSQL:", flush=True)
    with postgresql.server() as address:
        first = _pytest("-m", "database and not browser and not page", DATABASE_URL=address)
    print("\nOn SQLite, and in the browser:", flush=True)
    second = _pytest(**{OUTCOME: "passed" if first == 0 else "failed"})
    return second or first


if __name__ == "__main__":
    sys.exit(main())
