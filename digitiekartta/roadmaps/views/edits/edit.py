"""What an edit of an action is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django import forms

from digitiekartta.history.rules import Intent, Receipt

from ...models import Action
from ...rights import Deed
from ...rules import Rule


class Save(Protocol):
    """Calls the service with what a valid form holds. May raise RuleError and ConflictError."""

    def __call__(
        self, given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
    ) -> Receipt: ...


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that can be changed of an action, in place or on a page of its own.

    ``part`` ends the address, ``anchor`` is the id of the section that it changes. ``decides`` is
    the field whose authority makes the change valid; None where adding or removing is meant.
    ``reason`` names the form's field that is the reason of the change. ``at_field`` tells beside
    which field a broken rule is told.
    """

    part: str
    title: Any
    deed: Deed
    form: Callable[..., forms.Form]
    save: Save
    anchor: str
    decides: str | None
    reason: str = "reason"
    template: str = "roadmaps/edits/fields.html"
    at_field: Mapping[Rule, str] = field(default_factory=dict)
