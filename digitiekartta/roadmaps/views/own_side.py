"""What the municipality's own see besides: ways to edit, and what is not for everybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from digitiekartta.accounts.models import Person
from digitiekartta.documents.registry import Audience
from digitiekartta.ui.environment import active_language

from ..fields import ACTION
from ..models import Action, Funding
from ..permissions import standings_in, standings_to_action
from ..plan.entities import Text
from ..rights import Deed, may
from .edits import EDITS, GOAL_EDITS, ROADMAP_EDITS
from .edits.edit import Edit
from .pages import Reading
from .places import address_in_roadmap


@dataclass(frozen=True, slots=True)
class Way:
    """A way to an edit. ``rare`` ones stand behind a disclosure."""

    title: Any
    address: str
    rare: bool


@dataclass(frozen=True, slots=True)
class OwnSide:
    """Of one action. ``lines`` are the addresses of its lines of money, by their ids."""

    ways: Mapping[str, Way] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    assigned_on: datetime.date | None = None
    accepted_on: datetime.date | None = None
    objection: Text = field(default_factory=dict)
    deputies: tuple[str, ...] = ()
    note: Text = field(default_factory=dict)
    audience: str = ""
    restricted: tuple[str, ...] = ()


def own_side(reading: Reading, action_id: str) -> OwnSide:
    """What the reader may do to an action and read of it; nothing for everybody outside."""
    member = reading.member
    if member is None or reading.as_resident:
        return OwnSide()
    rows = Action.objects.select_related("responsible__parent__parent")
    action = rows.get(pk=UUID(action_id), ledger_id=reading.site.ledger_id)
    standings = standings_to_action(member, action)
    fitting = [one for one in EDITS.values() if may(one.deed, standings) and one.fits(action)]
    slug, readable = reading.site.slug, _Readable(action, member.audience)
    ways = _ways(fitting, "action", [slug, action.serial])
    return OwnSide(
        ways=ways,
        lines=_lines(slug, action) if "rahoitus" in ways else {},
        assigned_on=readable.of("assigned_on"),
        accepted_on=readable.of("accepted_on"),
        objection=readable.of("objection") or {},
        deputies=_names(readable.of("deputies") or ()),
        note=readable.of("internal_note") or {},
        audience=readable.of("audience") or "",
        restricted=_labels(readable.of("restricted") or ()),
    )


class _Readable:
    """The values of an action's row that an audience may read."""

    def __init__(self, action: Action, audience: Audience) -> None:
        self._action = action
        self._audience = audience

    def of(self, name: str) -> Any:
        marks = (
            ACTION.by_name[name].audience,
            Audience(self._action.restricted.get(name, "public")),
        )
        return getattr(self._action, name) if all(map(self._audience.may_read, marks)) else None


def ways_in_roadmap(reading: Reading) -> Mapping[str, Way]:
    """What the reader may do to the roadmap as a whole."""
    return {
        one.part: Way(one.title, address_in_roadmap(reading.site.slug, one.part), one.rare)
        for one in _allowed(reading, ROADMAP_EDITS.values())
    }


def ways_to_many(reading: Reading) -> Mapping[str, Way]:
    """The way to change many actions at once, for the coordinator and the digital team."""
    if not reading.may(str(Deed.ORDER)):
        return {}
    address = reverse("roadmaps:bulk", args=[reading.site.slug])
    return {"bulk": Way(gettext_lazy("Change the chosen ones"), address, rare=False)}


def proposed_actions(reading: Reading) -> frozenset[int]:
    """The serials of actions of which something waits for a decision."""
    undecided = reading.undecided
    return frozenset(one.serial for one in reading.plan.actions if undecided.get(one.id))


def ways_to_goals(reading: Reading) -> Mapping[int, Mapping[str, Way]]:
    """What the reader may do to each goal, by its number; edits of an indicator are by its id."""
    allowed = _allowed(reading, GOAL_EDITS.values())
    found: dict[int, Mapping[str, Way]] = {}
    for goal in reading.plan.goals if allowed else ():
        args = [reading.site.slug, goal.number]
        ways = dict(_ways(allowed, "goal", args))
        for edit in allowed:
            for one in goal.indicators if edit.piece is not None else ():
                address = reverse("roadmaps:edit_goal_piece", args=[*args, edit.part, one.id])
                ways[f"{edit.part}-{one.id}"] = Way(edit.title, address, edit.rare)
        found[goal.number] = ways
    return found


def _allowed(reading: Reading, edits: Iterable[Edit]) -> list[Edit]:
    if reading.member is None or reading.as_resident:
        return []
    standings = standings_in(reading.member)
    return [one for one in edits if may(one.deed, standings)]


def _ways(edits: Iterable[Edit], what: str, args: list[Any]) -> Mapping[str, Way]:
    return {
        one.part: Way(one.title, reverse(f"roadmaps:edit_{what}", args=[*args, one.part]), one.rare)
        for one in edits
        if one.piece is None
    }


def _lines(slug: str, action: Action) -> Mapping[str, str]:
    ids = Funding.objects.filter(action=action).values_list("pk", flat=True)
    args = [slug, action.serial, "rahoitusrivi"]
    return {str(id): reverse("roadmaps:edit_action_piece", args=[*args, id]) for id in ids}


def _names(ids: Iterable[str]) -> tuple[str, ...]:
    wanted = list(ids)
    if not wanted:
        return ()
    return tuple(
        Person.objects.filter(pk__in=wanted).order_by("name").values_list("name", flat=True)
    )


def _labels(names: Iterable[str]) -> tuple[str, ...]:
    language = active_language()
    known = ACTION.by_name
    return tuple(known[one].label.in_language(language) for one in names if one in known)
