"""The two ways of learning from a database that something was committed."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote
from uuid import UUID

from digitiekartta.documents.registry import Audience

from .rules import Editing, Who

if TYPE_CHECKING:
    import psycopg

Revisions = Mapping[UUID, int]
PRESENCE = "presence"
"""What PostgreSQL is told with where an open form was told of; else it is a ledger's id."""
_READ = "SELECT id, revision FROM history_ledger"
_READ_PRESENCE = """
SELECT ledger_id, actor, entity, part, role, name, named_to, audience, until
FROM live_presence
"""
_POLL = 0.05
_HEARTBEAT = 0.2
_LEAST_GAP = 0.01
_CHANNEL = "digitiekartta"
_DJANGO_OPTIONS = frozenset(("pool", "assume_role", "isolation_level", "server_side_binding"))


class SourceError(Exception):
    """The database can't be asked now."""


class Source(Protocol):
    """A connection of its own to the database."""

    def open(self) -> None:
        """Connects. Raises SourceError."""

    def read(self) -> Revisions:
        """The revisions of all ledgers. Raises SourceError."""

    def read_presence(self) -> tuple[Editing, ...]:
        """Who has told to be editing, those included whose time is over. Raises SourceError."""

    def wait(self, stopped: Callable[[float], bool]) -> bool:
        """Returns when something may have been committed, or after a heartbeat at the latest.

        True: read again; False: nothing was committed since the last read. ``stopped`` waits so
        many seconds and tells whether to stop. Raises SourceError.
        """

    def close(self) -> None:
        """Lets go of the connection, whatever its state."""


class SqliteSource:
    """``PRAGMA data_version`` every 50 ms; it changes with every commit of another connection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._version = -1
        self._forms = _Forms()

    def open(self) -> None:
        try:
            self._file = self._identity()
            self._connection = sqlite3.connect(
                f"file:{quote(self._path)}?mode=rw", uri=True, timeout=1.0, isolation_level=None
            )
            self._version = self._data_version()
        except (OSError, sqlite3.Error) as problem:
            raise SourceError(str(problem)) from problem

    def read(self) -> Revisions:
        try:
            rows = self._open_connection().execute(_READ).fetchall()
        except sqlite3.Error as problem:
            raise SourceError(str(problem)) from problem
        return {UUID(id): revision for id, revision in rows}

    def read_presence(self) -> tuple[Editing, ...]:
        try:
            rows = self._open_connection().execute(_READ_PRESENCE).fetchall()
        except sqlite3.Error as problem:
            raise SourceError(str(problem)) from problem
        return self._forms.read(rows)

    def wait(self, stopped: Callable[[float], bool]) -> bool:
        deadline = time.monotonic() + _HEARTBEAT
        while time.monotonic() < deadline and not stopped(_POLL):
            if self._moved_on():
                return True
        return False

    def _moved_on(self) -> bool:
        try:
            if self._identity() != self._file:
                raise SourceError("the database file was replaced")
            version = self._data_version()
        except (OSError, sqlite3.Error) as problem:
            raise SourceError(str(problem)) from problem
        if version == self._version:
            return False
        self._version = version
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise SourceError("not connected")
        return self._connection

    def _data_version(self) -> int:
        row = self._open_connection().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def _identity(self) -> tuple[int, int]:
        status = os.stat(self._path)
        return status.st_dev, status.st_ino


class PostgresSource:
    """LISTEN on a connection of its own; the ledgers are read at least every 200 ms anyway."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = {
            "connect_timeout": 2,
            "keepalives_idle": 2,
            "keepalives_interval": 1,
            "keepalives_count": 2,
            "tcp_user_timeout": 3000,
            "application_name": "digitiekartta watcher",
            **parameters,
        }
        self._connection: psycopg.Connection | None = None
        self._read_at = 0.0
        self._forms = _Forms()
        self._presence: tuple[Editing, ...] | None = None

    def open(self) -> None:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

        try:
            self._connection = psycopg.connect(**self._parameters, autocommit=True)
            self._connection.execute(f"LISTEN {_CHANNEL}")
            self._presence = None
        except (OSError, psycopg.Error) as problem:
            raise SourceError(str(problem).strip()) from problem

    def read(self) -> Revisions:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

        self._read_at = time.monotonic()
        try:
            return dict(self._open_connection().execute(_READ).fetchall())
        except (OSError, psycopg.Error) as problem:
            raise SourceError(str(problem).strip()) from problem

    def read_presence(self) -> tuple[Editing, ...]:
        """Read only when it was told of, or without anything told: no commit waits for it."""
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

        if self._presence is None:
            try:
                rows = self._open_connection().execute(_READ_PRESENCE).fetchall()
            except (OSError, psycopg.Error) as problem:
                raise SourceError(str(problem).strip()) from problem
            self._presence = self._forms.read(rows)
        return self._presence

    def wait(self, stopped: Callable[[float], bool]) -> bool:
        """Many commits in a row are read together: at most 100 reads a second."""
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

        too_early = self._read_at + _LEAST_GAP - time.monotonic()
        if stopped(max(0.0, too_early)):
            return False
        try:
            told = [
                one.payload
                for one in self._open_connection().notifies(timeout=_HEARTBEAT, stop_after=1)
            ]
        except (OSError, psycopg.Error) as problem:
            raise SourceError(str(problem).strip()) from problem
        if not told or PRESENCE in told:
            self._presence = None
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open_connection(self) -> psycopg.Connection:
        if self._connection is None:
            raise SourceError("not connected")
        return self._connection


class _Forms:
    """Rows as values. Equal rows give the same object, so that most commits cost a comparison."""

    def __init__(self) -> None:
        self._rows: Sequence[Any] = ()
        self._editing: tuple[Editing, ...] = ()

    def read(self, rows: Sequence[Any]) -> tuple[Editing, ...]:
        if rows != self._rows:
            self._rows, self._editing = rows, tuple(map(_editing, rows))
        return self._editing


def _editing(row: Sequence[Any]) -> Editing:
    ledger_id, actor, entity = (UUID(str(one)) for one in row[:3])
    part, role, name, named_to, audience, until = row[3:]
    who = Who(role, name, Audience(named_to))
    return Editing(ledger_id, actor, entity, part, who, Audience(audience), until)


def source_of(settings: Mapping[str, Any]) -> Source:
    """The source for a database as Django's settings describe it."""
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return SqliteSource(str(settings["NAME"]))
    return PostgresSource(connection_parameters(settings))


def connection_parameters(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What psycopg connects with, from Django's settings of a database."""
    named = {
        "dbname": settings.get("NAME"),
        "user": settings.get("USER"),
        "password": settings.get("PASSWORD"),
        "host": settings.get("HOST"),
        "port": settings.get("PORT"),
    }
    options = settings.get("OPTIONS") or {}
    return {
        **{name: value for name, value in named.items() if value},
        **{name: value for name, value in options.items() if name not in _DJANGO_OPTIONS},
    }
