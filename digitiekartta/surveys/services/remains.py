"""Taking care that the database's files don't keep what the rows don't hold any more."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

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

    SQLite overwrites what it frees (``secure_delete``); PostgreSQL is made to write the small
    tables anew. Outside a transaction. A failure is logged: the round is closed all the same.
    """
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (FULL) surveys_tally")
                cursor.execute("VACUUM (FULL) surveys_codes")
        else:
            empty_the_journal()
    except DatabaseError as problem:
        log.warning("what is left of deleted tallies could not be erased: %s", problem)
