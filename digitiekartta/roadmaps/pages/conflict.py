"""Somebody else changed the same meanwhile: what she wrote and what you wrote, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from digitiekartta.documents.document import Document
from digitiekartta.documents.merging import Conflict

from ..registry import REGISTRY
from ..saying import Sides, said_value


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two people changed at once: its value before, theirs and mine, in words.

    ``names`` are the form's fields that hold it; where there are any, one of the two is chosen.
    """

    field: str
    label: str
    base: str
    theirs: str
    mine: str
    names: tuple[str, ...] = ()

    def chosen_by(self, names: tuple[str, ...]) -> Both:
        """The same, chosen by fields of a form."""
        return replace(self, names=names)


def both_sides(
    conflicts: Iterable[Conflict], document: Document, language: str
) -> tuple[Both, ...]:
    """What stands against what, in the words of a language. ``document`` names what is meant."""
    sides = Sides(document, document, language)
    return tuple(_both(one, sides) for one in conflicts)


def _both(one: Conflict, sides: Sides) -> Both:
    entity = REGISTRY.get(one.entity)
    known = entity.by_name.get(one.field or "") if entity is not None else None
    if entity is None or known is None:
        label = entity.label.in_language(sides.language) if entity is not None else ""
        return Both(one.field or "", label, "", "", "")
    base, theirs, _ = said_value(one.entity, known, one.base, one.theirs, sides)
    _, mine, _ = said_value(one.entity, known, one.base, one.mine, sides)
    return Both(known.name, known.label.in_language(sides.language), base, theirs, mine)
