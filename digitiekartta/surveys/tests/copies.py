"""Servers on copies of one prepared database, and all that can be read of a copy afterwards."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.live_site import clean_environment
from tools import postgresql
from tools.postgresql import free_port, programs

_MODULE = "digitiekartta.surveys.tests.answer_server"
_FILE = "digitiekartta.sqlite3"
_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
_RESTRICT = re.compile(r"^\\(un)?restrict .*\n", re.MULTILINE)
Vector = tuple[int, ...]


@dataclass(frozen=True)
class Sent:
    """One answer on its way: a code of a group, and a level for each question."""

    group: str
    code: str
    answers: Vector


@dataclass(frozen=True)
class Seen:
    """What somebody with a copy of everything sees: tables with their rows in physical order (the
    system columns first), a logical dump, the files' bytes, and the server's log."""

    tables: dict[str, list[tuple[Any, ...]]]
    dump: bytes
    files: bytes
    log: bytes

    @property
    def everything(self) -> bytes:
        return b"\n".join((repr(self.tables).encode(), self.dump, self.files, self.log))


@dataclass
class Copy:
    """A database of its own: a file in ``var``, or one on the server of ``DATABASE_URL``."""

    var: Path
    url: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        more = {"DATABASE_URL": self.url} if self.url else {}
        settings = {"DJANGO_SETTINGS_MODULE": "digitiekartta.config.settings"}
        return clean_environment(DIGITIEKARTTA_VAR=str(self.var), **more) | settings

    def run(self, *arguments: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", _MODULE, *arguments],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            timeout=120,
        ).stdout


@dataclass
class Server:
    """A process that takes answers to a copy."""

    copy: Copy
    port: int
    process: subprocess.Popen[bytes]
    connection: http.client.HTTPConnection

    def send(self, one: Sent) -> bool:
        """Sends an answer; whether its giver was thanked."""
        return post(self.connection, self.copy.given, one)

    def stop(self, number: int = signal.SIGTERM) -> None:
        self.connection.close()
        self.process.send_signal(number)
        self.process.wait(20)


def post(connection: http.client.HTTPConnection, given: dict[str, Any], one: Sent) -> bool:
    """Sends an answer over a connection. Raises OSError and HTTPException when it is cut."""
    answers = {f"q{n}": str(level) for n, level in enumerate(one.answers, start=1)}
    body = urlencode({"round": given["round"], "code": one.code, **answers})
    connection.request("POST", f"/{given['slug']}/kysely/vastaus/", body, _TYPE)
    reply = connection.getresponse()
    reply.read()
    return reply.status == 303 and reply.headers["location"].endswith("/kiitos/")


@contextlib.contextmanager
def prepared(folder: Path) -> Iterator[Copy]:
    """A database with an open round, to be copied; on PostgreSQL, with a server of its own.

    Where its rows lie depends on which of their old versions nobody needs any more, and so on
    every transaction of a whole server: other tests, in other databases, would be seen in it.
    """
    copy = Copy(folder / "base")
    copy.var.mkdir()
    with contextlib.ExitStack() as stack:
        if "DATABASE_URL" in os.environ:
            copy.url = stack.enter_context(
                _own_database(stack.enter_context(postgresql.server()), "base")
            )
        copy.given = json.loads(copy.run("prepare"))
        yield copy


@contextlib.contextmanager
def copied(base: Copy, name: str) -> Iterator[Copy]:
    """A copy of a prepared database."""
    copy = Copy(base.var.parent / name, given=base.given)
    copy.var.mkdir()
    with contextlib.ExitStack() as stack:
        if base.url:
            template = urlsplit(base.url).path[1:]
            copy.url = stack.enter_context(_own_database(base.url, name, template))
        else:
            shutil.copy(base.var / _FILE, copy.var / _FILE)
        yield copy


@contextlib.contextmanager
def _own_database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    unique = f"answers_{name}_{os.getpid()}_{time.monotonic_ns()}"
    maintenance = urlsplit(server)._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{unique}" TEMPLATE "{template}"')
        try:
            yield urlsplit(server)._replace(path=f"/{unique}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{unique}" WITH (FORCE)')


@contextlib.contextmanager
def serving(copy: Copy, how: str = "serve") -> Iterator[Server]:
    """A server on a copy; it has stopped when the block ends, if it has not been killed before."""
    port = free_port()
    with (copy.var / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", _MODULE, how, str(port)],
            env=copy.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(copy, port, process, http.client.HTTPConnection("127.0.0.1", port, timeout=20))
    try:
        _wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.process.poll() is None, (server.copy.var / "log").read_text()
        with contextlib.suppress(OSError):
            server.connection.connect()
            return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def seen_in(copy: Copy) -> Seen:
    """Everything there is to see, once the server has stopped."""
    log = (copy.var / "log").read_bytes()
    if copy.url:
        return Seen(_postgres_tables(copy.url), _postgres_dump(copy.url), b"", log)
    path = copy.var / _FILE
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tables = _sqlite_tables(connection)
        dump = "\n".join(connection.iterdump()).encode()
    files = b"".join(one.read_bytes() for one in sorted(copy.var.glob(f"{_FILE}*")))
    return Seen(tables, dump, files, log)


def _sqlite_tables(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608
        for (name,) in sorted(names)
    }


def _postgres_tables(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, with the rank of their transactions: the numbers themselves depend on what else
    the server did."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: connection.execute(
                "SELECT dense_rank() OVER (ORDER BY xmin::text::bigint), dense_rank() OVER"  # noqa: S608
                f' (ORDER BY ctid), t.* FROM "{name}" t ORDER BY ctid'
            ).fetchall()
            for (name,) in names
        }


def _postgres_dump(url: str) -> bytes:
    done = subprocess.run(
        [programs() / "pg_dump", "--dbname", url], check=True, stdout=subprocess.PIPE, text=True
    )
    return _RESTRICT.sub("", done.stdout).encode()


def sent_in_order(copy: Copy, forms: Sequence[Sent], how: str = "serve") -> Seen:
    """Sends answers one after another, the last in a quiet hour of its own; what is then seen."""
    with serving(copy, how) as server:
        for one in forms[:-1]:
            assert server.send(one)
        time.sleep(1.5)  # longer than the server waits for others before it empties its journal
        assert server.send(forms[-1])
    return seen_in(copy)
