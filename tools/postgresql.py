"""A throwaway PostgreSQL server: `python -m tools.postgresql COMMAND …` runs the command with one.

The command finds it through ``DATABASE_URL``. The server is gone when the command has ended,
however it ended.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ACCOUNT = "postgres"


def programs() -> Path:
    """The folder of the newest installed server's programs. Raises FileNotFoundError."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(on_path).resolve().parent


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(*command: str | Path) -> None:
    # The server refuses to run as root, so that root runs it as the account that Debian made.
    options: dict[str, Any] = {}
    if os.getuid() == 0:
        options = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **options,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """A running server; gives the address of its database as ``DATABASE_URL`` has it.

    ``durable`` makes it wait for the disk, as a server in use does: for measuring.
    """
    bin = programs()
    place = Path(tempfile.mkdtemp(prefix="digitiekartta-pg-"))
    data, log, port = place / "data", place / "log", free_port()
    if os.getuid() == 0:
        shutil.chown(place, ACCOUNT, ACCOUNT)
    try:
        _run(
            *(bin / "initdb", "--pgdata", data, "--username", "tests", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        # What the machine forgets in a power cut is of no use to anybody here.
        fast = "" if durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        settings = f"-h 127.0.0.1 -p {port} -k {place} {fast}"
        _run(bin / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", settings)
        try:
            yield f"postgres://tests@127.0.0.1:{port}/postgres"
        finally:
            _run(bin / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def leave_when_told() -> None:
    """Makes the signals that end a process end it in order, so that its server goes too."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    """Runs the command beside a server and gives its exit code."""
    leave_when_told()
    with server() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
