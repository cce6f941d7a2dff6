"""Looking at the database before anything is done to it: problems in one sentence, nothing lost."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .problems import ProblemError

_MAGIC = b"SQLite format 3\x00"
_CHECK_SECONDS = 0.5
_CONNECT_SECONDS = 5
_STEPS_BETWEEN_LOOKS = 20_000
_SQLITE = "django.db.backends.sqlite3"
_POSTGRESQL = "django.db.backends.postgresql"


def set_up() -> None:
    """Sets Django up. Raises ProblemError for a setting that can't be used."""
    import django  # noqa: PLC0415 - commands that fail early start fast
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    from .environment import SettingError  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digitiekartta.config.settings")
    try:
        _check_kind()
        django.setup()
    except SettingError as problem:
        raise ProblemError(str(problem)) from problem
    except (ImproperlyConfigured, ValueError) as problem:
        is_address = type(problem).__module__.startswith("dj_database_url")
        name = "DATABASE_URL" if is_address else "a setting"
        raise ProblemError(f"{name} can't be used: {_first_line(problem)}") from problem
    _check_settings()


def _check_kind() -> None:
    from django.conf import settings  # noqa: PLC0415 - read here for the first time

    engine = settings.DATABASES["default"].get("ENGINE", "none")
    if engine not in (_SQLITE, _POSTGRESQL):
        kind = engine.rpartition(".")[2]
        raise ProblemError(f"DATABASE_URL can't be used: sqlite or postgres, not {kind}")


def _check_settings() -> None:
    """Settings that are read late are looked at now. Raises ProblemError."""
    from django.conf import settings  # noqa: PLC0415 - after Django's set-up

    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .proxies import Proxies  # noqa: PLC0415

    try:
        now()
    except ValueError as problem:
        raise ProblemError(f"DIGITIEKARTTA_NOW can't be used: {problem}") from problem
    try:
        Proxies(settings.TRUSTED_PROXIES)
    except ValueError as problem:
        raise ProblemError(f"DIGITIEKARTTA_TRUSTED_PROXIES can't be used: {problem}") from problem


def sqlite_path() -> Path | None:
    """The database file; None where the database is not SQLite."""
    from django.conf import settings  # noqa: PLC0415 - after set_up

    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"] == _SQLITE else None


def check() -> None:
    """Raises ProblemError where the database can't be used: damaged, read-only, out of reach.

    Takes about half a second at most for an SQLite file, however large.
    """
    path = sqlite_path()
    if path is None:
        _check_reachable()
    else:
        check_sqlite(path)
    from django.db import DatabaseError, connection  # noqa: PLC0415 - after set_up

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, RuntimeError) as problem:
        raise ProblemError(f"{_name()} does not answer: {_first_line(problem)}") from problem


def _check_reachable() -> None:
    """Asks a PostgreSQL server before the pool does, which would try for long."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from digitiekartta.live.sources import connection_parameters  # noqa: PLC0415

    parameters = connection_parameters(settings.DATABASES["default"])
    try:
        psycopg.connect(**{"connect_timeout": _CONNECT_SECONDS, **parameters}).close()
    except psycopg.Error as problem:
        raise ProblemError(f"{_name()} does not answer: {_first_line(problem)}") from problem


def check_sqlite(path: Path) -> None:
    """Raises ProblemError where a file can't be used; one that is missing or empty will be made."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as problem:
        raise ProblemError(f"the database {path} can't be read: {problem.strerror}") from problem
    if start and start != _MAGIC:
        raise ProblemError(f"{path} is not an SQLite database; it was left as it is")
    with _looking_at(path) as connection:
        _check_whole(connection)
        _check_writable(connection, path)


@contextlib.contextmanager
def _looking_at(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw", uri=True, timeout=2.0, isolation_level=None
        )
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as problem:
        raise ProblemError(
            f"the database {path} can't be used ({problem}); it was left as it is, and a backup "
            "can be put in its place by `digitiekartta restore`"
        ) from problem


def _check_whole(connection: sqlite3.Connection) -> None:
    """SQLite's own check, as far as it gets in the time that there is."""
    deadline = time.monotonic() + _CHECK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as problem:
        if "interrupted" in str(problem) or "locked" in str(problem):
            return
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if found and found[0] != "ok":
        raise sqlite3.DatabaseError(f"damaged: {found[0]}")


def _check_writable(connection: sqlite3.Connection, path: Path) -> None:
    if not os.access(path, os.W_OK):
        # SQLite would open such a file for reading, and no write would be refused before the first.
        raise ProblemError(f"the database {path} can't be written: permission denied")
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            return
        raise ProblemError(f"the database {path} can't be written: {problem}") from problem


def migrate() -> bool:
    """Applies what is missing; whether there was anything. One process at a time.

    Raises ProblemError where the database was made by a newer version, or a migration fails.
    """
    from django.core.management import call_command  # noqa: PLC0415 - only when needed
    from django.db import DatabaseError  # noqa: PLC0415

    from .locks import migrating  # noqa: PLC0415
    from .migrations import standing  # noqa: PLC0415 - has tables

    if standing().current:
        return False
    with migrating():
        now = standing()
        if now.unknown:
            newest = ", ".join(f"{app} {name}" for app, name in sorted(now.unknown))
            raise ProblemError(
                f"{_name()} was made by a newer version of Digitiekartta ({newest}); "
                "it was left as it is"
            )
        if not now.missing:
            return False
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as problem:
            raise ProblemError(
                f"{_name()} could not be brought up to date: {_first_line(problem)}"
            ) from problem
    return True


def _name() -> str:
    """The database as a person knows it, without its password."""
    from django.conf import settings  # noqa: PLC0415 - after set_up

    database: Mapping[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"] == _SQLITE:
        return f"the database {database['NAME']}"
    place = database.get("HOST") or "the local socket"
    port = f":{database['PORT']}" if database.get("PORT") else ""
    return f"the database {database['NAME']} at {place}{port}"


def _first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
