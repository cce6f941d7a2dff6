"""Who is at work on a folder and its database: servers share it, a restore wants it alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from .problems import ProblemError

_MIGRATING_KEY = 7_302_001


@contextlib.contextmanager
def serving(var: Path) -> Iterator[None]:
    """Held while a server runs. Raises ProblemError while a restore is at work, or without room."""
    with _locked(var / "serving.lock", fcntl.LOCK_SH) as held:
        if not held:
            raise ProblemError(f"a restore is at work on {var}; start again when it is done")
        yield


@contextlib.contextmanager
def alone(var: Path) -> Iterator[None]:
    """Held while a restore is at work. Raises ProblemError while a server runs."""
    with _locked(var / "serving.lock", fcntl.LOCK_EX) as held:
        if not held:
            raise ProblemError(f"a server is running on {var}; stop it before you restore")
        yield


@contextlib.contextmanager
def migrating() -> Iterator[None]:
    """One migrates, others wait: by a file beside an SQLite database, by PostgreSQL's own lock."""
    from django.db import connection  # noqa: PLC0415 - after Django's set-up

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING_KEY])
        try:
            yield
        finally:
            with contextlib.suppress(Exception), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING_KEY])
        return
    name = Path(str(connection.settings_dict["NAME"]))
    with _locked(name.with_name(name.name + ".migrating"), fcntl.LOCK_EX, wait=True):
        yield


@contextlib.contextmanager
def _locked(path: Path, how: int, wait: bool = False) -> Iterator[bool]:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise ProblemError(
            f"the folder {path.parent} can't be written: {problem.strerror}; "
            "set DIGITIEKARTTA_VAR to one that can"
        ) from problem
    try:
        yield _take(descriptor, how if wait else how | fcntl.LOCK_NB)
    finally:
        os.close(descriptor)


def _take(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
