"""``digitiekartta restore``: a backup in place of the database, once it is proved whole."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any

from . import archive, database, environment, locks
from .archive import Manifest
from .backup import describe, make, pointed_at
from .problems import ProblemError
from .uploads import restore_uploads
from .words import counted


def restore_backup(path: Path) -> str:
    """Replaces the database by a backup; what was done, in a sentence.

    Everything is proved in a temporary place first: hashes, SQLite's own check, and every
    ledger's document. What stood there is kept beside. The backup's secret key, if it holds one,
    is put where there is none; a key that is here stays. Raises ProblemError, and nothing was
    changed then.
    """
    if not path.is_file():
        raise ProblemError(f"there is no file {path}")
    var = environment.var_folder()
    known = environment.known_key(var)
    environment.make_no_key()
    database.set_up()
    with locks.alone(var), _temporary(var) as folder:
        manifest = archive.extracted(path, folder)
        _check_version(path, manifest)
        # Before the database: its rows name them. They replace nothing.
        files = restore_uploads(folder, var)
        target = database.sqlite_path()
        if target is None:
            kept = _into_postgresql(path, manifest, folder, var)
        else:
            kept = _into_sqlite(path, manifest, folder, target)
        key = _restore_key(folder / archive.KEY, known, var)
    rows = counted(sum(manifest.tables.values()), "row")
    rows += f" and {counted(files, 'uploaded file')}" if files else ""
    done = f"{rows} of {manifest.made_at[:16].replace('T', ' ')} were restored"
    beside = f"; what was there before is {kept}" if kept else ""
    return f"{done}{beside}.\n{key}"


def _restore_key(held: Path, known: str | None, var: Path) -> str:
    """Puts the backup's secret key where there is none; what becomes of sessions, in a sentence."""
    key = held.read_text().strip() if held.exists() else None
    kept = environment.key_file(var)
    if key is None and known is None:
        return "The backup holds no secret key: one will be made, and everybody signs in again."
    if key is None:
        return (
            "The backup holds no secret key: who was signed in then still is if the key of this "
            "site is the same as then, and signs in again if not."
        )
    if key == known:
        return "The backup's secret key is this site's: who was signed in then still is."
    if known is not None:
        return (
            "The secret key of this site was kept, and it is not the backup's: everybody signs in "
            f"again. To have the backup's instead, take this site's away ({kept}, or "
            f"{environment.PREFIX}SECRET_KEY) and restore once more."
        )
    try:
        environment.keep_key(var, key)
    except environment.SettingError as problem:
        return f"The backup's secret key was not restored: {problem}. Everybody signs in again."
    return f"The backup's secret key was put into {kept}: who was signed in then still is."


@contextlib.contextmanager
def _temporary(var: Path) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="restoring-", dir=var) as folder:
            yield Path(folder)
    except OSError as problem:
        raise ProblemError(f"{var} can't be written: {problem.strerror}") from problem


def _check_version(path: Path, manifest: Manifest) -> None:
    from .migrations import migration_files  # noqa: PLC0415 - after set_up

    unknown = {(app, name) for app, name in manifest.migrations} - migration_files()
    if unknown:
        raise ProblemError(
            f"{path} was made by a newer version of Digitiekartta ({manifest.version}); "
            "upgrade before you restore it"
        )


def _into_sqlite(path: Path, manifest: Manifest, folder: Path, target: Path) -> Path | None:
    from django.db import DatabaseError, OperationalError  # noqa: PLC0415 - after set_up

    candidate = folder / archive.DATABASE
    try:
        if manifest.kind == "tables":
            with pointed_at(candidate):
                _migrate()
                _load(manifest, folder)
        _check_file(candidate)
        with pointed_at(candidate):
            _prove(path, manifest)
            _migrate()
        _close_log(candidate)
    except (sqlite3.OperationalError, OperationalError) as problem:
        raise ProblemError(f"{path} can't be restored: {problem}; nothing was changed") from problem
    except (sqlite3.Error, DatabaseError) as problem:
        raise ProblemError(f"{path} does not hold a whole database: {problem}") from problem
    return _swap(candidate, target)


def _into_postgresql(path: Path, manifest: Manifest, folder: Path, var: Path) -> Path | None:
    from django.db import DatabaseError, transaction  # noqa: PLC0415 - after set_up

    database.check()
    _refuse_while_served()
    database.migrate()
    kept = _free(var, "before-restore-", ".zip")
    make(kept)
    try:
        with transaction.atomic():
            _load(manifest, folder)
            _prove(path, manifest)
    except DatabaseError as problem:
        raise ProblemError(f"{path} can't be loaded: {problem}") from problem
    return kept


