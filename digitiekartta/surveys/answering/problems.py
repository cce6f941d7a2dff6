"""What can keep an answer from being counted, and who tells the respondent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Headers = tuple[tuple[bytes, bytes], ...]


class Trouble(StrEnum):
    """Why an answer was not counted. Nothing is used up by any of them: a code stays good."""

    WRONG_CODE = "wrong_code"
    TOO_MANY_WRONG_CODES = "too_many_wrong_codes"
    WRONG_LINK = "wrong_link"
    NOTHING_ANSWERED = "nothing_answered"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NOT_STORED = "not_stored"
    NO_MUNICIPALITY = "no_municipality"

    @property
    def status(self) -> int:
        """The HTTP status that says it to machines."""
        return _STATUS[self]


_STATUS = {
    Trouble.WRONG_CODE: 422,
    Trouble.TOO_MANY_WRONG_CODES: 429,
    Trouble.WRONG_LINK: 422,
    Trouble.NOTHING_ANSWERED: 422,
    Trouble.NOT_YET_OPEN: 409,
    Trouble.CLOSED: 410,
    Trouble.MALFORMED: 400,
    Trouble.TOO_LARGE: 413,
    Trouble.TOO_SLOW: 408,
    Trouble.NOT_STORED: 503,
    Trouble.NO_MUNICIPALITY: 404,
}


class TroubleError(Exception):
    """Ends the taking of an answer with something to tell."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Problem:
    """What a respondent must be told, at the site that she asked. ``fields`` are the form's as they
    were sent (``q1`` …, ``code``, ``round``, ``link``), so that a page can show it filled in; never
    to be logged."""

    trouble: Trouble
    slug: str
    language: str
    host: str
    scheme: str
    fields: Mapping[str, str] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent: its bytes, its headers and its status."""

    status: int
    headers: Headers
    content: bytes


Pages = Callable[[Problem], Page]
"""Makes the page of a problem; called in a thread."""
