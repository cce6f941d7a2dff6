"""What priorities, goals and parties are called where there is little room."""

from __future__ import annotations

from ..plan.entities import Goal, Party, Plan, Priority, Text


class Names:
    """The names of one plan's subjects: a priority goes by its perspective's short name."""

    def __init__(self, plan: Plan) -> None:
        self._short = {one.id: one.short_name for one in plan.perspectives}

    def of(self, subject: object) -> Text | None:
        """The name; None for what has none of its own."""
        if isinstance(subject, Priority):
            return self._short.get(subject.perspective_id) or subject.name
        if isinstance(subject, Goal):
            return subject.title
        return subject.name if isinstance(subject, Party) else None
