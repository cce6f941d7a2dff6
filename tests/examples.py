"""The example's database, made once a run and copied for every server that begins with it.

Loading it takes some seconds of work and a copy next to none. All workers of a parallel run share
what the first of them to need it has made.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.settings import NOW

COMMAND = [sys.executable, "-c", "from digitiekartta.config.commands import main; main()"]
DATABASE = "digitiekartta.sqlite3"
_FOLDER = "FOLDER_OF_THE_RUN"
_PATIENCE = 10.0


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment of a server: none of the tests' own settings, but these."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DIGITIEKARTTA_", "DJANGO_", "PYTEST", "DATABASE_URL"))
    }
    return {**kept, "DIGITIEKARTTA_NOW": NOW, **settings}


def pytest_configure(config: pytest.Config) -> None:
    """Makes the folder that the workers of this run find in their environment."""
    if not hasattr(config, "workerinput"):
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="digitiekartta-run-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves nothing of the run behind."""
    if hasattr(config, "workerinput") or not is_run():
        return
    server = os.environ.get("DATABASE_URL", "")
    if (_folder() / "on-server").exists():
        with contextlib.suppress(psycopg.Error), psycopg.connect(server, autocommit=True) as one:
            one.execute(f'DROP DATABASE IF EXISTS "{_server_name()}" WITH (FORCE)')
    shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


def is_run() -> bool:
    """Whether this is a run of pytest, with a folder of its own."""
    return _FOLDER in os.environ


def copy_file(var: Path) -> Path:
    """Copies the example's SQLite file into the folder of a server; where it is now."""
    kept = _folder() / "in-file"
    with _lock():
        if not kept.exists():
            _load(DIGITIEKARTTA_VAR=str(_folder() / "making"))
            (_folder() / "making").rename(kept)
    return Path(shutil.copy(kept / DATABASE, var / DATABASE))


def on_server(server: str) -> str:
    """The name of the database on a PostgreSQL server that holds the example: a template."""
    kept = _folder() / "on-server"
    with _lock():
        if not kept.exists():
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{_server_name()}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "{_server_name()}"')
                _load(
                    DIGITIEKARTTA_VAR=str(_folder() / "var"),
                    DATABASE_URL=address(server, _server_name()),
                )
                _wait_until_left(connection)
            kept.touch()
    return _server_name()


def address(server: str, name: str) -> str:
    """The address of a database on a server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _load(**settings: str) -> None:
    done = subprocess.run(
        [*COMMAND, "demo"],
        check=False,
        env=clean_environment(**settings),
        cwd=_folder(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def _wait_until_left(connection: psycopg.Connection) -> None:
    """A database is copied only while nobody is connected to it; a server notices that late."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    deadline = time.monotonic() + _PATIENCE
    while connection.execute(asked, [_server_name()]).fetchone() != (0,):
        assert time.monotonic() < deadline, "the example's database is still in use"
        time.sleep(0.02)


def _folder() -> Path:
    return Path(os.environ[_FOLDER])


def _server_name() -> str:
    return f"example_{_folder().name.rpartition('-')[2]}"


@contextlib.contextmanager
def _lock() -> Iterator[None]:
    with (_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
