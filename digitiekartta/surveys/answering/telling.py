"""Telling a respondent what keeps her answer from being counted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from django.db import connections

from .problems import Page, Pages, Problem, Trouble

log = logging.getLogger(__name__)
_MOST_WAITING = 50
_KEPT_SECONDS = 60.0
_MOST_KEPT = 1_000

_PLAIN = (
    "Vastausta ei tallennettu. Palaa edelliselle sivulle ja yritä uudelleen.\n"
    "Svaret sparades inte. Gå tillbaka till föregående sida och försök på nytt.\n"
    "The answer was not saved. Go back to the previous page and try again.\n"
)
_PLAIN_HEADERS = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
)


class Teller:
    """Has the page of a problem made, in a thread. Lives in the event loop.

    Whoever guesses codes gets a page made before, and where too many pages are waited for, or one
    can't be made, a few plain words are sent instead.
    """

    def __init__(self, pages: Pages, clock: Callable[[], float]) -> None:
        self._pages = pages
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="survey-pages")
        self._waiting = 0
        self._kept: dict[Problem, tuple[float, Page]] = {}

    async def page(self, problem: Problem) -> Page:
        """The page of a problem."""
        if problem.trouble is not Trouble.TOO_MANY_WRONG_CODES:
            return await self._made(problem)
        key, at = replace(problem, fields={}), self._clock()
        kept = self._kept.get(key)
        if kept is not None and at - kept[0] < _KEPT_SECONDS:
            return kept[1]
        page = await self._made(key)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = (at, page)
        return page

    def stop(self) -> None:
        """Lets go of the thread and its connection."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _made(self, problem: Problem) -> Page:
        if self._waiting >= _MOST_WAITING:
            return plain_page(problem.trouble)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._pages, problem)
        except Exception as failure:
            # Its name alone: the problem holds what was answered.
            log.error("the page of a problem could not be made: %s", type(failure).__name__)
            return plain_page(problem.trouble)
        finally:
            self._waiting -= 1


def plain_page(trouble: Trouble) -> Page:
    """A few words in three languages, made without asking anybody."""
    return Page(trouble.status, _PLAIN_HEADERS, _PLAIN.encode())
