"""Taking care that the database's files don't keep what the rows don't hold any more."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, models, transaction

from ..models import Codes, Tally

log = logging.getLogger(__name__)
_PATIENCE_MS = 200
_PATIENCE_AGAIN_MS = 20_000


def empty_the_journal() -> None:
    """SQLite: brings what was committed into the file and empties the write-ahead file, whose pages
    show earlier counts. Does nothing where somebody reads or writes just now, or elsewhere."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_AGAIN_MS}")


def erase_remains() -> None:
    """After tallies were deleted: leaves no page behind in which they could still be read.

    SQLite overwrites what it frees (``secure_delete``); on PostgreSQL the small tables are written
    anew. Outside a transaction. A failure is logged: the round is closed all the same.
    """
    try:
        if connection.vendor == "postgresql":
            # In the order in which whoever stores answers locks them.
            for table in (Tally, Codes):
                _write_anew(table)
        else:
            empty_the_journal()
    except DatabaseError as problem:
        log.warning("what is left of deleted tallies could not be erased: %s", problem)


def _write_anew(model: type[models.Model]) -> None:
    """PostgreSQL: a table of the same rows in a file of its own; the old file is removed.

    ``VACUUM (FULL)`` would carry deleted rows over into the new file for as long as any transaction
    of the whole server, in whichever database, is older than their deletion.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        rows = list(model._default_manager.order_by("pk"))
        cursor.execute(f"TRUNCATE {table}")
        model._default_manager.bulk_create(rows)
