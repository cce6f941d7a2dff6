"""Changes of settings as their readers say them: what it was, what it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from digitiekartta.accounts.fields import PERSON
from digitiekartta.documents.changes import Change
from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import EntityType, Field, Record, ValueType
from digitiekartta.history.records import as_value
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from ..fields import ENTITIES, MEMBERSHIP, MUNICIPALITY
from ..rules import BodyTask, PartyKind, Role, is_on, reminder_rhythm
from ..words import BUILT, FEATURES, KINDS, ROLES, TASKS

_ENTITIES: Mapping[str, EntityType] = {one.name: one for one in (*ENTITIES, MEMBERSHIP, PERSON)}
_LONGEST = 400
_SILENT = frozenset({"slug", "rank", "example", "account", "audience", "scale"})
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """One change: of what, from what, to what. ``whole``: something was added or removed."""

    label: str
    old: str
    new: str
    whole: bool = False


def told_changes(changes: Iterable[Change], names: Names, language: str) -> tuple[Told, ...]:
    """Changes in a reader's language; those that people do not read are left out."""
    return tuple(
        one
        for change in changes
        for one in _told(change, names, language)
        if change.field not in _SILENT
    )


def told_settings(held: Record, settings: Mapping[str, Any], language: str) -> tuple[Told, ...]:
    """What settings of the municipality would change, before they are written."""
    wanted = {name: as_value(value) for name, value in settings.items()}
    changes = [
        Change(MUNICIPALITY.name, "", name, held.get(name), value)
        for name, value in wanted.items()
        if held.get(name) != value
    ]
    return told_changes(changes, {}, language)


def told_conflict(conflicts: Sequence[Conflict], names: Names, language: str) -> tuple[Told, ...]:
    """What stands now (``old``) beside what was typed (``new``), field by field."""
    changes = [Change(one.entity, one.id, one.field, one.theirs, one.mine) for one in conflicts]
    return told_changes(changes, names, language)


def _told(change: Change, names: Names, language: str) -> Iterator[Told]:
    entity = _ENTITIES.get(change.entity)
    if entity is None:
        return
    if change.field is None:
        old, new = (_name(one, names, language) for one in (change.old, change.new))
        yield Told(entity.label.in_language(language), old, new, whole=True)
        return
    field = entity.by_name.get(change.field)
    if field is not None:
        old, new = said(entity, field, change.old, change.new, names, language)
        yield Told(field.label.in_language(language), old, new)


def said(
    entity: EntityType, field: Field, old: Any, new: Any, names: Names, language: str
) -> tuple[str, str]:
    """Both values of a field as people read them."""
    if field.type is ValueType.TEXT:
        return _texts(old or {}, new or {}, language)
    return (
        _said(entity, field, old, names, language),
        _said(entity, field, new, names, language),
    )


def _texts(old: Mapping[str, str], new: Mapping[str, str], language: str) -> tuple[str, str]:
    differing = [code for code in ("fi", "sv", "en") if old.get(code) != new.get(code)]
    if differing == [language] or len({*old, *new}) <= 1:
        return _short(pick(old, language).text), _short(pick(new, language).text)

    def of(texts: Mapping[str, str]) -> str:
        return " · ".join(f"{code}: {_short(texts.get(code) or '')}" for code in differing)

    return of(old), of(new)


def _said(entity: EntityType, field: Field, value: Any, names: Names, language: str) -> str:
    special = _SPECIAL.get(f"{entity.name}.{field.name}")
    if special is not None:
        return special(value)
    if value is None or value == "":
        return "–"
    if field.type is ValueType.BOOLEAN:
        return gettext("yes") if value else gettext("no")
    if field.type is ValueType.DATE:
        return formats.date(datetime.date.fromisoformat(value), language)
    if field.type is ValueType.REFERENCE:
        return pick(names.get(str(value)), language).text or "–"
    if isinstance(value, list):
        return formats.listing([str(one) for one in value], language)
    if isinstance(value, dict):
        return str(len(value))
    return _short(str(value))


def _name(record: Any, names: Names, language: str) -> str:
    if not record:
        return ""
    if "role" in record:
        words = str(ROLES[Role(record["role"])])
        party = pick(names.get(str(record.get("party"))), language).text
        return f"{words}, {party}" if party else words
    if "represents" in record:
        return pick(names.get(record["represents"]), language).text
    return pick(record.get("name"), language).text


def _short(text: str) -> str:
    if not text:
        return "–"
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _features(value: Any) -> str:
    off = [str(FEATURES[one]) for one in BUILT if not is_on(value or {}, one)]
    return gettext("not in use: %s") % ", ".join(off) if off else gettext("all in use")


def _rhythm(value: Any) -> str:
    it = reminder_rhythm(value or {})
    return gettext("silence after %(days)s days; no mail from %(from)s to %(until)s") % {
        "days": it.silence_days,
        "from": it.quiet_from,
        "until": it.quiet_until,
    }


_SPECIAL: Mapping[str, Callable[[Any], str]] = {
    "municipality.features": _features,
    "municipality.reminders": _rhythm,
    "municipality.logo": lambda value: gettext("a picture") if value else "–",
    "party.kind": lambda value: str(KINDS[PartyKind(value)]),
    "party.task": lambda value: str(TASKS[BodyTask(value)]) if value else "–",
    "membership.role": lambda value: str(ROLES[Role(value)]),
}
