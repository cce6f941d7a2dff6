"""The field registry: what a document consists of, told once.

Diff, redaction, log, schema, forms, spreadsheets, permissions and their tests read it. A new
field is one line in the entity type that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Record = Mapping[str, Any]
"""The values of one entity by field name: plain JSON data, never changed in place.

An empty value (None, an empty string, list or object) is left out, so that a field added to the
registry later does not make an old record differ from a new one.
"""


class Audience(StrEnum):
    """Who may read a value, from everybody to the digital team alone."""

    PUBLIC = "public"
    MEMBERS = "members"
    TEAM = "team"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    def may_read(self, marked: Audience) -> bool:
        """Whether readers of this audience may see what is marked for ``marked``."""
        return marked.rank <= self.rank


_RANKS = {Audience.PUBLIC: 0, Audience.MEMBERS: 1, Audience.TEAM: 2}


class Authority(StrEnum):
    """Who decides a change.

    The defaults come from the source document; a municipality may move them.
    """

    PROGRESS = "progress"
    TEAM = "team"
    MANAGEMENT = "management"
    BOARD = "board"


class FieldKind(StrEnum):
    """Whether a value is planned, reported, or follows from others."""

    PLAN = "plan"
    PROGRESS = "progress"
    DERIVED = "derived"


class ValueType(StrEnum):
    """The shape of a value in the document.

    TEXT is an object of language code to string, DATE an ISO date, MOMENT an ISO date and time with
    an offset, HALF_YEAR the likes of ``2026-H1``, NUMBER a decimal number, REFERENCE the id of an
    entity, REFERENCES a list of ids, AUDIENCE one of :class:`Audience`, RESTRICTIONS an object of
    field name to audience.
    """

    TEXT = "text"
    STRING = "string"
    STRINGS = "strings"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    HALF_YEAR = "half_year"
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"
    AUDIENCE = "audience"
    RESTRICTIONS = "restrictions"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Label:
    """A name in the three languages of the interface."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: str) -> str:
        return {"fi": self.fi, "sv": self.sv, "en": self.en}.get(language, self.fi)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity type.

    ``refers_to`` names the entity type of a reference. ``required`` references decide existence:
    an entity whose required reference is gone or hidden is gone or hidden with it.
    """

    name: str
    type: ValueType
    label: Label
    kind: FieldKind = FieldKind.PLAN
    authority: Authority = Authority.TEAM
    audience: Audience = Audience.PUBLIC
    refers_to: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False

    def __post_init__(self) -> None:
        is_reference = self.type in (ValueType.REFERENCE, ValueType.REFERENCES)
        if is_reference != (self.refers_to is not None):
            raise ValueError(f"{self.name}: a reference, and only a reference, refers to a type")
        if (self.type is ValueType.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}: a choice, and only a choice, has choices")


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of entity: ``name`` in the singular, ``plural`` as the key in published JSON.

    ``existence`` is the authority that decides adding and removing. ``decided_by`` is the
    reference that names the decision by which an entity stands as it does, where there is one.
    """

    name: str
    plural: str
    label: Label
    fields: tuple[Field, ...]
    existence: Authority = Authority.TEAM
    decided_by: str | None = None
    by_name: Mapping[str, Field] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {one.name: one for one in self.fields}
        if len(by_name) != len(self.fields):
            raise ValueError(f"{self.name}: two fields of one name")
        if self.decided_by is not None and self.decided_by not in by_name:
            raise ValueError(f"{self.name}: no field {self.decided_by}")
        object.__setattr__(self, "by_name", by_name)

    def references(self) -> Iterator[Field]:
        return (one for one in self.fields if one.refers_to is not None)


class Registry:
    """All entity types of a document, by name, in the order in which they were given."""

    def __init__(self, types: Iterable[EntityType]) -> None:
        self._types = {one.name: one for one in types}
        for one in self._types.values():
            for reference in one.references():
                if reference.refers_to not in self._types:
                    raise ValueError(f"{one.name}.{reference.name}: no type {reference.refers_to}")

    def __getitem__(self, name: str) -> EntityType:
        return self._types[name]

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __iter__(self) -> Iterator[EntityType]:
        return iter(self._types.values())

    def get(self, name: str) -> EntityType | None:
        return self._types.get(name)

    def field(self, entity: str, name: str) -> Field:
        """The field, or KeyError."""
        return self._types[entity].by_name[name]


EXAMPLE = Field(
    "example",
    ValueType.BOOLEAN,
    Label("Esimerkki", "Exempel", "Example"),
    authority=Authority.TEAM,
)
VISIBILITY = Field(
    "audience",
    ValueType.AUDIENCE,
    Label("Julkisuus", "Offentlighet", "Visibility"),
    audience=Audience.TEAM,
)
RESTRICTED = Field(
    "restricted",
    ValueType.RESTRICTIONS,
    Label("Ei-julkiset kohdat", "Icke-offentliga delar", "Non-public parts"),
    audience=Audience.TEAM,
)
