"""What is due by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core import mail

from digitiekartta.config.ticking import Ticker, tick
from digitiekartta.live.models import Presence
from tests.kauhava import Town

if TYPE_CHECKING:
    from tests.cast import Cast


def test_without_open_rounds_nothing_is_due(kauhava: Town) -> None:
    assert tick() == 0


def test_a_ticker_stops_before_its_first_tick() -> None:
    ticker = Ticker(every=60)
    ticker.start()
    ticker.stop()
    assert ticker._thread is not None
    ticker._thread.join(timeout=5)
    assert not ticker._thread.is_alive()


def test_forms_that_nobody_has_open_any_more_are_swept(db: None) -> None:
    for until in (0.0, 2.0**40):
        Presence.objects.create(
            ledger_id=uuid4(), actor=uuid4(), tab=uuid4(), entity=uuid4(), until=until
        )
    tick()
    assert list(Presence.objects.values_list("until", flat=True)) == [2.0**40]


def test_a_tick_sends_the_reminders_that_are_due_and_the_next_one_sends_none(
    cast: Cast, settings: Any
) -> None:
    settings.FIXED_NOW = "2026-12-18T10:00:00+02:00"
    tick()
    assert ["responsible@kunta.test"] in [one.to for one in mail.outbox]
    count = len(mail.outbox)
    tick()
    assert len(mail.outbox) == count
