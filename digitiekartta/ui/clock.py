"""The one place that asks what time it is. Everything else is told."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime.datetime:
    """The time now, with its zone; ``DIGITIEKARTTA_NOW`` fixes it for tests and demos."""
    if settings.FIXED_NOW:
        fixed = datetime.datetime.fromisoformat(settings.FIXED_NOW)
        return fixed if fixed.tzinfo is not None else fixed.replace(tzinfo=HELSINKI)
    return datetime.datetime.now(HELSINKI)
