"""What is due by itself."""

from __future__ import annotations

from digitiekartta.config.ticking import Ticker, tick
from tests.kauhava import Town


def test_without_open_rounds_nothing_is_due(kauhava: Town) -> None:
    assert tick() == 0


def test_a_ticker_stops_before_its_first_tick() -> None:
    ticker = Ticker(every=60)
    ticker.start()
    ticker.stop()
    assert ticker._thread is not None
    ticker._thread.join(timeout=5)
    assert not ticker._thread.is_alive()
