"""Päätöstä odottavat muutokset: what is proposed, by whom, why, and who decides."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from digitiekartta.decisions.rules import Authorities, authority_of_existence, authority_of_field
from digitiekartta.documents.changes import Change
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Authority

from ..change_kinds import ChangeKind, is_silent, owner_of
from ..describing import Line, Subject, describe
from ..registry import REGISTRY
from ..saying import Sides

BODIES = {
    Authority.MANAGEMENT: _("The management team decides."),
    Authority.BOARD: _("The city board decides."),
}


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of the log that proposed something. ``by`` is empty for the system's own."""

    revision: int
    on: datetime.date
    by: str
    reason: str
    own: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that waits for a decision about one action, goal or other thing.

    ``written`` are the writes that proposed it, the latest first.
    """

    subject: Subject
    kinds: tuple[ChangeKind, ...]
    lines: tuple[Line, ...]
    bodies: tuple[str, ...]
    written: tuple[Written, ...]


Key = tuple[str, str, str]
"""The type and id of an entity and the name of its field, empty for the entity itself."""


def key_of(change: Change) -> Key:
    """What of a document a change is about."""
    return change.entity, change.id, change.field or ""


def proposals_of(
    changes: Iterable[Change],
    valid: Document,
    working: Document,
    language: str,
    *,
    own: Authorities,
    written: Mapping[Key, Written],
) -> tuple[Proposal, ...]:
    """The proposals in the roadmap's own order. ``changes`` lead from the valid document to the
    working one; ``written`` tells which entry of the log brought each; ``own`` are the
    municipality's settings of who decides."""
    sides = Sides(valid, working, language)
    told = [one for one in changes if not is_silent(one)]
    by_owner: dict[tuple[str, str], list[Change]] = {}
    for change in told:
        by_owner.setdefault(owner_of(change, sides), []).append(change)
    ordered = sorted(by_owner, key=lambda owner: sides.place(*owner))
    found = []
    for owner in ordered:
        described = describe(by_owner[owner], valid, working, language)
        items = [item for group in described.groups for item in group.items]
        if items:
            found.append(
                Proposal(
                    subject=items[0].subject,
                    kinds=tuple(group.kind for group in described.groups),
                    lines=tuple(line for item in items for line in item.lines),
                    bodies=_bodies(by_owner[owner], own),
                    written=_written(by_owner[owner], written),
                )
            )
    return tuple(found)


def _bodies(changes: Iterable[Change], own: Authorities) -> tuple[str, ...]:
    deciding = {_authority(one, own) for one in changes}
    return tuple(str(words) for authority, words in BODIES.items() if authority in deciding)


def _authority(change: Change, own: Authorities) -> Authority:
    entity = REGISTRY[change.entity]
    if change.field is None:
        return authority_of_existence(entity, own)
    return authority_of_field(entity, change.field, own)


def _written(changes: Iterable[Change], written: Mapping[Key, Written]) -> tuple[Written, ...]:
    entries = {one.revision: one for change in changes if (one := written.get(key_of(change)))}
    return tuple(entries[revision] for revision in sorted(entries, reverse=True))
