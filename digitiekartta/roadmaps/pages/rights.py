"""Oikeudet: each deed, who may do it, why, and what makes the change valid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digitiekartta.decisions.rules import (
    Authorities,
    authority_of_existence,
    authority_of_field,
)
from digitiekartta.documents.registry import Authority

from ..registry import REGISTRY
from ..right_words import CHANGES, DEEDS, STANDINGS, VALIDITY, WHY
from ..rights import RIGHTS, Deed, Standing


@dataclass(frozen=True, slots=True)
class Right:
    """A deed in words. ``mine`` tells that the reader may do it; ``validity`` is empty for a deed
    that changes nothing of the plan."""

    deed: Deed
    words: Any
    who: tuple[Any, ...]
    why: Any
    validity: Any
    mine: bool


def rights_page(own: Authorities, standings: frozenset[Standing]) -> tuple[Right, ...]:
    """Every deed, in the order of the table. ``standings`` are the reader's."""
    return tuple(_right(deed, holders, own, standings) for deed, holders in RIGHTS.items())


def _right(
    deed: Deed,
    holders: frozenset[Standing],
    own: Authorities,
    standings: frozenset[Standing],
) -> Right:
    authority = authority_of(deed, own)
    return Right(
        deed=deed,
        words=DEEDS[deed],
        who=tuple(STANDINGS[one] for one in Standing if one in holders),
        why=WHY[deed],
        validity=VALIDITY[authority] if authority is not None else "",
        mine=not holders.isdisjoint(standings),
    )


def authority_of(deed: Deed, own: Authorities) -> Authority | None:
    """Who decides what a deed changes; None where it changes nothing of the plan."""
    for key in CHANGES.get(deed, ()):
        name, _dot, field = key.partition(".")
        entity = REGISTRY[name]
        return (
            authority_of_field(entity, field, own) if field else authority_of_existence(entity, own)
        )
    return None
