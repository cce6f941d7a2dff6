"""The order of actions by hand: each is put beside another one.

A move is told as "before that one" or "after that one", never as a place in a list: so two people
who order different actions at once both get what they asked for, whatever the ranks are by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from digitiekartta.documents.merging import Conflict
from digitiekartta.history import services as history
from digitiekartta.history.models import Entry
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import ConflictError, Intent, Receipt

from ..models import Action
from ..permissions import require
from ..rights import Deed
from ..rules import Rule, RuleError

KIND = "order_action"
STEP = 1024
"""What renumbered ranks leave between two actions."""


def order_action(
    *, ledger_id: UUID, intent: Intent, action_id: UUID, beside_id: UUID, after: bool
) -> Receipt:
    """Puts an action just before another one of the same roadmap, or just after it.

    Raises RuleError for one of another roadmap, ConflictError when somebody has put the same
    action elsewhere since the revision that the writer saw.
    """
    # The ranks of others may have been renumbered since: that is nothing to collide with.
    seen = intent.expected_revision
    free = Intent(actor=intent.actor, at=intent.at, reason=intent.reason, key=intent.key)

    def write(pen: Pen) -> Action:
        action, beside = pen.get(Action, action_id), pen.get(Action, beside_id)
        require(pen, Deed.ORDER, action)
        if beside.roadmap_id != action.roadmap_id:
            raise RuleError(Rule.NOT_IN_THIS_ROADMAP)
        if seen is not None:
            _check_where_it_was(pen, action, seen)
        if beside.pk != action.pk:
            rank = make_room(pen, beside, after=after, moved=action.pk)
            pen.set(action, rank=rank)
        return action

    return history.commit(
        ledger_id=ledger_id,
        kind=KIND,
        intent=free,
        write=write,
        request={"action": str(action_id), "beside": str(beside_id), "after": after},
    )


def _check_where_it_was(pen: Pen, action: Action, seen: int) -> None:
    since = Entry.objects.filter(
        ledger=pen.ledger, revision__gt=seen, kind=KIND, entity_id=action.pk
    )
    if pen.intent.actor is not None:  # one's own moves in a row don't collide
        since = since.exclude(actor=pen.intent.actor)
    if since.exists():
        conflict = Conflict("action", str(action.pk), "rank", None, None, action.rank)
        raise ConflictError([conflict], pen.ledger.revision)


def make_room(pen: Pen, beside: Action, *, after: bool, moved: UUID | None = None) -> int:
    """The rank with which an action stands just before or after another one.

    Where there is no room between the neighbours, some around are renumbered. ``moved`` is the
    action itself, where it is there already.
    """
    rows = Action.objects.filter(roadmap=beside.roadmap_id)
    if moved is not None:
        rows = rows.exclude(pk=moved)
    others = list(rows.order_by("rank", "serial").values_list("pk", "rank"))
    at = next(i for i, (pk, _) in enumerate(others) if pk == beside.pk) + after
    ranks: list[int | None] = [rank for _, rank in others]
    ranks.insert(at, None)
    places = new_ranks(ranks, at)
    for place, rank in places.items():
        if place != at:
            pk, _ = others[place - (place > at)]
            pen.set(pen.get(Action, pk), rank=rank)
    return places[at]


def new_ranks(ranks: Sequence[int | None], at: int) -> dict[int, int]:
    """New ranks by place, as few as can be, so that the one at ``at`` stands where it is.

    ``ranks`` rise, equal ones in their own order; the one at ``at`` is not read. Those around it
    are renumbered in a growing window, until there is room on both sides.
    """
    width = 0
    while True:
        first, last = max(at - width, 0), min(at + width, len(ranks) - 1)
        low = ranks[first - 1] if first > 0 else None
        high = ranks[last + 1] if last + 1 < len(ranks) else None
        spread = _spread(low, high, last - first + 1)
        if spread is not None:
            return {first + place: rank for place, rank in enumerate(spread)}
        width = width * 2 + 1


def _spread(low: int | None, high: int | None, count: int) -> list[int] | None:
    """So many different ranks between two, evenly; None where they do not fit."""
    if low is None and high is None:
        return [STEP * (place + 1) for place in range(count)]
    if high is None:
        return [(low or 0) + STEP * (place + 1) for place in range(count)]
    if low is None:
        return [high - STEP * (count - place) for place in range(count)]
    gap = (high - low) / (count + 1)
    return [low + int(gap * (place + 1)) for place in range(count)] if gap >= 1 else None
