"""What is due by itself: run inside ``serve``, or by a timer through ``digitiekartta tick``."""

from __future__ import annotations

import logging
import threading
import time

from django.db import DatabaseError, connection

from digitiekartta.ui.clock import HELSINKI, now

EVERY = 600.0
"""Seconds between two looks at what is due."""

_log = logging.getLogger(__name__)


def tick() -> int:
    """Does what is due now; tells how many groups were counted. Doing it again changes nothing."""
    from digitiekartta.accounts.services import forget_expired  # noqa: PLC0415 - not at the start
    from digitiekartta.live.services import sweep  # noqa: PLC0415
    from digitiekartta.surveys.services import count_today  # noqa: PLC0415

    sweep(at=time.time())
    forget_expired(at=now())
    counted = count_today(day=now().astimezone(HELSINKI).date())
    send_mail()
    return counted


def send_mail() -> int:
    """Sends the reminders and residents' mail that are due; how many mails went."""
    from digitiekartta.notices.services import (  # noqa: PLC0415 - not at the start
        forget_old,
        send_news,
        send_reminders,
    )

    at = now()
    forget_old(at=at)
    return send_reminders(at=at) + send_news(at=at)


class Ticker:
    """Ticks in a thread of its own. Every worker may have one: what is done is done once."""

    def __init__(self, every: float = EVERY) -> None:
        self._every = every
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            try:
                tick()
            except DatabaseError:
                _log.warning("what is due was not done: the database does not answer")
            finally:
                connection.close()
