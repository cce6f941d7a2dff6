"""What an edit is made of: where its form stands, and where one goes back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Recorded
from digitiekartta.history.seen import as_seen
from digitiekartta.municipalities.inside import Inside
from digitiekartta.ui.environment import active_language
from digitiekartta.ui.languages import pick

from ..models import Action, Goal, Roadmap
from .edits.edit import Edit


@dataclass(frozen=True, slots=True)
class Place:
    """What is edited, by the names that forms and services take it by.

    ``address`` is the form's own and ``back`` that of the page which shows what is edited;
    ``around`` is the page above it, with its name. ``entity`` is what presence is told of.
    """

    of: Mapping[str, Recorded]
    entity: UUID
    address: str
    back: str
    around: tuple[str, str]
    name: str
    example: bool = False
    action: Action | None = None

    def seen_at(self, revision: int) -> Mapping[str, Any]:
        """What is edited, as it stood at a revision."""
        return {name: as_seen(row, revision) for name, row in self.of.items()}


def action_place(inside: Inside, edit: Edit, serial: int, piece: UUID | None) -> Place:
    """An action. Raises DoesNotExist for one that is not there, Http404 for a hidden one."""
    action = action_of(inside, serial)
    place = Place(
        of={"action": action},
        entity=action.pk,
        address=_address("action", inside, serial, edit, piece),
        back=reverse("roadmaps:action", args=[inside.slug, serial]),
        around=(gettext("Actions"), reverse("roadmaps:actions", args=[inside.slug])),
        name=f"{action.number} {pick(action.title, active_language()).text}".strip(),
        example=action.example,
        action=action,
    )
    return _with_piece(place, edit, piece, action=action)


def goal_place(inside: Inside, edit: Edit, number: int, piece: UUID | None) -> Place:
    """A goal of the roadmap in force, or one of its indicators. Raises DoesNotExist."""
    roadmap = roadmap_of(inside)
    goal = Goal.objects.get(roadmap=roadmap, number=number)
    goals = reverse("roadmaps:goals", args=[inside.slug])
    place = Place(
        of={"goal": goal, "roadmap": roadmap},
        entity=goal.pk,
        address=_address("goal", inside, number, edit, piece),
        back=f"{goals}#tavoite-{number}",
        around=(gettext("Goals"), goals),
        name=f"{goal.number} {pick(goal.title, active_language()).text}",
        example=goal.example,
    )
    return _with_piece(place, edit, piece, goal=goal)


def roadmap_place(inside: Inside, edit: Edit) -> Place:
    """The roadmap in force as a whole. Raises Http404 where there is none."""
    roadmap = roadmap_of(inside)
    page = _PAGE_OF_TEXT.get(edit.part, "home")
    shown = reverse(f"roadmaps:{page}", args=[inside.slug])
    return Place(
        of={"roadmap": roadmap},
        entity=roadmap.pk,
        address=address_in_roadmap(inside.slug, edit.part),
        back=shown,
        around=(_page_name(page), shown),
        name=pick(roadmap.title, active_language()).text,
        example=roadmap.example,
    )


def address_in_roadmap(slug: str, part: str) -> str:
    """The address of an edit of the roadmap as a whole."""
    if part == NEW_ACTION:
        return reverse("roadmaps:new_action", args=[slug])
    return reverse("roadmaps:edit_roadmap", args=[slug, part])


NEW_ACTION = "uusi-toimenpide"
_PAGE_OF_TEXT = {
    NEW_ACTION: "actions",
    "uusi-tavoite": "goals",
    "toimintamalli": "model",
}


def _page_name(page: str) -> str:
    return {
        "home": gettext("Home"),
        "actions": gettext("Actions"),
        "goals": gettext("Goals"),
        "model": gettext("Who decides"),
    }[page]


def action_of(inside: Inside, serial: int) -> Action:
    """An action that the member may read. Raises DoesNotExist, or Http404 for a hidden one."""
    action = Action.objects.select_related("roadmap", "responsible__parent__parent", "goal").get(
        ledger_id=inside.ledger_id, serial=serial
    )
    if not inside.member.audience.may_read(Audience(action.audience or Audience.PUBLIC)):
        raise Http404
    return action


def roadmap_of(inside: Inside) -> Roadmap:
    """The roadmap in force for the municipality's own. Raises Http404 where there is none."""
    rows = list(Roadmap.objects.filter(ledger_id=inside.ledger_id))
    if not rows:
        raise Http404
    return max(rows, key=lambda one: (str(one.first), str(one.pk)))


def _with_piece(place: Place, edit: Edit, piece: UUID | None, **owner: Recorded) -> Place:
    if edit.piece is None:
        return place
    if piece is None:
        raise Http404
    row = edit.piece._default_manager.get(pk=piece, **owner)
    return replace(place, of={**place.of, "piece": row}, entity=row.pk)


def _address(what: str, inside: Inside, number: int, edit: Edit, piece: UUID | None) -> str:
    args: list[object] = [inside.slug, number, edit.part]
    if edit.piece is None:
        return reverse(f"roadmaps:edit_{what}", args=args)
    return reverse(f"roadmaps:edit_{what}_piece", args=[*args, piece])
