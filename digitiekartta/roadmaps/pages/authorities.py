"""Päätösvalta: every kind of change with who decides it, and what that means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digitiekartta.decisions.rules import (
    Authorities,
    authority_of_existence,
    authority_of_field,
)
from digitiekartta.documents.registry import Authority, EntityType, Label

from ..registry import REGISTRY
from .model import NOT_OF_THE_PLAN, shown_fields


@dataclass(frozen=True, slots=True)
class Decidable:
    """A kind of change: of a field, or adding and removing where ``label`` is None."""

    key: str
    label: Label | None
    default: Authority
    now: Authority

    @property
    def is_own(self) -> bool:
        return self.now is not self.default


@dataclass(frozen=True, slots=True)
class DecidableGroup:
    """What can be decided of one kind of entity. ``own`` counts the municipality's own choices."""

    name: str
    label: Label
    rows: tuple[Decidable, ...]
    own: int


def authorities_page(own: Authorities) -> tuple[DecidableGroup, ...]:
    """Everything whose authority can be chosen, with the choice and the default."""
    return tuple(_group(entity, own) for entity in REGISTRY if entity.name not in NOT_OF_THE_PLAN)


def _group(entity: EntityType, own: Authorities) -> DecidableGroup:
    rows = tuple(_rows(entity, own))
    return DecidableGroup(entity.name, entity.label, rows, sum(one.is_own for one in rows))


def _rows(entity: EntityType, own: Authorities) -> Iterator[Decidable]:
    existence = authority_of_existence(entity, own)
    yield Decidable(entity.name, None, entity.existence, existence)
    for field in shown_fields(entity):
        key = f"{entity.name}.{field.name}"
        now = authority_of_field(entity, field.name, own)
        yield Decidable(key, field.label, field.authority, now)


def chosen(sent: Mapping[str, Any]) -> dict[str, str]:
    """The municipality's own settings out of what was sent: only those that differ from the
    defaults. Raises ValueError for an authority that is none."""
    own: dict[str, str] = {}
    for group in authorities_page({}):
        for one in group.rows:
            value = Authority(sent.get(one.key) or one.default)
            if value is not one.default:
                own[one.key] = str(value)
    return own
