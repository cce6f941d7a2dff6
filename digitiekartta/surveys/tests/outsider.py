"""Somebody outside, who has the frozen results and a solver, and works out what they can.

Independent of the product's own attack: it parses the published JSON and knows the rules of
rounding as docs/survey-method.md tells them, nothing else. It is given more than anybody has: how
many answered each question in every group, hidden ones too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy
from scipy.optimize import LinearConstraint, milp

LEVELS = (1, 2, 3, 4, 5)
Coefficients = dict[tuple[str, int], Fraction]


def between(figure: Mapping[str, Any], step: Fraction, ends: tuple[int, int]) -> tuple[Any, Any]:
    """The half-open interval of what a published figure may stand for: at least, and under."""
    ((side, number),) = figure.items()
    number = Fraction(str(number))
    if side == "under":
        return Fraction(ends[0]), number
    if side == "over":
        return number + Fraction(1, 10**9), Fraction(ends[1]) + 1
    return number - step / 2, number + step / 2


@dataclass
class Outsider:
    """What follows from the frozen results for one question.

    ``levels`` tells how many of each group's own staff gave a level.
    """

    content: Mapping[str, Any]
    question: int
    levels: Mapping[str, int]
    rows: list[tuple[Coefficients, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.groups = {one["id"]: one for one in self.content["groups"]}
        self.children: dict[str, list[str]] = {one: [] for one in self.groups}
        for one in self.groups.values():
            if one["parent"] is not None:
                self.children[one["parent"]].append(one["id"])
        self.names = [(one, level) for one in self.groups for level in LEVELS]
        for one in self.groups:
            self.learn({(one, level): Fraction(1) for level in LEVELS}, self.levels[one])
            self.read(one)

    def cell(self, group: str) -> Mapping[str, Any]:
        cell: Mapping[str, Any] = self.groups[group]["cells"][self.question]
        return cell

    def is_shown(self, group: str) -> bool:
        return "hidden" not in self.cell(group)

    def below(self, group: str) -> Iterator[str]:
        yield group
        for child in self.children[group]:
            yield from self.below(child)

    def n(self, members: Sequence[str]) -> int:
        return sum(self.levels[one] for one in members)

    def learn(self, coefficients: Coefficients, low: Any, under: Any = None) -> None:
        """A sum that is ``low``, or at least that and less than ``under``, and a whole number."""
        high = low if under is None else math.ceil(under) - 1
        self.rows.append((coefficients, math.ceil(low), high))

    def read(self, group: str) -> None:
        cell = self.cell(group)
        if "hidden" in cell:
            return
        members, n = list(self.below(group)), cell["n"]
        assert n == self.n(members)
        low, under = between(cell["mean"], Fraction(1, 10), (1, 5))
        self.learn(total(members), low * n, under * n)
        for level, share in zip(LEVELS, cell.get("shares", ()), strict=False):
            low, under = between(share, Fraction(1), (0, 100))
            counts = {(one, level): Fraction(1) for one in members}
            self.learn(counts, low * n / 100, under * n / 100)
        if "weighted" in cell:
            self.read_weighted(group, cell)

    def read_weighted(self, group: str, cell: Mapping[str, Any]) -> None:
        """Each shown sector by its headcount, everything else together as one."""
        parts = {one: list(self.below(one)) for one in self.children[group] if self.is_shown(one)}
        staff = {one: self.groups[one]["headcount"] for one in parts}
        inside = {one for members in parts.values() for one in members}
        parts[group] = [one for one in self.groups if one not in inside]
        staff[group] = self.groups[group]["headcount"] - sum(staff.values())
        parts = {one: members for one, members in parts.items() if self.n(members) and staff[one]}
        whole = sum(staff[one] for one in parts)
        coefficients: Coefficients = {}
        for one, members in parts.items():
            weight = Fraction(staff[one], whole * self.n(members))
            coefficients |= {name: value * weight for name, value in total(members).items()}
        low, under = between(cell["weighted"], Fraction(1, 10), (1, 5))
        scale = math.lcm(*(one.denominator for one in coefficients.values()))
        scaled = {name: value * scale for name, value in coefficients.items()}
        self.learn(scaled, low * scale, under * scale)

    def least(self, coefficients: Coefficients) -> float:
        """The least value that a sum may have, by integer programming."""
        place = {name: at for at, name in enumerate(self.names)}

        def row(values: Coefficients) -> Any:
            filled = numpy.zeros(len(place))
            for name, value in values.items():
                filled[place[name]] = float(value)
            return filled

        matrix = numpy.array([row(values) for values, _, _ in self.rows])
        lows = [low for _, low, _ in self.rows]
        highs = [high for _, _, high in self.rows]
        found = milp(
            row(coefficients),
            constraints=LinearConstraint(matrix, lows, highs),
            integrality=numpy.ones(len(place)),
        )
        assert found.status == 0, found.message
        return round(float(found.fun), 6)

    def width(self, members: Sequence[str]) -> float:
        """How wide the interval of a group's possible means is, in levels."""
        sums = total(members)
        opposite = {name: -value for name, value in sums.items()}
        return (-self.least(opposite) - self.least(sums)) / self.n(members)

    def knows_all_answered(self, members: Sequence[str], level: int) -> bool:
        """Whether it is certain that everybody of a group answered this level."""
        counts = {(one, level): Fraction(1) for one in members}
        return self.least(counts) == self.n(members)


def total(members: Sequence[str]) -> Coefficients:
    """The sum of levels of groups' own staff."""
    return {(one, level): Fraction(level) for one in members for level in LEVELS}
