"""The real server, started as people start it, on a free port with a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import examples
from tests.examples import COMMAND, clean_environment
from tools.postgresql import free_port

__all__ = ["COMMAND", "Site", "clean_environment", "running", "start"]
START = 30.0
_OTHER_CONTENT = {"DIGITIEKARTTA_EMPTY", "DIGITIEKARTTA_NOW", "DATABASE_URL"}


@dataclass(frozen=True)
class Site:
    """A running server. ``environment`` is what its commands need to meet the same data."""

    url: str
    var: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of the platform beside the server."""
        return subprocess.run(
            [*COMMAND, *arguments],
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def stop(self) -> int:
        """Stops the server and gives its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def start(var: Path, *, workers: int = 1, port: int = 0, **settings: str) -> Site:
    """Starts `serve` and returns when it answers. Raises AssertionError with its log when not."""
    port = port or free_port()
    environment = clean_environment(DIGITIEKARTTA_VAR=str(var), **settings)
    log = var / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), "--workers", str(workers)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=var,
        )
    site = Site(f"http://127.0.0.1:{port}", var, environment, process, log)
    try:
        _wait_for(site)
    except BaseException:
        site.stop()
        raise
    return site


def _wait_for(site: Site) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        assert site.process.poll() is None, f"serve ended:\n{site.log.read_text()}"
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{site.url}/healthz", timeout=2),
        ):
            return
        time.sleep(0.05)
    raise AssertionError(f"serve does not answer:\n{site.log.read_text()}")


@contextlib.contextmanager
def _own_database(example: bool) -> Iterator[dict[str, str]]:
    """Settings of a new database: a file in VAR, or on the server of DATABASE_URL.

    The latter is empty, or a copy of the example's.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield {}
        return
    name = f"site_{os.getpid()}_{time.monotonic_ns()}"
    template = f'TEMPLATE "{examples.on_server(server)}"' if example else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {template}')
        yield {"DATABASE_URL": examples.address(server, name)}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def running(*, workers: int = 1, first: bool = False, **settings: str) -> Iterator[Site]:
    """A server with a new folder and a new database that holds the example of Kauhava.

    Within pytest it begins with a copy of a database that is made once a run; ``first``: with
    nothing, as at the very first start.
    """
    var = Path(tempfile.mkdtemp(prefix="digitiekartta-site-"))
    example = not first and examples.is_run() and not _OTHER_CONTENT & settings.keys()
    try:
        with _own_database(example) as database:
            if example and not database:
                examples.copy_file(var)
            site = start(var, workers=workers, **database, **settings)
            try:
                yield site
            finally:
                site.stop()
    finally:
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def live_site() -> Iterator[Site]:
    """One server with the example of Kauhava, shared by tests that only read."""
    with running() as site:
        yield site


@pytest.fixture
def start_site() -> Iterator[Callable[..., Site]]:
    """Starts servers of a test's own: ``start_site(workers=2)``."""
    with contextlib.ExitStack() as stack:
        yield lambda **options: stack.enter_context(running(**options))
