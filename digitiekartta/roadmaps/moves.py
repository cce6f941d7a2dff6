"""Changes of schedule, as the log tells them. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from digitiekartta.municipalities.rules import Span
from digitiekartta.ui.clock import HELSINKI


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """An action's schedule as it was changed in the log, at once valid, with the reason given."""

    action_id: str
    revision: int
    at: datetime.datetime
    before: Span
    after: Span
    reason: str

    @property
    def on(self) -> datetime.date:
        """The day on which it was changed, in Finland."""
        return self.at.astimezone(HELSINKI).date()
