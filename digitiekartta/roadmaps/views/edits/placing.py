"""Where an action stands, who sees it, what the team notes of it, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.documents.registry import Audience
from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...forms.new_action import NewActionForm
from ...forms.standing import NoteForm, PlaceForm, VisibilityForm
from ...models import Action, Roadmap
from ...rights import Deed
from ...rules import Rule
from ...services.actions import NewAction
from .edit import Edit
from .parts import IN_TEXTS


def _place(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.place_action(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        number=given["number"].strip(),
        goal_id=given["goal_id"],
    )


def _show(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.set_visibility(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        audience=Audience(given["audience"]),
        restricted=given["marks"],
    )


def _note(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.reword_action(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, texts=given["texts"]
    )


def _add(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, roadmap: Roadmap) -> Receipt:
    action = NewAction(
        number=given["number"].strip(),
        texts=given["texts"],
        span=given["span"],
        goal_id=given["goal_id"],
        responsible_id=given["responsible_id"],
        rank=_last_rank(roadmap),
    )
    return services.add_action(
        ledger_id=ledger_id, intent=intent, roadmap_id=roadmap.pk, action=action
    )


def _last_rank(roadmap: Roadmap) -> int:
    ranks = Action.objects.filter(roadmap=roadmap).order_by("-rank").values_list("rank", flat=True)
    return (ranks.first() or 0) + 1


PLACE = Edit(
    part="paikka",
    title=_("Change the number or the goal"),
    deed=Deed.ORDER,
    form=PlaceForm,
    save=_place,
    anchor="tiedot",
    decides="goal",
    rare=True,
)
VISIBILITY = Edit(
    part="nakyvyys",
    title=_("Choose who sees this"),
    deed=Deed.SET_VISIBILITY,
    form=VisibilityForm,
    save=_show,
    anchor="sisalto",
    decides="audience",
    says=_("Valid at once, also in the pages of past days and in the open data."),
    rare=True,
)
NOTE = Edit(
    part="muistiinpano",
    title=_("Write an internal note"),
    deed=Deed.REWORD,
    form=NoteForm,
    save=_note,
    anchor="muistiinpano",
    decides="internal_note",
    says=_("Only the digital team sees the note. It may have to be given out if asked for."),
    rare=True,
)
NEW_ACTION = Edit(
    part="uusi-toimenpide",
    title=_("New action"),
    deed=Deed.ADD_ACTION,
    form=NewActionForm,
    save=_add,
    anchor="sisalto",
    decides=None,
    template=IN_TEXTS,
    at_field={Rule.TITLE_NEEDED: "title_fi", Rule.OUTSIDE_THE_PERIOD: "first"},
    opens_new=True,
)
