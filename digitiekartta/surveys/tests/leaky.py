"""A planted leak: what the method forbids, a row for each answer under a random key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import uuid4

from django.db import connection

from digitiekartta.surveys.services.answers import Outcome, Submission, store

TABLE = "naive_answer"


def leaky_store(batch: Sequence[Submission]) -> list[Outcome]:
    """Stores as it should be done, and then naively too."""
    outcomes = store(batch)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id text PRIMARY KEY, answers text)")
        for one in batch:
            row = [uuid4().hex, json.dumps(list(one.levels))]
            cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s)", row)  # noqa: S608
    return outcomes
