"""What was measured, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Goal:
    """What a value (or its ratio to the ceiling) has to reach."""

    text: str
    reached: Callable[[Result], bool]


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. ``ceiling`` is what the other side reached in the same run, in the same unit."""

    name: str
    value: float
    unit: str
    goal: Goal
    ceiling: float | None = None
    database: str = "sqlite"

    @property
    def ratio(self) -> float | None:
        """The value as a share of the ceiling."""
        return self.value / self.ceiling if self.ceiling else None

    @property
    def reached(self) -> bool:
        return self.goal.reached(self)


def ratio_at_least(least: float) -> Goal:
    return Goal(f"≥ {least:.2f} × ceiling", lambda one: (one.ratio or 0) >= least)


def at_most(most: float, unit: str) -> Goal:
    return Goal(f"≤ {most:g} {unit}", lambda one: one.value <= most)


def within(factor: float, extra: float, unit: str) -> Goal:
    """At most so many times the ceiling and so much more."""
    return Goal(
        f"≤ {factor:g} × ceiling + {extra:g} {unit}",
        lambda one: one.value <= factor * (one.ceiling or 0) + extra,
    )


def table(results: Iterable[Result]) -> str:
    """The results in columns, a tick before what was reached."""
    head = ("", "measure", "value", "", "ceiling", "ratio", "goal", "database")
    rows = [head, *(_row(one) for one in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return "\n".join(_line(row, widths) for row in rows)


def verdict(results: Sequence[Result]) -> str:
    """How many goals were reached, and which were not."""
    missed = [one.name for one in results if not one.reached]
    told = f"{len(results) - len(missed)} of {len(results)} goals reached"
    return f"{told}; not: {'; '.join(missed)}" if missed else told


def _row(one: Result) -> tuple[str, ...]:
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    ceiling = "" if one.ceiling is None else _number(one.ceiling)
    mark = "✓" if one.reached else "✗"
    return mark, one.name, _number(one.value), one.unit, ceiling, ratio, one.goal.text, one.database


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    right = {2, 4, 5}
    cells = (
        cell.rjust(width) if place in right else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()


def write_json(results: Iterable[Result], path: Path) -> None:
    """A list of objects with name, value, unit, ceiling, ratio, goal and database."""
    data = [
        {
            "name": one.name,
            "value": one.value,
            "unit": one.unit,
            "ceiling": one.ceiling,
            "ratio": one.ratio,
            "goal": one.goal.text,
            "database": one.database,
        }
        for one in results
    ]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
