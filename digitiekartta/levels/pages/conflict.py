"""Somebody else changed the same meanwhile: what she wrote, what you wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digitiekartta.documents.merging import Conflict
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from ..fields import ENTITIES

_TOLD_ELSEWHERE = frozenset({"decision", "example"})


@dataclass(frozen=True, slots=True)
class Both:
    """A field with both values, as they are read. ``about`` names its perspective."""

    about: str
    field: str
    mine: str
    theirs: str


def conflict_page(
    conflicts: Iterable[Conflict], about: Mapping[str, str], language: str
) -> tuple[Both, ...]:
    """The fields that two people changed at once. ``about`` are names by the entity's id."""
    return tuple(both for one in conflicts for both in _both(one, about, language))


def _both(one: Conflict, about: Mapping[str, str], language: str) -> Iterator[Both]:
    entity = next((known for known in ENTITIES if known.name == one.entity), None)
    if entity is None or one.field in _TOLD_ELSEWHERE:
        return
    field = entity.by_name.get(one.field or "")
    label = (field or entity).label.in_language(language)
    mine, theirs = _read(one.mine, language), _read(one.theirs, language)
    yield Both(about.get(one.id, ""), label, mine, theirs)


def _read(value: Any, language: str) -> str:
    if isinstance(value, dict):
        return pick(value, language).text or "–"
    if isinstance(value, float | int) and not isinstance(value, bool):
        return formats.decimal(value, language, trim=True)
    return "–" if value is None or value == "" else str(value)
