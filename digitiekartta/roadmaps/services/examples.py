"""Taking the example content out."""

from __future__ import annotations

from uuid import UUID

from digitiekartta.accounts.models import Person
from digitiekartta.accounts.services import remove_example_accounts
from digitiekartta.decisions.models import Frozen
from digitiekartta.documents.registry import EXAMPLE
from digitiekartta.history import services as history
from digitiekartta.history.models import Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.history.tables import all_tables
from digitiekartta.levels.models import Priority
from digitiekartta.municipalities.models import Seat

from ..models import Action, Roadmap
from ..permissions import require
from ..rights import Deed


def remove_examples(*, ledger_id: UUID, intent: Intent) -> Receipt:
    """Removes everything that is flagged as an example, and texts of a roadmap so flagged.

    Pages then say "ei vielä lisätty". The log keeps what was there, as it keeps everything.
    Example versions go too: nobody approved them. Which perspectives are priorities is a fact of
    the source; only the reasons were made up.
    """

    def write(pen: Pen) -> Recorded | None:
        require(pen, Deed.REMOVE_EXAMPLES)
        for roadmap in Roadmap.objects.filter(ledger_id=ledger_id):
            _clear_roadmap(pen, roadmap)
        for priority in Priority.objects.filter(ledger_id=ledger_id, example=True):
            pen.set(priority, reason={}, decision=None, example=False)
        _let_go_of_people(pen)
        Frozen.objects.filter(version__ledger_id=ledger_id, version__example=True).delete()
        tables = [table for table in all_tables() if _has_examples(table)]
        for table in reversed(tables):
            for row in _children_first(table, ledger_id):
                pen.remove(row)
        return None

    receipt = history.commit(
        ledger_id=ledger_id, kind="remove_examples", intent=intent, write=write
    )
    remove_example_accounts()
    return receipt


def _has_examples(table: type[Recorded]) -> bool:
    return EXAMPLE.name in table.entity_type.by_name and table not in (Roadmap, Priority)


def _let_go_of_people(pen: Pen) -> None:
    """What somebody has added herself may have been given to one of the example's people."""
    people = set(
        Person.objects.filter(ledger=pen.ledger, example=True).values_list("pk", flat=True)
    )
    for action in Action.objects.filter(ledger=pen.ledger, example=False):
        deputies = [one for one in action.deputies if UUID(one) not in people]
        person = None if action.person_id in people else action.person
        pen.set(action, person=person, deputies=deputies)
    for seat in Seat.objects.filter(ledger=pen.ledger, person__in=people):
        pen.set(seat, person=None)


def _clear_roadmap(pen: Pen, roadmap: Roadmap) -> None:
    if roadmap.example:
        pen.set(roadmap, vision={}, vision_lead={}, example=False)
    valid = roadmap.valid_version
    while valid is not None and valid.example:
        valid = valid.supersedes
    pen.set(roadmap, valid_version=valid)


def _children_first(table: type[Recorded], ledger_id: UUID) -> list[Recorded]:
    """Rows that refer to others of their own table come before those."""
    rows = list(table._default_manager.filter(**{"ledger_id": ledger_id, EXAMPLE.name: True}))
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
