"""The server is killed while 500 answer: whoever was thanked is counted, and nobody twice."""

from __future__ import annotations

import contextlib
import http.client
import random
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from digitiekartta.surveys.tallies import distributions

from .copies import Copy, Sent, Server, copied, post, prepared, seen_in, serving

pytestmark = pytest.mark.database
MANY, QUESTIONS, CLIENTS, SEED = 500, 11, 16, 500
Counts = list[list[int]]


def forms_of(base: Copy) -> list[Sent]:
    chance = random.Random(SEED)  # noqa: S311
    codes = [(group, code) for group, all in base.given["codes"].items() for code in all]
    return [
        Sent(group, code, tuple(chance.choices(range(6), k=QUESTIONS)))
        for group, code in chance.sample(codes, MANY)
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    with prepared(tmp_path_factory.mktemp("killed")) as copy:
        yield copy


class Crowd:
    """Clients that send their forms one after another, until they are through or cut off."""

    def __init__(self, server: Server, forms: Sequence[Sent]) -> None:
        self.server = server
        self.sent: set[str] = set()
        self.thanked: set[str] = set()
        self._forms = list(reversed(forms))
        self._lock = threading.Lock()

    def send_all(self) -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            for _ in range(CLIENTS):
                pool.submit(self._send)

    def _send(self) -> None:
        with contextlib.closing(
            http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        ) as connection:
            while (one := self._next()) is not None:
                try:
                    thanked = post(connection, self.server.copy.given, one)
                except (OSError, http.client.HTTPException):
                    return
                if thanked:
                    with self._lock:
                        self.thanked.add(one.code)

    def _next(self) -> Sent | None:
        with self._lock:
            if not self._forms:
                return None
            one = self._forms.pop()
            self.sent.add(one.code)
            return one


def counted_in(copy: Copy) -> tuple[int, Counts]:
    """How many are counted, and the counts of all groups together by question, 0 to 5."""
    rows = seen_in(copy).tables["surveys_tally"]
    system = len(rows[0]) - 5
    respondents = sum(row[system + 1] for row in rows)
    sums = [[0] * 6 for _ in range(QUESTIONS)]
    for row in rows:
        for question, one in enumerate(distributions(bytes(row[system + 2]))):
            for level, count in enumerate((one.dont_know, *one.counts)):
                sums[question][level] += count
    return respondents, sums


def counts_of(forms: Sequence[Sent]) -> Counts:
    return [
        [sum(one.answers[question] == level for one in forms) for level in range(6)]
        for question in range(QUESTIONS)
    ]


def within(lower: Counts, counts: Counts, upper: Counts) -> bool:
    return all(
        a <= b <= c
        for least, row, most in zip(lower, counts, upper, strict=True)
        for a, b, c in zip(least, row, most, strict=True)
    )


@pytest.mark.parametrize("kill_after", [30, 250])
def test_every_acknowledged_answer_is_counted_once_after_a_kill(
    base: Copy, kill_after: int
) -> None:
    forms = forms_of(base)
    with copied(base, f"killed-{kill_after}") as copy:
        with serving(copy) as server:
            crowd = Crowd(server, forms)
            thread = threading.Thread(target=crowd.send_all)
            thread.start()
            while len(crowd.thanked) < kill_after:
                time.sleep(0.001)
            server.stop(signal.SIGKILL)
            thread.join()
        assert kill_after <= len(crowd.thanked) < MANY
        acknowledged = [one for one in forms if one.code in crowd.thanked]
        sent = [one for one in forms if one.code in crowd.sent]
        respondents, counts = counted_in(copy)
        assert len(acknowledged) <= respondents <= len(sent)
        assert within(counts_of(acknowledged), counts, counts_of(sent))

        with serving(copy) as server:
            again = Crowd(server, forms)
            again.send_all()
        assert len(again.thanked) == MANY
        assert counted_in(copy) == (MANY, counts_of(forms))
