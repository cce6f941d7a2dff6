"""Changes between two documents in the users' words, grouped by what they are about.

``describe`` reads two documents and their differences and gives frozen values with texts in one
language. Nothing here asks the database or the clock. The documents are already redacted for
whoever reads: what is not in them can't be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from digitiekartta.documents.changes import Change
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Record, ValueType
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from .change_kinds import FOLLOW_UP, READING_ORDER, ChangeKind, is_silent, kind_of, owner_of
from .plan.entities import Text
from .registry import REGISTRY
from .saying import Sides, day_of, label_of, name_of, said_value, short_name_of
from .wording import Stretch, rewording

_WITH_REASON = (
    ChangeKind.CANCELLED,
    ChangeKind.MERGED,
    ChangeKind.MOVED,
    ChangeKind.PROGRESSED,
)
_TOLD_BY_KIND = frozenset({"cancelled", "merged_into"})


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

    ``wording`` are the stretches of running text that was changed, and ``language`` is the
    language of the values where it is not the reader's. ``on`` orders what has a day.
    """

    label: str
    old: str = ""
    new: str = ""
    wording: tuple[Stretch, ...] = ()
    language: str = ""
    on: str = ""

    def __str__(self) -> str:
        label = f"{self.label}: " if self.label else ""
        if self.old and self.new:
            return f"{label}{self.old} → {self.new}"
        if self.old:
            return _("%(what)s was removed") % {"what": label + self.old}
        return label + self.new if self.new else self.label


@dataclass(frozen=True, slots=True)
class Item:
    """Everything of one kind that changed about one subject, with its reason if one was given."""

    subject: Subject
    lines: tuple[Line, ...]
    reason: str = ""
    reason_language: str = ""

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
    def plan(self) -> tuple[Group, ...]:
        """What changes the plan itself."""
        return tuple(group for group in self.groups if group.kind not in FOLLOW_UP)

    @property
    def follow_up(self) -> tuple[Group, ...]:
        """What tells how the plan went: progress, measurements, money, decisions."""
        return tuple(group for group in self.groups if group.kind in FOLLOW_UP)

    @property
    def total(self) -> int:
        return sum(len(group) for group in self.groups)

    def count(self, kind: ChangeKind) -> int:
        return sum(len(group) for group in self.groups if group.kind is kind)


def describe(
    changes: Iterable[Change],
    before: Document,
    after: Document,
    language: str,
    reasons: Mapping[str, Text] | None = None,
) -> Description:
    """The changes in words. ``before`` and ``after`` are the documents that they lie between.

    ``reasons`` are what the log gives as the reason of an action's new schedule, by its id, for
    actions that have no reason of their own.
    """
    with translation.override(language):
        telling = _Telling(Sides(before, after, language), reasons or {})
        for change in changes:
            telling.hear(change)
        return telling.description()


class _Telling:
    """Hears the changes one by one and puts together what belongs together."""

    def __init__(self, sides: Sides, of_moves: Mapping[str, Text]) -> None:
        self._sides = sides
        self._of_moves = of_moves
        self._lines: dict[ChangeKind, dict[tuple[str, str], list[Line]]] = defaultdict(dict)
        self._reasons: dict[str, Change] = {}

    def hear(self, change: Change) -> None:
        if is_silent(change):
            return
        owner = owner_of(change, self._sides)
        if owner != (change.entity, change.id) and self._came_or_went(*owner):
            return  # told with what it belongs to
        if change.entity == "action" and change.field == "reason":
            self._reasons[change.id] = change
            return
        kind = kind_of(change, self._sides)
        known = owner in self._lines[kind]
        lines = self._lines[kind].setdefault(owner, [])
        if change.entity == "action" and kind is ChangeKind.MOVED:
            lines.extend(() if known else self._schedule(change.id))
        else:
            lines.extend(_lines(change, self._sides))

    def _came_or_went(self, entity: str, id: str) -> bool:
        return (self._sides.before.get(entity, id) is None) != (
            self._sides.after.get(entity, id) is None
        )

    def _schedule(self, id: str) -> Iterator[Line]:
        before, after = self._sides.before.get("action", id), self._sides.after.get("action", id)
        if before is not None and after is not None:
            yield from _schedule_lines(before, after, self._sides.language)

    def description(self) -> Description:
        for id in self._reasons:
            if self._kind_of_reason(id) is None:
                self._lines[ChangeKind.PROGRESSED][("action", id)] = []
        groups = (self._group(kind) for kind in READING_ORDER if self._lines[kind])
        return Description(tuple(groups))

    def _group(self, kind: ChangeKind) -> Group:
        items = (self._item(kind, *key, lines) for key, lines in self._lines[kind].items())
        place = self._sides.place
        ordered = sorted(items, key=lambda one: place(one.subject.entity, one.subject.id))
        return Group(kind, tuple(ordered))

    def _item(self, kind: ChangeKind, entity: str, id: str, lines: list[Line]) -> Item:
        ordered = tuple(sorted(lines, key=lambda line: line.on))
        item = Item(_subject(entity, id, self._sides), ordered)
        if entity != "action" or kind is not self._kind_of_reason(id):
            return item
        change = self._reasons.get(id)
        said = pick(change.new if change else None, self._sides.language)
        if not said.text and kind is ChangeKind.MOVED:
            said = pick(self._of_moves.get(id), self._sides.language)
        foreign = "" if said.language == self._sides.language else said.language
        return replace(item, reason=said.text, reason_language=foreign)

    def _kind_of_reason(self, id: str) -> ChangeKind | None:
        """The kind beside which an action's reason is told: the first that asks for one."""
        return next((kind for kind in _WITH_REASON if ("action", id) in self._lines[kind]), None)


