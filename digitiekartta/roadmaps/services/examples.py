"""Taking the example content out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey

from digitiekartta.accounts.services import remove_example_accounts
from digitiekartta.decisions.models import Frozen, Version
from digitiekartta.documents.registry import EXAMPLE, ValueType
from digitiekartta.history import services as history
from digitiekartta.history.models import Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.history.tables import all_tables
from digitiekartta.levels.models import Priority

from ..models import Roadmap
from ..permissions import require
from ..rights import Deed

Doomed = dict[type[Recorded], set[UUID]]


def remove_examples(*, ledger_id: UUID, intent: Intent) -> Receipt:
    """Removes everything that is flagged as an example, and texts of a roadmap so flagged.

    Pages then say "ei vielä lisätty". The log keeps what was there, as it keeps everything.
    Example versions go too: nobody approved them. Which perspectives are priorities is a fact of
    the source; only the reasons were made up. What somebody has added to an example goes with it;
    what stands by itself stays and lets go of the example.
    """

    def write(pen: Pen) -> Recorded | None:
        require(pen, Deed.REMOVE_EXAMPLES)
        for roadmap in Roadmap.objects.filter(ledger_id=ledger_id):
            _clear_roadmap(pen, roadmap)
        for priority in Priority.objects.filter(ledger_id=ledger_id, example=True):
            pen.set(priority, reason={}, decision=None, example=False)
        doomed = _doomed(ledger_id)
        _let_go(pen, doomed)
        Frozen.objects.filter(version__in=doomed.get(Version, set())).delete()
        for table in reversed(all_tables()):
            for row in _children_first(table, doomed.get(table, set())):
                pen.remove(row)
        return None

    receipt = history.commit(
        ledger_id=ledger_id, kind="remove_examples", intent=intent, write=write
    )
    remove_example_accounts()
    return receipt


def _has_examples(table: type[Recorded]) -> bool:
    return EXAMPLE.name in table.entity_type.by_name and table not in (Roadmap, Priority)


def _doomed(ledger_id: UUID) -> Doomed:
    """The ids of example rows by table, and of whatever can't be without them: a report that
    somebody gave of an example action has nothing left to tell of."""
    doomed: Doomed = {
        table: set(_ids(table, ledger_id, **{EXAMPLE.name: True}))
        for table in all_tables()
        if _has_examples(table)
    }
    grows = True
    while grows:
        grows = False
        for table in all_tables():
            for key in _keys(table):
                gone = doomed.get(key.related_model, set())
                if key.null or not gone:
                    continue
                found = set(_ids(table, ledger_id, **{f"{key.name}__in": gone}))
                grows = grows or not found <= doomed.get(table, set())
                doomed[table] = doomed.get(table, set()) | found
    return doomed


def _let_go(pen: Pen, doomed: Doomed) -> None:
    """What stays lets go of what goes: an action of one's own may have been given to one of the
    example's people, or belong to an example goal."""
    for table in all_tables():
        here = table._default_manager.filter(ledger=pen.ledger)
        stays = here.exclude(pk__in=doomed.get(table, set()))
        for key in _keys(table):
            gone = doomed.get(key.related_model, set())
            for row in stays.filter(**{f"{key.name}__in": gone}) if gone else ():
                pen.set(row, **{key.name: None})
        for field in table.entity_type.references():
            if field.type is ValueType.REFERENCES:
                _shorten(pen, stays, field.name, {str(id) for ids in doomed.values() for id in ids})


def _shorten(pen: Pen, rows: Iterable[Recorded], name: str, gone: set[str]) -> None:
    for row in rows:
        held: list[str] = getattr(row, name)
        if not gone.isdisjoint(held):
            pen.set(row, **{name: [one for one in held if one not in gone]})


def _ids(table: type[Recorded], ledger_id: UUID, **wanted: Any) -> Iterable[UUID]:
    found: Iterable[UUID] = table._default_manager.filter(
        **{"ledger_id": ledger_id, **wanted}
    ).values_list("pk", flat=True)
    return found


def _keys(table: type[Recorded]) -> Iterator[Any]:
    """The table's foreign keys to what is recorded."""
    for field in table._meta.get_fields():
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Recorded):
            yield field


def _clear_roadmap(pen: Pen, roadmap: Roadmap) -> None:
    if roadmap.example:
        pen.set(roadmap, vision={}, vision_lead={}, example=False)
    valid = roadmap.valid_version
    while valid is not None and valid.example:
        valid = valid.supersedes
    pen.set(roadmap, valid_version=valid)


def _children_first(table: type[Recorded], ids: set[UUID]) -> list[Recorded]:
    """Rows that refer to others of their own table come before those."""
    rows: list[Recorded] = list(table._default_manager.filter(pk__in=ids))
    own = [
        one for one in table._meta.get_fields() if one.many_to_one and one.related_model is table
    ]
    if not own:
        return rows
    ordered: list[Recorded] = []
    left = {row.pk: row for row in rows}
    while left:
        needed = {getattr(row, f"{one.name}_id") for row in left.values() for one in own}
        free = [row for pk, row in left.items() if pk not in needed]
        ordered.extend(free)
        for row in free or list(left.values()):
            del left[row.pk]
    return ordered
