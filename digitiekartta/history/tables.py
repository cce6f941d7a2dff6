"""Which tables take part in the document: every one whose rows are recorded."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from digitiekartta.documents.registry import Registry

from .models import Recorded


@cache
def all_tables() -> tuple[type[Recorded], ...]:
    """The tables in the order of the installed apps."""
    return tuple(model for model in apps.get_models() if issubclass(model, Recorded))


def table_of(entity: str) -> type[Recorded]:
    """The table of an entity type, or KeyError."""
    return {table.entity_type.name: table for table in all_tables()}[entity]


@cache
def registry() -> Registry:
    """The registry of everything that is recorded."""
    return Registry(table.entity_type for table in all_tables())
