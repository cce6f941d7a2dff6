"""What an edit is: of an action, of something that belongs to it, of a goal or of the roadmap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import EntityType
from digitiekartta.history.models import Recorded
from digitiekartta.history.rules import Receipt

from ...fields import ACTION
from ...forms.texts import LANGUAGE_NAMES
from ...rights import Deed
from ...rules import Rule


def always(row: Recorded) -> bool:
    """An edit that can be made whatever stands."""
    return True


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that can be changed, in place or on a page of its own.

    ``part`` ends the address, ``anchor`` is the id of the section that it changes. ``form`` and
    ``save`` take what is edited by its name (``action``, ``goal``, ``roadmap``), and ``piece``
    where ``piece`` names the table of something that belongs to it. ``save`` calls the service and
    may raise RuleError and ConflictError.

    ``decides`` is the field of ``entity`` whose authority makes the change valid; None where adding
    or removing is meant. ``says`` stands instead of that sentence, ``explains`` before the form.
    ``reason`` names the form's field that is the reason of the change. ``at_field`` tells beside
    which field a broken rule is told, and ``names`` (or ``find_names``) under which name the form
    has a document's field. ``fits`` tells whether the edit makes sense as things stand; ``rare``
    puts its link behind a disclosure. ``with_revision``: the form wants to know which revision its
    user saw. ``opens_new``: saving leads to the page of what was added.
    """

    part: str
    title: Any
    deed: Deed
    form: Callable[..., forms.Form]
    save: Callable[..., Receipt]
    anchor: str
    decides: str | None
    entity: EntityType = ACTION
    piece: type[Recorded] | None = None
    says: Any = None
    explains: Any = None
    button: Any = None
    reason: str = "reason"
    template: str = "roadmaps/edits/fields.html"
    at_field: Mapping[Rule, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    find_names: Callable[[Conflict], Sequence[str]] | None = None
    fits: Callable[[Any], bool] = always
    rare: bool = False
    with_revision: bool = False
    opens_new: bool = False

    def names_of(self, conflict: Conflict, form: forms.Form) -> tuple[str, ...]:
        """The form's fields that hold a field of the document; none where it has no such field."""
        if self.find_names is not None:
            found: Sequence[str] = self.find_names(conflict)
        else:
            name = self.names.get(conflict.field or "", conflict.field or "")
            found = (name, *(f"{name}_{language}" for language in LANGUAGE_NAMES))
        return tuple(one for one in found if one in form.fields)
