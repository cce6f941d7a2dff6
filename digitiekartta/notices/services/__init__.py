"""What is done with notices: one verb each."""

from __future__ import annotations

from .followers import confirm_following, follow, send_news, stop_following
from .forgetting import forget_old
from .reminding import choose_reminders, send_reminders, send_sample

__all__ = [
    "choose_reminders",
    "confirm_following",
    "follow",
    "forget_old",
    "send_news",
    "send_reminders",
    "send_sample",
    "stop_following",
]
