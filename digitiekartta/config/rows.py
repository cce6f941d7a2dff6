"""All rows of the database as plain data, and back: the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from .problems import ProblemError

Row = dict[str, Any]
_BATCH = 500
_PLAIN = (type(None), bool, int, float, str, list, dict)


def all_models() -> list[type[models.Model]]:
    """Every table that Django manages, those between two others included."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and not one._meta.proxy]


def counts() -> dict[str, int]:
    """Rows by table."""
    return {one._meta.db_table: one._base_manager.count() for one in all_models()}


def dumped(model: type[models.Model], alias: str = "default") -> Iterator[Row]:
    """The rows of a table in the order of their keys, as data that JSON holds."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.using(alias).order_by("pk").iterator(chunk_size=2000)
    for row in rows:
        yield {field.attname: _plain(field, row) for field in fields}


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    return value if isinstance(value, _PLAIN) else field.value_to_string(row)


def clear() -> None:
    """Empties every table, inside a transaction."""
    tables = [one._meta.db_table for one in all_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(map(connection.ops.quote_name, tables))
            cursor.execute(f"TRUNCATE {names}")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def load(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Puts rows into a table as they are, without anything that saving does; how many.

    A column that the rows lack, because they are older, gets its default. Raises ProblemError for
    one that this version does not know.
    """
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    remaining, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, _BATCH)):
            cursor.executemany(statement, [_values(model, fields, row) for row in batch])
            count += len(batch)
    return count


def _values(
    model: type[models.Model], fields: Sequence[models.Field[Any, Any]], row: Row
) -> list[Any]:
    unknown = row.keys() - {field.attname for field in fields}
    if unknown:
        raise ProblemError(
            f"{model._meta.db_table} has columns in the backup that this version lacks "
            f"({', '.join(sorted(unknown))}); restore it with the version that made it"
        )
    return [_stored(field, row) for field in fields]


def _stored(field: models.Field[Any, Any], row: Row) -> Any:
    value = row[field.attname] if field.attname in row else field.get_default()
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if value is not None:
        value = target.to_python(value)
    return field.get_db_prep_save(value, connection)


def reset_sequences() -> None:
    """Lets the database count on from the highest keys."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), all_models()):
            cursor.execute(statement)
