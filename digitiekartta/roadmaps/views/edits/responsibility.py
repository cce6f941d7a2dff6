"""Who answers for an action: the party, the person, and what the party says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.ui.environment import active_language

from ... import services
from ...forms.action import HandOverForm
from ...forms.assignment import NothingForm, ObjectionForm, PersonForm
from ...models import Action
from ...rights import Deed
from .edit import Edit


def goes_on(action: Action) -> bool:
    """Whether an action has not ended."""
    return not action.cancelled


def _assigned(action: Action) -> bool:
    return goes_on(action) and action.responsible_id is not None


def _hand_over(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    return services.hand_over_action(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        responsible_id=UUID(given["responsible"]),
    )


def _name(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.name_person(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        person_id=given["person_id"],
        deputy_ids=given["deputy_ids"],
    )


def _object(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    objection = {active_language(): given["objection"]}
    return services.object_to_assignment(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, objection=objection
    )


def _withdraw(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    return services.withdraw_objection(ledger_id=ledger_id, intent=intent, action_id=action.pk)


def _accept(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    return services.accept_assignment(ledger_id=ledger_id, intent=intent, action_id=action.pk)


HAND_OVER = Edit(
    part="vastuu",
    title=_("Hand over"),
    deed=Deed.HAND_OVER,
    form=HandOverForm,
    save=_hand_over,
    anchor="tiedot",
    decides="responsible",
    fits=goes_on,
)
PERSON = Edit(
    part="henkilo",
    title=_("Name the person and the deputies"),
    deed=Deed.NAME_PERSON,
    form=PersonForm,
    save=_name,
    anchor="tiedot",
    decides="person",
    explains=_(
        "The person answers for the action and reports on it; a deputy does so in her place. "
        "New people are added in the settings."
    ),
    fits=goes_on,
)
ACCEPT = Edit(
    part="hyvaksynta",
    title=_("Accept the assignment"),
    deed=Deed.ACCEPT,
    form=NothingForm,
    save=_accept,
    anchor="tiedot",
    decides="accepted_on",
    explains=_("You tell that the action is yours. Saying nothing means the same."),
    button=_("I accept"),
    fits=lambda action: _assigned(action) and action.accepted_on is None,
)
OBJECT = Edit(
    part="vastalause",
    title=_("Object to the assignment"),
    deed=Deed.OBJECT,
    form=ObjectionForm,
    save=_object,
    anchor="tiedot",
    decides="objection",
    button=_("Object"),
    fits=_assigned,
)
WITHDRAW = Edit(
    part="vastalauseen-peruminen",
    title=_("Withdraw the objection"),
    deed=Deed.OBJECT,
    form=NothingForm,
    save=_withdraw,
    anchor="tiedot",
    decides="objection",
    explains=_("The objection goes away, and the assignment stands as it was given."),
    button=_("Withdraw the objection"),
    fits=lambda action: goes_on(action) and bool(action.objection),
)
