"""What decisions are about, and which plan is valid. No Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from digitiekartta.documents.document import Document, document_of
from digitiekartta.documents.references import close
from digitiekartta.documents.registry import Authority, EntityType, Record, Registry


class DecisionKind(StrEnum):
    """What a decision does."""

    ROADMAP = "roadmap"
    YEARLY_CHANGES = "yearly_changes"
    TARGETS = "targets"
    BUDGET = "budget"
    OTHER = "other"


AT_ONCE = (Authority.PROGRESS, Authority.TEAM)
"""The authorities whose changes are valid as soon as they are made."""

Authorities = Mapping[str, Authority]
"""A municipality's own settings: ``action.title`` or, for adding and removing, ``action``."""


def authority_of_field(entity: EntityType, name: str, own: Authorities) -> Authority:
    """Who decides a change of a field: by the municipality's own setting, else by the registry."""
    return own.get(f"{entity.name}.{name}", entity.by_name[name].authority)


def authority_of_existence(entity: EntityType, own: Authorities) -> Authority:
    """Who decides adding and removing: by the municipality's own setting, else by the registry."""
    return own.get(entity.name, entity.existence)


def valid_document(
    version: Document, working: Document, registry: Registry, own: Authorities
) -> Document:
    """The valid plan: the latest version, overlaid by id with what is valid at once.

    Fields whose authority is progress or the digital team come from the working plan. An entity
    whose existence the management team or the board decides is there when the version has it;
    one whose existence is valid at once is there when the working plan has it. What names the
    management team's decision by which it stands is valid by that decision, without a version.

    Nothing valid refers to what is not: where a reference that is valid at once points to
    something that waits for its decision, the approved reference stands meanwhile, or none. An
    entity that can't exist without the reference is left out.
    """
    overlaid = {
        entity.name: _overlaid(entity, version, working, own)
        for entity in registry
        if version.of(entity.name) or working.of(entity.name)
    }
    close(overlaid, registry, instead=version)
    return document_of(overlaid)


def _overlaid(
    entity: EntityType, version: Document, working: Document, own: Authorities
) -> dict[str, Record]:
    approved, present = version.of(entity.name), working.of(entity.name)
    at_once = authority_of_existence(entity, own) in AT_ONCE
    live = [
        one.name for one in entity.fields if authority_of_field(entity, one.name, own) in AT_ONCE
    ]
    if at_once and len(live) == len(entity.fields):
        return dict(present)
    ids = present if at_once else approved
    decided = _decided(entity, present, own)
    overlaid = {id: _overlay(approved.get(id), present.get(id), live) for id in ids}
    return {**overlaid, **decided}


def _decided(
    entity: EntityType, present: Mapping[str, Record], own: Authorities
) -> dict[str, Record]:
    """The entities that name their own decision, where it is the management team that decides.

    A municipality where the board decides of them has its versions for that.
    """
    by = entity.decided_by
    if by is None or authority_of_field(entity, by, own) is not Authority.MANAGEMENT:
        return {}
    return {id: one for id, one in present.items() if one.get(by)}


def _overlay(approved: Record | None, present: Record | None, live: list[str]) -> Record:
    if present is None:
        return approved or {}
    if approved is None or approved == present:
        return present
    return {
        **{name: value for name, value in approved.items() if name not in live},
        **{name: present[name] for name in live if name in present},
    }
