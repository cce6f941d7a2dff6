"""Columns for the document's value types that Django has none for."""

from __future__ import annotations

from typing import Any

from django.db import models


def text_column(**options: Any) -> models.JSONField[Any, Any]:
    """A text in several languages: an object of language code to string, ``{}`` when not given."""
    return models.JSONField(default=dict, blank=True, **options)


def list_column(**options: Any) -> models.JSONField[Any, Any]:
    """A list of strings, or of ids of entities of the same ledger."""
    return models.JSONField(default=list, blank=True, **options)


def audience_column(default: str = "") -> models.CharField[Any, Any]:
    """Who may read the entity; empty means everybody."""
    return models.CharField(max_length=10, blank=True, default=str(default))
