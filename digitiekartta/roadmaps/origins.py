"""From what an action came: modules above register theirs, as approvables do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.documents.registry import Audience
from digitiekartta.ui.languages import Texts


@dataclass(frozen=True, slots=True)
class Origin:
    """Something of which an action came, as its page tells it."""

    title: Texts
    url: str


Source = Callable[[UUID, UUID, Audience], Sequence[Origin]]
"""Tells of a ledger and an action the origins that an audience may read."""

_SOURCES: list[Source] = []


def register(source: Source) -> None:
    _SOURCES.append(source)


def origins_of(ledger_id: UUID, action_id: UUID, audience: Audience) -> tuple[Origin, ...]:
    """Of what an action came, as far as an audience may know."""
    return tuple(one for source in _SOURCES for one in source(ledger_id, action_id, audience))
