"""Changes between two documents in the users' words, grouped by what they are about.

``describe`` reads two documents and their differences and gives frozen values with texts in one
language. Nothing here asks the database or the clock. The documents are already redacted for
whoever reads: what is not in them can't be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from digitiekartta.documents.changes import Change
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Record
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from .change_kinds import READING_ORDER, ChangeKind, is_silent, kind_of, owner_of
from .registry import REGISTRY
from .saying import Sides, name_of, said_value

_MARKED = (ChangeKind.CANCELLED, ChangeKind.MERGED, ChangeKind.MOVED, ChangeKind.PROGRESSED)
_REASON = "reason"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about. ``serial`` leads to an action's own page."""

    entity: str
    id: str
    name: str
    serial: int | None
    example: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed: empty ``old`` when it came, empty ``new`` when it went.

    ``prose`` tells that the values are running text; ``language`` is theirs where it is not the
    reader's.
    """

    label: str
    old: str = ""
    new: str = ""
    prose: bool = False
    language: str = ""

    def __str__(self) -> str:
        if self.old and self.new:
            return f"{self.label} {self.old} → {self.new}"
        if self.old:
            return _("%(what)s %(value)s: removed") % {"what": self.label, "value": self.old}
        return f"{self.label} {self.new}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """Everything of one kind that changed about one subject, with its reason if one was given."""

    subject: Subject
    lines: tuple[Line, ...]
    reason: str = ""

    def __str__(self) -> str:
        told = "; ".join(str(line) for line in self.lines)
        return f"{self.subject.name}: {told}" if told else self.subject.name


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind, the subjects in the roadmap's own order."""

    kind: ChangeKind
    items: tuple[Item, ...]

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Description:
    """The changes as people read them. ``total`` counts the subjects over all groups."""

    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        return sum(len(group) for group in self.groups)

    def count(self, kind: ChangeKind) -> int:
        return sum(len(group) for group in self.groups if group.kind is kind)


def describe(
    changes: Iterable[Change], before: Document, after: Document, language: str
) -> Description:
    """The changes in words. ``before`` and ``after`` are the documents that they lie between."""
    with translation.override(language):
        telling = _Telling(Sides(before, after, language))
        for change in changes:
            telling.hear(change)
        return telling.description()


class _Telling:
    """Hears the changes one by one and puts together what belongs together."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._lines: dict[ChangeKind, dict[tuple[str, str], list[Line]]] = defaultdict(dict)
        self._reasons: dict[str, Change] = {}
        self._scheduled: set[str] = set()

    def hear(self, change: Change) -> None:
        if is_silent(change):
            return
        entity, id = owner_of(change, self._sides)
        if (entity, id) != (change.entity, change.id) and self._came_or_went(entity, id):
            return  # told with what it belongs to
        if entity == "action" and change.entity == "action" and change.field == _REASON:
            self._reasons[id] = change
            return
        kind = kind_of(change)
        lines = self._lines[kind].setdefault((entity, id), [])
        if change.entity == "action" and kind is ChangeKind.MOVED:
            self._hear_schedule(id, lines)
        else:
            lines.extend(_lines(change, self._sides))

    def _came_or_went(self, entity: str, id: str) -> bool:
        return (self._sides.before.get(entity, id) is None) != (
            self._sides.after.get(entity, id) is None
        )

    def _hear_schedule(self, id: str, lines: list[Line]) -> None:
        if id in self._scheduled:
            return
        self._scheduled.add(id)
        before, after = self._sides.before.get("action", id), self._sides.after.get("action", id)
        if before is not None and after is not None:
            lines.extend(_schedule_lines(before, after, self._sides.language))

    def description(self) -> Description:
        for id in self._reasons:
            if not any((("action", id)) in self._lines[kind] for kind in _MARKED):
                self._lines[ChangeKind.PROGRESSED].setdefault(("action", id), [])
        groups = (self._group(kind) for kind in READING_ORDER if self._lines[kind])
        return Description(tuple(group for group in groups if len(group)))

    def _group(self, kind: ChangeKind) -> Group:
        items = (self._item(kind, *key, lines) for key, lines in self._lines[kind].items())
        ordered = sorted(
            (one for one in items if one.lines or one.reason or kind in _MARKED),
            key=lambda one: self._sides.place(one.subject.entity, one.subject.id),
        )
        return Group(kind, tuple(ordered))

    def _item(self, kind: ChangeKind, entity: str, id: str, lines: list[Line]) -> Item:
        item = Item(_subject(entity, id, self._sides), tuple(lines))
        change = self._reasons.get(id)
        if entity != "action" or change is None or kind is not self._kind_of_reason(id):
            return item
        return replace(item, reason=pick(change.new, self._sides.language).text)

    def _kind_of_reason(self, id: str) -> ChangeKind | None:
        return next((kind for kind in _MARKED if ("action", id) in self._lines[kind]), None)


def _subject(entity: str, id: str, sides: Sides) -> Subject:
    record = sides.record(entity, id)
    return Subject(
        entity=entity,
        id=id,
        name=name_of(entity, id, sides),
        serial=record.get("serial") if entity == "action" else None,
        example=bool(record.get("example")),
    )


def _schedule_lines(before: Record, after: Record, language: str) -> list[Line]:
    old, new = _span(before, language), _span(after, language)
    lines = [Line(_("schedule"), old, new)] if old != new else []
    if bool(before.get("recurring")) != bool(after.get("recurring")):
        word = _("repeats every half-year") if after.get("recurring") else _("no longer repeats")
        lines.append(Line(word))
    return lines


def _span(record: Record, language: str) -> str:
    first, last = record["first"], record["last"]
    return formats.half_years(_pair(first), _pair(last), language)


def _pair(written: str) -> tuple[int, int]:
    year, _dash, half = written.partition("-H")
    return int(year), int(half)


def _lines(change: Change, sides: Sides) -> list[Line]:
    """The lines of one change: of a field, or of an entity that came or went."""
    if change.field is not None:
        return [_field_line(change, sides)]
    if change.entity == "action":
        return _new_action(change, sides) if change.adds else [Line("", _("the action"))]
    return [_whole(change, sides)]


def _new_action(change: Change, sides: Sides) -> list[Line]:
    record: Record = change.new
    lines = [Line(_("schedule"), "", _span(record, sides.language))]
    if record.get("responsible"):
        party = name_of("party", record["responsible"], sides)
        lines.append(Line(_("responsible"), "", party))
    return lines


def _field_line(change: Change, sides: Sides) -> Line:
    entity = REGISTRY[change.entity]
    field = entity.by_name[change.field or ""]
    label = _low(field.label.in_language(sides.language))
    if change.entity not in ("action", owner_of(change, sides)[0]):
        label = f"{name_of(change.entity, change.id, sides)}, {label}"
    old, new, told_in = said_value(change.entity, field, change.old, change.new, sides)
    prose = field.type.value == "text"
    return Line(label, old, new, prose, "" if told_in == sides.language else told_in)


def _whole(change: Change, sides: Sides) -> Line:
    """An entity that came or went, by its label and its name."""
    label = _low(REGISTRY[change.entity].label.in_language(sides.language))
    name = name_of(change.entity, change.id, sides)
    if change.entity == "note":
        return Line("", "", name) if change.adds else Line(label, name)
    if owner_of(change, sides) == (change.entity, change.id):
        return Line("", "", _("new")) if change.adds else Line("", _("all"))
    return Line(label, "", name) if change.adds else Line(label, name)


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]
