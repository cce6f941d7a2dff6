"""One watcher per process: a thread that learns which ledgers have moved on, and tells."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from .rules import Editing
from .sources import Revisions, Source, SourceError

log = logging.getLogger(__name__)
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class News:
    """The revisions of all ledgers, read at ``at`` (monotonic clock, seconds).

    Told after every commit, and without one at least four times a second as a sign of contact.
    ``epoch`` rises with every new connection: the database behind it may be another one.
    ``editing`` is who has told to be editing; it stays the same object where it was not read anew.
    """

    revisions: Revisions
    at: float
    epoch: int
    editing: tuple[Editing, ...] = ()


class Watcher:
    """Follows a source in a thread of its own and tells listeners in the event loop."""

    def __init__(self, source: Source) -> None:
        self.latest: News | None = None
        self._source = source
        self._listeners: list[Callable[[News], None]] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._epoch = 0

    def listen(self, listener: Callable[[News], None]) -> None:
        """Adds a listener, called in the event loop. Before :meth:`start`."""
        self._listeners.append(listener)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    async def contact(self, timeout: float) -> bool:
        """Waits for the first news to be told, at most so many seconds; whether it was."""
        deadline = time.monotonic() + timeout
        while self.latest is None and time.monotonic() < deadline:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0)
        return self.latest is not None

    def stop(self, timeout: float = 1.0) -> None:
        """Ends the thread, waiting at most ``timeout`` seconds for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        told = ""
        while not self._stop.is_set():
            try:
                self._source.open()
                self._epoch += 1
                self._tell()
                pause, told = _FIRST_PAUSE, self._recovered(told)
                self._follow()
            except SourceError as problem:
                if str(problem) != told:
                    told = str(problem)
                    log.warning("the database can't be watched, pages are not cached: %s", told)
                self._stop.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            finally:
                self._source.close()

    def _follow(self) -> None:
        while not self._stop.is_set():
            at = time.monotonic()
            if self._source.wait(self._stop.wait):
                self._tell()
            elif self.latest is not None:
                self._publish(replace(self.latest, at=at))

    def _recovered(self, told: str) -> str:
        if told:
            log.warning("the database is watched again")
        return ""

    def _tell(self) -> None:
        at = time.monotonic()
        revisions = self._source.read()
        self._publish(News(revisions, at, self._epoch, self._source.read_presence()))

    def _publish(self, news: News) -> None:
        self.latest = news
        if self._loop is None or self._stop.is_set():
            return
        try:
            self._loop.call_soon_threadsafe(self._deliver, news)
        except RuntimeError:
            self._stop.set()

    def _deliver(self, news: News) -> None:
        for listener in self._listeners:
            try:
                listener(news)
            except Exception:
                log.exception("a listener of the watcher failed")
