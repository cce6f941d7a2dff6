"""Names and values of a document in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Field, Label, Record, ValueType
from digitiekartta.municipalities.rules import HalfYear
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from .own_words import own_words
from .rules import EffectClass, EffectPhase, FundingKind, FundingState, Status
from .words import (
    DECISION_KINDS,
    EFFECT_CLASSES,
    EFFECT_PHASES,
    FUNDING_KINDS,
    FUNDING_STATES,
    STATUSES,
)

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two documents between which something changed, and the language in which it is told."""

    before: Document
    after: Document
    language: str

    def record(self, entity: str, id: str) -> Record:
        """The record as it is now, else as it was; empty when it is in neither."""
        return self.after.get(entity, id) or self.before.get(entity, id) or {}

    def place(self, entity: str, id: str) -> tuple[Any, ...]:
        """Where a subject stands among others: actions by number, the rest by type and order."""
        record = self.record(entity, id)
        number = record.get("number", "")
        parts = tuple(int(one) for one in _DIGITS.findall(str(number)))
        rank = record.get("rank") or 0
        return (entity != "action", entity, record.get("decided_on", ""), parts, rank, id)


def name_of(entity: str, id: str, sides: Sides) -> str:
    """What people call an entity."""
    record = sides.record(entity, id)
    naming = _NAMES.get(entity)
    return naming(record, sides) if naming is not None else _titled(record, sides)


def short_name_of(entity: str, id: str, sides: Sides) -> str:
    """What an entity is called beside a change of one of its fields."""
    if entity == "funding":
        return _funding_name(sides.record(entity, id), sides)
    return name_of(entity, id, sides)


def label_of(label: Label, language: str) -> str:
    """A label inside a sentence: small, and without the unit that the value carries itself."""
    text = label.in_language(language).removesuffix(", €").removesuffix(" %")
    return text[:1].lower() + text[1:]


def day_of(record: Record) -> str:
    """The day that a record is dated with, as an ISO date; empty where it has none."""
    return record.get("noted_on") or record.get("measured_on") or ""


def _titled(record: Record, sides: Sides) -> str:
    for field in ("short_name", "title", "name"):
        said = pick(record.get(field), sides.language).text
        if said:
            return said
    return ""


def _action_name(record: Record, sides: Sides) -> str:
    return f"{record.get('number', '')} {_titled(record, sides)}".strip()


def _of_perspective(record: Record, sides: Sides) -> str:
    return name_of("perspective", record.get("perspective", ""), sides)


def _decision_name(record: Record, sides: Sides) -> str:
    body = name_of("party", record.get("body", ""), sides)
    day = _day(record.get("decided_on"), sides.language)
    return f"{body} {day}".strip()


def _funding_name(record: Record, sides: Sides) -> str:
    year = record.get("year")
    kind = _choice(FUNDING_KINDS, FundingKind, record.get("kind")).lower()
    return f"{kind} {year}" if year else kind


def _funding_line(record: Record, sides: Sides) -> str:
    state = _choice(FUNDING_STATES, FundingState, record.get("state")).lower()
    amount = record.get("amount")
    euros = formats.euros(amount, sides.language) if amount is not None else ""
    said = ", ".join(part for part in (_funding_name(record, sides), euros) if part)
    return f"{said}: {state}"


def _effect_name(record: Record, sides: Sides) -> str:
    kind = _choice(EFFECT_CLASSES, EffectClass, record.get("effect_class"))
    phase = _choice(EFFECT_PHASES, EffectPhase, record.get("phase")).lower()
    text = pick(record.get("text"), sides.language).text
    return f"{kind} ({phase}): {text}" if text else f"{kind} ({phase})"


def _work_name(record: Record, sides: Sides) -> str:
    days = formats.number(record.get("person_days") or 0, sides.language)
    return f"{_half(record.get('half_year'), sides.language)}: {days}"


def _note_name(record: Record, sides: Sides) -> str:
    day = _day(record.get("noted_on"), sides.language)
    text = pick(record.get("text"), sides.language).text
    return f"{day} {text}".strip() if text else f"{day} {_status(record, sides)}".strip()


def _status(record: Record, sides: Sides) -> str:
    return _choice(_own_statuses(sides), Status, record.get("status"))


def _own_statuses(sides: Sides) -> Mapping[Status, str]:
    municipality = next(iter(sides.after.of("municipality").values()), {})
    return own_words(municipality.get("wordings") or {}, sides.language).statuses


def _value_name(record: Record, sides: Sides) -> str:
    value = record.get("value")
    said = formats.decimal(value, sides.language, trim=True) if value is not None else ""
    unit = pick(sides.record("indicator", record.get("indicator", "")).get("unit"), sides.language)
    return f"{_day(record.get('measured_on'), sides.language)}: {said} {unit.text}".strip()


def _measurement_name(record: Record, sides: Sides) -> str:
    value = record.get("value")
    said = formats.decimal(value, sides.language) if value is not None else ""
    return f"{_of_perspective(record, sides)} {said}".strip()


