"""What is forgotten of mail, and when."""

from __future__ import annotations

import datetime

from ..models import Digest, Followed, Follower, Reminder
from ..queries import today_of
from ..rules import CONFIRM_DAYS, DAY, KEPT_DAYS


def forget_old(*, at: datetime.datetime) -> None:
    """Forgets reminders after 400 days, and addresses that nobody confirmed within a week."""
    before = today_of(at) - KEPT_DAYS * DAY
    Reminder.objects.filter(day__lt=before).delete()
    Digest.objects.filter(day__lt=before).delete()
    late = at - CONFIRM_DAYS * DAY
    Followed.objects.filter(confirmed_at=None, asked_at__lt=late).delete()
    Follower.objects.filter(follows=None, asked_at__lt=late).delete()