def _refuse_while_served() -> None:
    from django.db import connection  # noqa: PLC0415 - after set_up

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'digitiekartta watcher'"
        )
        if cursor.fetchone()[0]:
            raise ProblemError("a server is running on the database; stop it before you restore")


def _load(manifest: Manifest, folder: Path) -> None:
    """Fills the database that Django is pointed at with the backup's rows, and nothing else."""
    from django.db import connection, transaction  # noqa: PLC0415 - after set_up

    from .rows import all_models, clear, load, reset_sequences  # noqa: PLC0415

    with transaction.atomic(), connection.constraint_checks_disabled():
        clear()
        for model in all_models():
            load(model, _rows(model._meta.db_table, manifest, folder))
        reset_sequences()
    connection.check_constraints()


def _rows(table: str, manifest: Manifest, folder: Path) -> Iterator[dict[str, Any]]:
    if manifest.kind == "tables":
        file = folder / archive.TABLES / f"{table}.jsonl"
        if file.exists():
            with file.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)
    else:
        yield from _rows_of_copy(table, folder / archive.DATABASE)


def _rows_of_copy(table: str, copy: Path) -> Iterator[dict[str, Any]]:
    """The rows of an SQLite copy, read with Django's own converters."""
    from django.apps import apps  # noqa: PLC0415 - after set_up
    from django.db import connections  # noqa: PLC0415

    from .rows import dumped  # noqa: PLC0415

    alias = "restored copy"
    if alias not in connections.databases:
        connections.databases[alias] = {
            **connections.databases["default"],
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(copy),
            "OPTIONS": {},
            "CONN_MAX_AGE": 0,
        }
    models = {one._meta.db_table: one for one in apps.get_models(include_auto_created=True)}
    yield from dumped(models[table], alias)


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - after set_up

    from .migrations import standing  # noqa: PLC0415

    if not standing().current:
        call_command("migrate", verbosity=0, interactive=False)


def _check_file(candidate: Path) -> None:
    with contextlib.closing(sqlite3.connect(candidate)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise sqlite3.DatabaseError(f"damaged: {found}")


def _close_log(candidate: Path) -> None:
    """Leaves everything in the one file."""
    with contextlib.closing(sqlite3.connect(candidate)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")


def _prove(path: Path, manifest: Manifest) -> None:
    """Compares what Django reads now with the manifest. Raises ProblemError for a difference.

    A backup of an older version is brought up to date afterwards; its documents can't be built
    by this version before that, so that hash and quick check have to do.
    """
    from .migrations import standing  # noqa: PLC0415 - after set_up

    if manifest.kind == "sqlite" and not standing().current:
        return
    found = describe(manifest.kind)
    if [list(one) for one in manifest.migrations] == found.migrations:
        same = (found.ledgers, found.tables) == (manifest.ledgers, manifest.tables)
    else:
        revisions = [_revisions(one) for one in (found, manifest)]
        same = revisions[0] == revisions[1]
    if not same:
        raise ProblemError(f"{path} does not hold what its manifest says; nothing was changed")


def _revisions(manifest: Manifest) -> dict[str, Any]:
    return {id: one["revision"] for id, one in manifest.ledgers.items()}


def _swap(candidate: Path, target: Path) -> Path | None:
    """Puts the candidate in place; what stood there, with its log, stays beside."""
    kept = _free(target.parent, f"{target.name}.before-restore-")
    moved: list[tuple[Path, Path]] = []
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment.to_owner_alone(candidate)
    try:
        for suffix in database.BESIDE:
            old = target.with_name(target.name + suffix)
            if old.exists():
                moved.append((old, kept.with_name(kept.name + suffix)))
                os.rename(*moved[-1])
                environment.to_owner_alone(moved[-1][1])
        os.replace(candidate, target)
    except OSError as problem:
        for old, new in moved:
            if new.exists():
                os.replace(new, old)
        raise ProblemError(f"{target} can't be replaced: {problem.strerror}") from problem
    archive.sync_folder(target.parent)
    return kept if moved else None


def _free(folder: Path, start: str, end: str = "") -> Path:
    """A name with the time in it that nothing has yet."""
    from digitiekartta.ui.clock import now  # noqa: PLC0415 - after set_up

    stamp = now().strftime("%Y%m%d-%H%M%S")
    numbers = chain([""], (f"-{number}" for number in count(2)))
    names = (f"{start}{stamp}{number}{end}" for number in numbers)
    return next(folder / name for name in names if not (folder / name).exists())
