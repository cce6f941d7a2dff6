"""What an action says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...forms.action import WordingForm
from ...models import Action
from ...rights import Deed
from ...rules import Rule
from .edit import Edit


def _save(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.reword_action(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, texts=given["texts"]
    )


WORDING = Edit(
    part="sanamuoto",
    title=_("Change the wording"),
    deed=Deed.REWORD,
    form=WordingForm,
    save=_save,
    anchor="sisalto",
    decides="title",
    template="roadmaps/edits/texts.html",
    at_field={Rule.TITLE_NEEDED: "title_fi"},
)