def _subject(entity: str, id: str, sides: Sides) -> Subject:
    record = sides.record(entity, id)
    return Subject(
        entity=entity,
        id=id,
        name=name_of(entity, id, sides) or label_of(REGISTRY[entity].label, sides.language),
        serial=record.get("serial") if entity == "action" else None,
        example=bool(record.get("example")),
    )


def _schedule_lines(before: Record, after: Record, language: str) -> Iterator[Line]:
    old, new = _span(before, language), _span(after, language)
    if old != new:
        yield Line(_("schedule"), old, new)
    if bool(before.get("recurring")) != bool(after.get("recurring")):
        yield Line("", "", _("repeats") if after.get("recurring") else _("no longer repeats"))


def _span(record: Record, language: str) -> str:
    return formats.half_years(_pair(record["first"]), _pair(record["last"]), language)


def _pair(written: str) -> tuple[int, int]:
    year, _dash, half = written.partition("-H")
    return int(year), int(half)


def _lines(change: Change, sides: Sides) -> Iterator[Line]:
    """The lines of one change: of a field, or of an entity that came or went."""
    if change.field in _TOLD_BY_KIND and change.new:
        yield from _ending(change, sides)
    elif change.field is not None:
        yield _field_line(change, sides)
    elif change.entity == "action" and change.adds:
        yield from _new_action(change.new, sides)
    else:
        yield _whole(change, sides)


def _ending(change: Change, sides: Sides) -> Iterator[Line]:
    """What the group's name does not tell of an action's ending: where a merged one went."""
    if change.field == "merged_into":
        yield Line(_("part of"), "", name_of("action", change.new, sides))


def _new_action(record: Record, sides: Sides) -> Iterator[Line]:
    yield Line(_("schedule"), "", _span(record, sides.language))
    if record.get("responsible"):
        yield Line(_("responsible"), "", name_of("party", record["responsible"], sides))


def _field_line(change: Change, sides: Sides) -> Line:
    field = REGISTRY[change.entity].by_name[change.field or ""]
    label = label_of(field.label, sides.language)
    if owner_of(change, sides) != (change.entity, change.id):
        label = f"{short_name_of(change.entity, change.id, sides)}, {label}"
    old, new, told_in = said_value(change.entity, field, change.old, change.new, sides)
    wording = rewording(old, new) if field.type is ValueType.TEXT and old and new else ()
    return Line(label, old, new, wording, "" if told_in == sides.language else told_in)


def _whole(change: Change, sides: Sides) -> Line:
    """An entity that came or went: its name under what it belongs to, else the word for it."""
    label = label_of(REGISTRY[change.entity].label, sides.language)
    if owner_of(change, sides) == (change.entity, change.id):
        said = _("%(what)s was added") if change.adds else _("%(what)s was removed")
        return Line("", "", said % {"what": label})
    name = name_of(change.entity, change.id, sides)
    on = day_of(sides.record(change.entity, change.id))
    if on and change.adds:
        return Line("", "", name, on=on)
    return Line(label, "" if change.adds else name, name if change.adds else "", on=on)
