"""The answering endpoint in the process of the tests, and forms sent to it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from digitiekartta.surveys.answering.application import Answering, Parts, is_answer
from digitiekartta.surveys.answering.batcher import Batcher
from digitiekartta.surveys.answering.problems import Page, Problem
from digitiekartta.surveys.answering.register import Register
from digitiekartta.surveys.services.answers import Outcome, Submission
from digitiekartta.surveys.services.answers import store as store_answers
from tests.kauhava import NOW

from .rounds import QUESTIONS, Stage

_TIME = 20.0
Fields = Mapping[str, str] | Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def said(self) -> str:
        """``thanks``, or the trouble that the page of the tests tells."""
        if self.status == 303 and self.headers["location"].endswith("/kysely/kiitos/"):
            return "thanks"
        return self.content.decode()


@dataclass
class Clock:
    """Two clocks that stand until they are moved."""

    now: datetime.datetime = NOW
    seconds: float = 1000.0

    def move(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Desk:
    """The endpoint at work in an event loop of its own."""

    app: Answering
    batcher: Batcher
    loop: asyncio.AbstractEventLoop
    clock: Clock
    problems: list[Problem] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many forms are at the endpoint and not answered yet."""
        return sum(not one.done() for one in asyncio.all_tasks(self.loop))

    def post(self, stage: Stage, fields: Fields | bytes, **more: Any) -> Reply:
        """Sends one form and waits for the reply."""
        return self.post_all([(stage, fields)], **more)[0]

    def post_all(self, forms: Sequence[tuple[Stage, Fields | bytes]], **more: Any) -> list[Reply]:
        """Sends many forms at once."""

        async def send() -> list[Reply]:
            return await asyncio.gather(
                *(request(self.app, stage, fields, **more) for stage, fields in forms)
            )

        return asyncio.run_coroutine_threadsafe(send(), self.loop).result(_TIME)


def form(stage: Stage, code: str = "", *levels: int | None, **more: str) -> dict[str, str]:
    """The fields of a form as a browser sends them; one level is the answer to every question."""
    whole = levels if len(levels) > 1 else levels * QUESTIONS
    answers = {f"q{n}": str(one) for n, one in enumerate(whole, start=1) if one is not None}
    return {"round": str(stage.round_id), "code": code, **answers, **more}


async def request(
    app: Answering,
    stage: Stage,
    fields: Fields | bytes,
    *,
    method: str = "POST",
    language: str = "",
    client: str = "192.0.2.1",
    type: str = "application/x-www-form-urlencoded",
    chunk: int = 1 << 20,
) -> Reply:
    """One request as a server hands it to the application."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    parts = [body[start : start + chunk] for start in range(0, len(body), chunk)] or [b""]
    messages = [
        {"type": "http.request", "body": part, "more_body": n < len(parts)}
        for n, part in enumerate(parts, start=1)
    ]
    scope = {
        "type": "http",
        "method": method,
        "path": f"{language}/{stage.slug}/kysely/vastaus/",
        "headers": [(b"content-type", type.encode()), (b"host", b"testserver")],
        "query_string": b"",
        "client": (client, 1234),
    }
    assert is_answer(scope)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert "set-cookie" not in headers
    assert headers["cache-control"] == "no-store"
    return Reply(sent[0]["status"], headers, b"".join(one["body"] for one in sent[1:]))


Store = Callable[[Sequence[Submission]], list[Outcome]]


@contextlib.contextmanager
def desk(store: Store = store_answers) -> Iterator[Desk]:
    """A desk that takes answers until the test is done with it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="desk", daemon=True)
    thread.start()
    clock, problems = Clock(), []

    def told(problem: Problem) -> Page:
        problems.append(problem)
        return Page(problem.trouble.status, (), str(problem.trouble).encode())

    parts = Parts(
        register=Register(lambda: clock.seconds),
        batcher=Batcher(store),
        pages=told,
        now=lambda: clock.now,
        clock=lambda: clock.seconds,
    )
    app = Answering(parts)
    app.start(loop)
    try:
        yield Desk(app, parts.batcher, loop, clock, problems)
    finally:
        app.stop()
        time.sleep(0.05)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_TIME)
        loop.close()
