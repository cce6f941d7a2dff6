"""What a round froze when it opened: questions, scale, groups and rules, as plain data and typed.

Pure; no Django. Everything that is shown of an open or closed round is said with these words, not
with what the framework and the parties are called since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A perspective as it was asked, in all its wordings by language."""

    id: str
    number: int
    group: str
    question: Text
    name: Text
    short_name: Text
    note: Text


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A group as it was asked. ``headcount`` is its own, without its subgroups."""

    id: str
    party: str
    parent: str | None
    name: Text
    headcount: int


@dataclass(frozen=True, slots=True)
class Wording:
    """Questions and groups in their order, the scale as the framework has it, and the two k's."""

    questions: tuple[Question, ...]
    scale: tuple[Mapping[str, Any], ...]
    units: tuple[AskedUnit, ...]
    k_mean: int
    k_distribution: int


def as_data(
    *,
    questions: Sequence[Mapping[str, Any]],
    scale: Sequence[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    k_mean: int,
    k_distribution: int,
) -> dict[str, Any]:
    """What is frozen, as plain JSON data: the other way round from :func:`wording_of`."""
    return {
        "questions": [dict(one) for one in questions],
        "scale": [dict(one) for one in scale],
        "units": [dict(one) for one in units],
        "rules": {"k_mean": k_mean, "k_distribution": k_distribution},
    }


def wording_of(data: Mapping[str, Any]) -> Wording:
    """A round's frozen wording. Raises KeyError for a round that has not opened."""
    return Wording(
        questions=tuple(Question(**one) for one in data["questions"]),
        scale=tuple(data["scale"]),
        units=tuple(AskedUnit(**one) for one in data["units"]),
        k_mean=data["rules"]["k_mean"],
        k_distribution=data["rules"]["k_distribution"],
    )
