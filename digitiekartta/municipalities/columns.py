"""The half-year as a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from .rules import HalfYear

if TYPE_CHECKING:
    _CharField = models.CharField[Any, Any]
else:
    _CharField = models.CharField


class HalfYearField(_CharField):
    """A :class:`HalfYear`, stored as ``2026-H1``, which sorts in time."""

    description = "half-year"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> HalfYear | None:
        return HalfYear.parse(value) if value else None

    def to_python(self, value: Any) -> HalfYear | None:
        return HalfYear.parse(value) if isinstance(value, str) and value else value or None

    def get_prep_value(self, value: Any) -> str | None:
        return str(value) if value else None
