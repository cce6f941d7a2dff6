"""Words of the command line."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "2 rows", "2 municipalities"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