def _target_name(record: Record, sides: Sides) -> str:
    level = record.get("level")
    return formats.decimal(level, sides.language, trim=True) if level is not None else ""


def _seat_name(record: Record, sides: Sides) -> str:
    return name_of("party", record.get("represents", ""), sides)


def _link_name(record: Record, sides: Sides) -> str:
    return _titled(record, sides) or str(record.get("url", ""))


def _dependency_name(record: Record, sides: Sides) -> str:
    return name_of("action", record.get("depends_on", ""), sides)


def _priority_name(record: Record, sides: Sides) -> str:
    return str(record.get("number") or "")


def _version_name(record: Record, sides: Sides) -> str:
    return _("Version %(number)s") % {"number": record.get("number", "")}


_NAMES: Mapping[str, Callable[[Record, Sides], str]] = {
    "action": _action_name,
    "decision": _decision_name,
    "funding": _funding_line,
    "effect": _effect_name,
    "work_estimate": _work_name,
    "note": _note_name,
    "indicator_value": _value_name,
    "measurement": _measurement_name,
    "target": _target_name,
    "priority": _priority_name,
    "seat": _seat_name,
    "link": _link_name,
    "dependency": _dependency_name,
    "version": _version_name,
}
_CHOICES: Mapping[tuple[str, str], tuple[Mapping[Any, Any], Any]] = {
    ("action", "status"): (STATUSES, Status),
    ("note", "status"): (STATUSES, Status),
    ("funding", "kind"): (FUNDING_KINDS, FundingKind),
    ("funding", "state"): (FUNDING_STATES, FundingState),
    ("effect", "effect_class"): (EFFECT_CLASSES, EffectClass),
    ("effect", "phase"): (EFFECT_PHASES, EffectPhase),
    ("decision", "kind"): (DECISION_KINDS, DecisionKind),
}


def _choice(words: Mapping[Any, Any], enum: Any, value: Any) -> str:
    return str(words[enum(value)]) if value in set(enum) else ""


def _day(value: Any, language: str) -> str:
    return formats.date(datetime.date.fromisoformat(value), language) if value else ""


def _half(value: Any, language: str) -> str:
    if not value:
        return ""
    half_year = HalfYear.parse(value)
    return formats.half_year(half_year.year, half_year.half, language)


def said_value(entity: str, field: Field, old: Any, new: Any, sides: Sides) -> tuple[str, str, str]:
    """A field's old and new value in words, and the language that the words are in.

    A text that differs only in another language than the reader's is told in that language.
    """
    if field.type is ValueType.TEXT:
        return _said_text(old, new, sides.language)
    said = [_said(entity, field, value, sides) for value in (old, new)]
    return said[0], said[1], sides.language


def _said_text(old: Any, new: Any, language: str) -> tuple[str, str, str]:
    before: Mapping[str, str] = old or {}
    after: Mapping[str, str] = new or {}
    picked = pick(before, language), pick(after, language)
    if picked[0].text != picked[1].text:
        return picked[0].text, picked[1].text, picked[1].language or picked[0].language
    for code in ("fi", "sv", "en"):
        if before.get(code) != after.get(code):
            return before.get(code, ""), after.get(code, ""), code
    return picked[0].text, picked[1].text, language


def _said(entity: str, field: Field, value: Any, sides: Sides) -> str:
    if value is None:
        return _("no") if field.type is ValueType.BOOLEAN else ""
    if field.type is ValueType.CHOICE:
        words, enum = _CHOICES.get((entity, field.name), ({}, None))
        if enum is Status:
            words = _own_statuses(sides)
        return _choice(words, enum, value).lower() if enum is not None else str(value)
    say = _SAYING.get(field.type)
    return say(field, value, sides) if say is not None else ""


def _say_number(field: Field, value: Any, sides: Sides) -> str:
    if field.name in ("amount", "actual"):
        return formats.euros(value, sides.language)
    if field.name == "percentage":
        return formats.percent(value, sides.language)
    if field.name == "year":
        return str(value)
    return formats.decimal(value, sides.language, trim=True)


_SAYING: Mapping[ValueType, Callable[[Field, Any, Sides], str]] = {
    ValueType.STRING: lambda field, value, sides: str(value),
    ValueType.STRINGS: lambda field, value, sides: ", ".join(map(str, value)),
    ValueType.INTEGER: _say_number,
    ValueType.NUMBER: _say_number,
    ValueType.BOOLEAN: lambda field, value, sides: _("yes") if value else _("no"),
    ValueType.DATE: lambda field, value, sides: _day(value, sides.language),
    ValueType.HALF_YEAR: lambda field, value, sides: _half(value, sides.language),
    ValueType.REFERENCE: lambda field, value, sides: name_of(field.refers_to or "", value, sides),
    ValueType.REFERENCES: lambda field, value, sides: formats.listing(
        [name_of(field.refers_to or "", one, sides) for one in value], sides.language
    ),
}
