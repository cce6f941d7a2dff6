"""Looking at the database before anything is done to it: problems in one sentence, nothing lost."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from . import environment
from .problems import ProblemError

if TYPE_CHECKING:
    from .migrations import Standing

_MAGIC = b"SQLite format 3\x00"
_CHECK_SECONDS = 0.5
_CONNECT_SECONDS = 5
_STEPS_BETWEEN_LOOKS = 20_000
_SQLITE = "django.db.backends.sqlite3"
_POSTGRESQL = "django.db.backends.postgresql"
BESIDE = ("", "-wal", "-shm", "-journal")
"""Ends of the names of an SQLite database's files: itself, and what SQLite keeps beside it."""


def set_up() -> None:
    """Sets Django up. Raises ProblemError for a setting that can't be used."""
    import django  # noqa: PLC0415 - commands that fail early start fast

    with _settings_told():
        _check_kind()
        django.setup()
    _check_settings()


@contextlib.contextmanager
def _settings_told() -> Iterator[None]:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - as in set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digitiekartta.config.settings")
    try:
        yield
    except environment.SettingError as problem:
        raise ProblemError(str(problem)) from problem
    except (ImproperlyConfigured, ValueError) as problem:
        is_address = type(problem).__module__.startswith("dj_database_url")
        name = "DATABASE_URL" if is_address else "a setting"
        raise ProblemError(f"{name} can't be used: {_first_line(problem)}") from problem


def set_up_existing() -> None:
    """Sets Django up for a command that works on what is there: it makes no folder and no key.

    Raises ProblemError where there is no database, or it is not one of this version.
    """
    environment.make_no_key()
    with _settings_told():
        _check_kind()
    path = sqlite_path()
    if path is not None and is_missing(path):
        raise ProblemError(_nothing_there("there is no"))
    set_up()
    from .migrations import standing  # noqa: PLC0415 - has tables

    check()
    now = standing()
    if not now.applied:
        raise ProblemError(_nothing_there("there is nothing in the"))
    refuse_newer(now)
    if now.missing:
        raise ProblemError(
            f"{name()} is of an older version; `digitiekartta migrate` brings it up to date, and "
            "`digitiekartta serve` does so by itself"
        )


def _nothing_there(there_is: str) -> str:
    return (
        f"{there_is} {name().removeprefix('the ')}; run the command in the folder that holds var/, "
        "or tell the place by DIGITIEKARTTA_VAR or DATABASE_URL (`digitiekartta serve` makes a "
        "database)"
    )


def is_missing(path: Path) -> bool:
    """Whether no SQLite database is there yet: no file, or one with nothing in it."""
    try:
        return path.stat().st_size == 0
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


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
        for end in BESIDE:
            environment.to_owner_alone(path.with_name(path.name + end))
    from django.db import DatabaseError, connection  # noqa: PLC0415 - after set_up

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, RuntimeError) as problem:
        raise ProblemError(f"{name()} does not answer: {_first_line(problem)}") from problem


def _check_reachable() -> None:
    """Asks a PostgreSQL server before the pool does, which would try for long."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from digitiekartta.live.sources import connection_parameters  # noqa: PLC0415

    parameters = connection_parameters(settings.DATABASES["default"])
    try:
        psycopg.connect(**{"connect_timeout": _CONNECT_SECONDS, **parameters}).close()
    except psycopg.Error as problem:
        raise ProblemError(f"{name()} does not answer: {_first_line(problem)}") from problem


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
        _check_ours(connection, path)


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


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = {name for (name,) in found}
    if names and "django_migrations" not in names:
        raise ProblemError(f"{path} is a database of something else; it was left as it is")


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
        refuse_newer(now)
        if not now.missing:
            return False
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except (DatabaseError, OSError) as problem:
            if not now.applied:
                _remove()
            raise ProblemError(
                f"{name()} could not be brought up to date: {_first_line(problem)}"
            ) from problem
    return True


def make() -> bool:
    """Sets Django up, makes the database where there is none, and brings it up to date; whether
    there was anything to do. An SQLite database that can't be made whole is not left there half:
    the next start begins anew.

    Raises ProblemError.
    """
    set_up()
    path = sqlite_path()
    new = path is not None and is_missing(path)
    try:
        check()
        return migrate()
    except Exception:
        if new:
            _remove_unless_made()
        raise


def _remove_unless_made() -> None:
    """Another process may have made meanwhile what could not be made here."""
    from .locks import migrating  # noqa: PLC0415 - has Django in it
    from .migrations import standing  # noqa: PLC0415

    with contextlib.suppress(ProblemError), migrating():
        with contextlib.suppress(Exception):
            if standing().current:
                return
        _remove()


def _remove() -> None:
    """Removes the SQLite database, with what SQLite keeps beside it."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    path = sqlite_path()
    if path is None:
        return
    connection.close()
    for end in BESIDE:
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink()


def refuse_newer(standing: Standing) -> None:
    """Raises ProblemError for a database that holds what this version does not know."""
    if standing.unknown:
        newest = ", ".join(f"{app} {one}" for app, one in sorted(standing.unknown))
        raise ProblemError(
            f"{name()} was made by a newer version of Digitiekartta ({newest}); "
            "it was left as it is"
        )


def told(problem: BaseException) -> str | None:
    """What the disk or the database has to say, in a sentence; None for any other error."""
    if isinstance(problem, OSError):
        place = problem.filename or "a file"
        return f"{place} can't be used: {problem.strerror or problem}"
    if isinstance(problem, sqlite3.OperationalError):
        return f"the database can't be used: {_first_line(problem)}"
    if type(problem).__module__ != "django.db.utils":
        return None
    from django.db import OperationalError  # noqa: PLC0415 - is there already

    if not isinstance(problem, OperationalError):
        return None
    let_go()
    return f"{name()} can't be used: {_first_line(problem)}; what was there is untouched"


def let_go() -> None:
    """Closes the connections; SQLite then puts its log into the database, and takes it away."""
    from django.db import DatabaseError, connections  # noqa: PLC0415 - after set_up

    with contextlib.suppress(DatabaseError):
        connections.close_all()


def name() -> str:
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
