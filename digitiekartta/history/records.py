"""Rows as document records and back, told by the field registry."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.utils import format_number

from digitiekartta.documents.registry import EntityType, Field, Record, ValueType

from .models import Recorded

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def column(field: Field) -> str:
    """The attribute of a row that holds the field."""
    return f"{field.name}_id" if field.type is ValueType.REFERENCE else field.name


def as_value(raw: Any) -> Any:
    """A column's value as plain data; None for what is empty."""
    kind = type(raw)
    if kind is str or kind is dict or kind is list:
        return raw or None
    if raw is None or kind is bool or kind is int:
        return raw
    return _CONVERSIONS[_conversion(kind)](raw)


def _conversion(kind: type) -> type:
    for known in _CONVERSIONS:
        if issubclass(kind, known):
            return known
    raise TypeError(f"{kind.__name__} has no plain form")


_CONVERSIONS: Mapping[type, Callable[[Any], Any]] = {
    UUID: str,
    datetime.datetime: lambda value: value.astimezone(datetime.UTC).isoformat(),
    datetime.date: lambda value: value.isoformat(),
    decimal.Decimal: float,
    float: float,
    str: lambda value: str(value) or None,
    object: str,
}


def round_as_stored(row: Recorded) -> None:
    """Gives a row's decimal numbers the places that their columns keep, so that the log agrees."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DecimalField):
            value = field.to_python(getattr(row, field.attname))
            kept = format_number(value, field.max_digits, field.decimal_places)
            setattr(row, field.attname, None if kept is None else decimal.Decimal(kept))


def record_of(row: Recorded) -> Record:
    """The row as a record: every field of its entity type that is not empty."""
    return {
        field.name: value
        for field in row.entity_type.fields
        if (value := as_value(getattr(row, column(field)))) is not None
    }


def rows_as_records(rows: models.QuerySet[Any], entity_type: EntityType) -> dict[str, Record]:
    """All rows of a queryset as records by id, in one query and without making instances."""
    names = [field.name for field in entity_type.fields]
    columns = [column(field) for field in entity_type.fields]
    return {
        str(values[0]): {
            name: value
            for name, raw in zip(names, values[1:], strict=True)
            if (value := as_value(raw)) is not None
        }
        for values in rows.values_list("pk", *columns).iterator(chunk_size=2000)
    }
