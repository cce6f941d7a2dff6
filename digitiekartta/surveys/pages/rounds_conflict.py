"""Somebody else changed the same meanwhile: what she wrote, what you wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from digitiekartta.documents.merging import Conflict
from digitiekartta.history.rules import ConflictError
from digitiekartta.ui.languages import pick

from ..fields import ENTITIES


@dataclass(frozen=True, slots=True)
class Both:
    """A field with both values, as they are read."""

    field: str
    mine: str
    theirs: str


def conflict_page(error: ConflictError, language: str) -> tuple[Both, ...]:
    """The fields that two people changed at once. ``language`` is the reader's."""
    return tuple(both for one in error.conflicts for both in _both(one, language))


def _both(one: Conflict, language: str) -> Iterator[Both]:
    entity = next((known for known in ENTITIES if known.name == one.entity), None)
    field = entity.by_name.get(one.field or "") if entity is not None else None
    if entity is None:
        return
    label = (field or entity).label
    yield Both(label.in_language(language), _read(one.mine, language), _read(one.theirs, language))


def _read(value: Any, language: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return pick(value, language).text or "–"
    return str(value)
