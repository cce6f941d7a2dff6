"""How a round protects its respondents, and its privacy notice: both made from its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..figures import share_bounds
from .asking import Option, options_of
from .respondent import Facts

_COUNTS, _UNSURE = (3, 9, 6, 2, 0), 4


@dataclass(frozen=True, slots=True)
class Subtraction:
    """An example of why a group large enough is hidden too: the respondents of three units."""

    large: int
    middle: int
    small: int

    @property
    def together(self) -> int:
        """Those of the two units that stay hidden."""
        return self.middle + self.small


@dataclass(frozen=True, slots=True)
class Tallied:
    """An example of what is kept: one question's counts, by the levels from the highest down."""

    counts: tuple[tuple[Option, int], ...]
    dont_know: int

    @property
    def respondents(self) -> int:
        return sum(count for _, count in self.counts) + self.dont_know


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """What is told of a round's protection."""

    facts: Facts
    contact: str
    example: Subtraction
    tally: Tallied

    @property
    def bounds_of_ten(self) -> tuple[int, int]:
        """Under and over which per cents the shares of ten answers are told as bounds."""
        return share_bounds(10)

    @property
    def contact_is_mail(self) -> bool:
        return "@" in self.contact and " " not in self.contact


def protection_page(
    facts: Facts, scale: Sequence[Mapping[str, Any]], contact: str
) -> ProtectionPage:
    """What is told of a round's protection. ``contact`` is the municipality's, or empty."""
    k = facts.k_mean
    return ProtectionPage(
        facts=facts,
        contact=contact.strip(),
        example=Subtraction(3 * k - 1, 2 * k - 1, k - 2),
        tally=Tallied(tuple(zip(options_of(scale), _COUNTS, strict=False)), _UNSURE),
    )
