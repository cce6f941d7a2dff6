"""The words of statuses as the municipality has them: its own, else the usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import get_language

from .rules import Situation, Status
from .words import DECISION_KINDS, SITUATION_IN_ADDRESS, SITUATIONS, STATUSES

Wordings = Mapping[str, Mapping[str, str]]
"""A municipality's own words by status or situation and by language; what is missing is usual."""
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words in the reader's language. ``in_address`` are those of addresses, always Finnish."""

    situations: Mapping[Situation, str]
    statuses: Mapping[Status, str]
    in_address: Mapping[Situation, str]
    decision_kinds: Mapping[Any, Any]


def own_words(wordings: Wordings, language: str | None = None) -> OwnWords:
    """The municipality's words in a language, by default the active one."""
    code = language or get_language() or "fi"
    return OwnWords(
        situations=_own(SITUATIONS, wordings, code),
        statuses=_own(STATUSES, wordings, code),
        in_address=SITUATION_IN_ADDRESS,
        decision_kinds=DECISION_KINDS,
    )


def _own(usual: Mapping[Word, Any], wordings: Wordings, code: str) -> dict[Word, str]:
    return {one: wordings.get(str(one), {}).get(code) or str(word) for one, word in usual.items()}


def usual_words() -> dict[str, Any]:
    """The usual word of everything that may be called otherwise, by its key in ``Wordings``."""
    keyed = {str(one): word for one, word in SITUATIONS.items()}
    return {**{str(one): word for one, word in STATUSES.items()}, **keyed}
