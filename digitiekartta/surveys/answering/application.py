"""The application: ``POST /<kunta>/kysely/vastaus/`` in every language.

No cookie is read or set, no session, no address is kept; neither a body nor a code is logged or
stands in an address.
"""

from __future__ import annotations

import asyncio
import datetime
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError

from digitiekartta.ui.clock import now

from ..queries import OpenRound
from ..rules import Answers, RoundError
from ..services.answers import KnownCode, Outcome, Submission
from .batcher import Batcher, NotStoredError
from .budget import Budget
from .parsing import MalformedError, Sent, looks_like_a_code, read_form
from .problems import Pages, Problem, Trouble, TroubleError
from .register import GOOD_FOR, LOOKED_AGAIN, Register
from .repeats import Repeats
from .telling import Teller
from .wire import Receive, Scope, Send, form_body, lead_on, send_page

ADDRESS = re.compile(r"(?:/(?P<language>sv|en))?/(?P<slug>[a-z0-9-]{1,60})/kysely/vastaus/")


def is_answer(scope: Scope) -> bool:
    """Whether a request is for this application."""
    return scope["type"] == "http" and ADDRESS.fullmatch(scope["path"]) is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """What answers are taken with. The budgets are for wrong codes: from one address, 60 at once
    and 6 a minute afterwards; in one municipality 600 at once and 2 a second."""

    register: Register
    batcher: Batcher
    pages: Pages
    now: Callable[[], datetime.datetime] = now
    clock: Callable[[], float] = time.monotonic
    by_address: Budget = field(default_factory=lambda: Budget(60, 0.1))
    by_municipality: Budget = field(default_factory=lambda: Budget(600, 2.0, 400))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer was sent: a municipality's form in a language, at a site, by whom."""

    slug: str
    language: str
    host: str
    scheme: str
    client: str

    @property
    def form(self) -> str:
        prefix = "" if self.language == "fi" else f"/{self.language}"
        return f"{prefix}/{self.slug}/kysely/"

    def problem(self, trouble: Trouble, fields: Mapping[str, str]) -> Problem:
        return Problem(trouble, self.slug, self.language, self.host, self.scheme, fields)


class Answering:
    """Takes answers. Call it only for requests that :func:`is_answer` knows."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._repeats = Repeats()
        self._teller = Teller(parts.pages, parts.clock)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begins to store; answers are taken in this event loop."""
        self._parts.batcher.start(loop)

    def stop(self) -> None:
        """Stores what waits, and lets go of threads and connections."""
        self._parts.batcher.stop()
        self._parts.register.stop()
        self._teller.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = _place_of(scope)
        if scope["method"] != "POST":
            await lead_on(send, place.form.encode())
            return
        fields: Mapping[str, str] = {}
        try:
            sent = _read(await form_body(scope, receive))
            fields = sent.fields
            await self._take(sent, place)
        except TroubleError as problem:
            told = place.problem(problem.trouble, fields)
            await send_page(send, await self._teller.page(told))
        else:
            await lead_on(send, f"{place.form}kiitos/".encode())

    async def _take(self, sent: Sent, place: _Place) -> None:
        """Counts an answer. Raises TroubleError where it is not counted and was not before."""
        one = await self._round(sent, place)
        try:
            levels = Answers(sent.levels(one.questions)).levels
        except MalformedError:
            raise TroubleError(Trouble.MALFORMED) from None
        except RoundError:
            raise TroubleError(Trouble.NOTHING_ANSWERED) from None
        outcome = await self._stored(sent, await self._submission(sent, one, levels, place))
        trouble = _TROUBLES.get(outcome)
        if trouble is not None:
            raise TroubleError(trouble)

    async def _round(self, sent: Sent, place: _Place) -> OpenRound:
        one = await self._looked_up(sent, place)
        at = self._parts.now()
        if at >= one.closes_at:
            raise TroubleError(Trouble.CLOSED)
        if at < one.opens_at:
            raise TroubleError(Trouble.NOT_YET_OPEN)
        return one

    async def _looked_up(self, sent: Sent, place: _Place, *, again: bool = False) -> OpenRound:
        """The open round that is answered; looked up anew at once where it is not known."""
        good_for = LOOKED_AGAIN if again else GOOD_FOR
        try:
            rounds = await self._parts.register.get(place.slug, good_for)
        except (DatabaseError, RuntimeError):
            raise TroubleError(Trouble.NOT_STORED) from None
        if rounds is None:
            raise TroubleError(Trouble.NO_MUNICIPALITY)
        if sent.round_id in rounds.over:
            raise TroubleError(Trouble.CLOSED)
        one = rounds.open.get(sent.round_id)
        if one is not None:
            return one
        if again:
            raise TroubleError(Trouble.MALFORMED)
        return await self._looked_up(sent, place, again=True)

    async def _submission(
        self, sent: Sent, one: OpenRound, levels: tuple[int | None, ...], place: _Place
    ) -> Submission:
        if sent.link:
            unit_id = one.links.get(sent.link)
            if unit_id is None:
                raise TroubleError(Trouble.WRONG_LINK)
            return Submission(unit_id, levels)
        found = one.find(sent.code) if looks_like_a_code(sent.code) else None
        if found is None and looks_like_a_code(sent.code):
            found = (await self._looked_up(sent, place, again=True)).find(sent.code)
        if found is None:
            raise TroubleError(self._wrong_code(place))
        return Submission(found.unit_id, levels, KnownCode(found.hashed, found.place, found.among))

    def _wrong_code(self, place: _Place) -> Trouble:
        at = self._parts.clock()
        by_address = self._parts.by_address.spend(place.client, at)
        by_municipality = self._parts.by_municipality.spend(place.slug, at)
        within = by_address and by_municipality
        return Trouble.WRONG_CODE if within else Trouble.TOO_MANY_WRONG_CODES

    async def _stored(self, sent: Sent, submission: Submission) -> Outcome:
        batcher = self._parts.batcher
        try:
            if submission.code is not None or not sent.nonce:
                return await batcher.submit(submission)
            word = f"{submission.unit_id}:{sent.nonce}"
            return await self._repeats.once(
                word, self._parts.clock(), lambda: batcher.submit(submission)
            )
        except NotStoredError:
            raise TroubleError(Trouble.NOT_STORED) from None


def _place_of(scope: Scope) -> _Place:
    match = ADDRESS.fullmatch(scope["path"])
    if match is None:
        raise ValueError("not an address for answers")
    client, headers = scope.get("client"), dict(scope["headers"])
    return _Place(
        slug=match["slug"],
        language=match["language"] or "fi",
        host=headers.get(b"host", b"").decode("latin-1"),
        scheme=scope.get("scheme", "http"),
        client=str(client[0]) if client else "",
    )


def _read(body: bytes) -> Sent:
    try:
        return read_form(body)
    except MalformedError:
        raise TroubleError(Trouble.MALFORMED) from None


_TROUBLES = {
    Outcome.UNKNOWN_CODE: Trouble.WRONG_CODE,
    Outcome.CLOSED: Trouble.CLOSED,
    Outcome.REFUSED: Trouble.MALFORMED,
}
