"""Servers of the benchmark: started, waited for, and ended by their own process id."""

from __future__ import annotations

import contextlib
import http.client
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60.0
NOW = "2026-12-09T10:00:00+02:00"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def allow_many_sockets() -> int:
    """Lets this process and its children open as many sockets as they may; how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: Sequence[str], port: int, path: str, **options: object) -> Iterator[Server]:
    """A process, once ``path`` is answered at its port. Raises RuntimeError where it ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        wait_for(process, port, path)
        yield Server(port, process)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"a server of the benchmark ended with code {process.returncode}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            if get(port, path)[0] < 500:
                return
        time.sleep(0.01)
    raise RuntimeError("a server of the benchmark does not answer")


def get(
    port: int, path: str, headers: Mapping[str, str] | None = None
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and a database with the benchmark's data."""

    var: Path
    environment: dict[str, str]
    database: str

    def command(self, *arguments: str) -> list[str]:
        main = "from digitiekartta.config.commands import main; main()"
        return [sys.executable, "-c", main, *arguments]

    @contextlib.contextmanager
    def serving(self, workers: int = 1, path: str = "/healthz") -> Iterator[Server]:
        port = free_port()
        command = self.command("serve", "--port", str(port), "--workers", str(workers))
        with running(command, port, path, env=self.environment, cwd=self.var) as server:
            yield server


@contextlib.contextmanager
def place(server: str = "") -> Iterator[Place]:
    """A new folder with Kauhava; its database is SQLite, or a new one of a PostgreSQL server."""
    var = Path(tempfile.mkdtemp(prefix="digitiekartta-bench-"))
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("DIGITIEKARTTA_")
    }
    environment = {**inherited, "DIGITIEKARTTA_VAR": str(var), "DIGITIEKARTTA_NOW": NOW}
    root = Path(__file__).parent.parent
    environment["PYTHONPATH"] = str(root)
    environment["DJANGO_SETTINGS_MODULE"] = "digitiekartta.config.settings"
    try:
        with _own_database(server, environment) as database:
            here = Place(var, environment, database)
            subprocess.run(here.command("demo"), env=environment, cwd=var, check=True)
            yield here
    finally:
        shutil.rmtree(var, ignore_errors=True)


@contextlib.contextmanager
def _own_database(server: str, environment: dict[str, str]) -> Iterator[str]:
    environment.pop("DATABASE_URL", None)
    if not server.startswith("postgres"):
        yield "sqlite"
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    name = f"bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        environment["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        try:
            yield "postgresql"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def resident_kilobytes(pid: int) -> int:
    """The memory that a process holds (VmRSS)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no such process")
