"""``digitiekartta backup``: everything of one moment in one file, while the site is served."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import archive, database, environment
from .problems import ProblemError
from .uploads import add_uploads
from .words import counted

_PAGES = 1000


def write_backup(path: Path, *, with_key: bool = False) -> str:
    """Writes a backup and proves that it can be read; what was done, in a sentence.

    Raises ProblemError where there is no database, it can't be read, or the file can't be written.
    """
    var = environment.var_folder()
    known = environment.known_key(var)
    database.set_up_existing()
    if with_key and known is None:
        raise ProblemError(
            f"there is no secret key in {var} to be included, and {environment.PREFIX}SECRET_KEY "
            "is not set"
        )
    return make(path, with_key=with_key)


def make(path: Path, *, with_key: bool = False) -> str:
    """As :func:`write_backup`, with Django set up."""
    from django.db import DatabaseError  # noqa: PLC0415 - after set_up

    source = database.sqlite_path()
    try:
        with archive.written(path) as writer:
            if with_key:
                writer.add(archive.KEY, [_secret_key()])
            manifest = _from_sqlite(writer, source) if source else _from_tables(writer)
            # After the database: what its rows name is on the disk before they are committed.
            files = add_uploads(writer, environment.var_folder())
            writer.finish(manifest)
    except (DatabaseError, sqlite3.Error) as problem:
        raise ProblemError(f"the backup can't be made: {problem}") from problem
    size = path.stat().st_size / 1024
    held = [counted(sum(manifest.tables.values()), "row")]
    held += [counted(files, "uploaded file")] if files else []
    return f"{path}: {', '.join(held)}, {size:.0f} KB"


def _from_sqlite(writer: archive.Writer, source: Path) -> archive.Manifest:
    """A copy by SQLite's own online backup; the manifest is of the copy, so both are one moment."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=source.parent) as folder:
        copy = Path(folder) / archive.DATABASE
        copy_sqlite(source, copy)
        with pointed_at(copy):
            manifest = describe("sqlite")
        with copy.open("rb") as file:
            writer.add(archive.DATABASE, archive.chunks_of(file))
    return manifest


def copy_sqlite(source: Path, copy: Path) -> None:
    """A consistent copy in one file, whoever writes meanwhile."""
    with (
        contextlib.closing(sqlite3.connect(source)) as original,
        contextlib.closing(sqlite3.connect(copy)) as made,
    ):
        original.backup(made, pages=_PAGES, sleep=0.01)
        made.execute("PRAGMA journal_mode=DELETE")


def _from_tables(writer: archive.Writer) -> archive.Manifest:
    """Every table, a row a line, in one transaction that sees one moment."""
    from django.db import connection, transaction  # noqa: PLC0415 - after set_up

    from .rows import all_models, dumped  # noqa: PLC0415

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in all_models():
            name = f"{archive.TABLES}{model._meta.db_table}.jsonl"
            writer.add(name, (_line(row) for row in dumped(model)))
        return describe("tables")


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def describe(kind: str) -> archive.Manifest:
    """The manifest of the database as it stands: schema, rows, and every ledger's document."""
    from digitiekartta import __version__  # noqa: PLC0415 - after set_up
    from digitiekartta.history.models import Ledger  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .migrations import applied_migrations  # noqa: PLC0415
    from .rows import counts  # noqa: PLC0415

    return archive.Manifest(
        made_at=now().isoformat(),
        version=__version__,
        kind=kind,
        migrations=sorted([app, name] for app, name in applied_migrations()),
        tables=counts(),
        ledgers={str(one): described(one) for one in Ledger.objects.values_list("pk", flat=True)},
    )


def described(ledger_id: Any) -> dict[str, Any]:
    """A ledger's revision, and the hash of its document as the tables have it."""
    from digitiekartta.documents.document import canonical_bytes, sha256  # noqa: PLC0415
    from digitiekartta.history.queries import from_tables  # noqa: PLC0415

    standing = from_tables(ledger_id)
    hash = sha256(canonical_bytes(standing.document))
    return {"revision": standing.revision, "document_sha256": hash}


@contextlib.contextmanager
def pointed_at(path: Path) -> Iterator[None]:
    """Lets Django work on another SQLite file for a while; for commands, which run alone."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    from digitiekartta.history.queries import forget  # noqa: PLC0415

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    forget()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        forget()


def _secret_key() -> bytes:
    from django.conf import settings  # noqa: PLC0415 - after set_up

    key: str = settings.SECRET_KEY
    return key.encode()
