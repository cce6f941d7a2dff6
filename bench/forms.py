"""A survey's form opened by many at once, while others send their answers.

"10,000 people within ten minutes, tenfold" is read as ten times that rate: 167 people a second.
Each loads the way in and then opens the form by her code; as many others a second send theirs.

``python -m bench.forms load PORT SECONDS PACE`` is the crowd, told on standard input: so many
people a second come whether or not others have been served (0: as many as 32 at a time can).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from . import answers
from .processes import Place, Server
from .report import Goal, Result, at_most

WORKERS = 2
PEOPLE, MINUTES, FOLD = 10_000, 10, 10
PACE = FOLD * PEOPLE / (MINUTES * 60)
"""People a second."""
MOST_MS = 1_000
_AT_ONCE = 32
_LONGEST = 30.0


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """How many forms can be opened a second, and how long it takes at the pace that is asked."""
    given = json.loads(answers.run(here, "prepare", "avaus"))
    seconds = 3.0 if quick else 10.0
    with here.serving(workers=WORKERS) as server:
        _load(here, server, given, 2.0, 0)
        most = _load(here, server, given, seconds, 0)
        paced = _load(here, server, given, seconds, PACE)
    rate = Goal(f"≥ {PACE:.0f}/s", lambda one: one.value >= PACE)
    yield Result(
        f"survey forms opened, {PACE:.0f} answers/s beside",
        most["rate"],
        "/s",
        rate,
        None,
        here.database,
    )
    yield Result(
        f"p99 of opening a form at {PACE:.0f}/s",
        paced["p99"],
        "ms",
        at_most(MOST_MS, "ms"),
        None,
        here.database,
    )
    failed = sum(one["failed"] for one in (most, paced))
    whole = sum(one["opened"] + one["sent"] for one in (most, paced))
    none = Goal("0", lambda one: one.value == 0)
    yield Result(
        "forms not opened or not thanked", failed, f"of {whole}", none, None, here.database
    )


def _load(
    here: Place, server: Server, given: dict[str, Any], seconds: float, pace: float
) -> dict[str, float]:
    """Takes the codes that it uses from those given."""
    command = [sys.executable, "-m", "bench.forms", "load"]
    needed = int(seconds * PACE * 1.5) + 100
    told = {**given, "codes": given["codes"][:needed]}
    del given["codes"][:needed]
    done = subprocess.run(
        [*command, str(server.port), str(seconds), str(pace)],
        env=here.environment,
        check=True,
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
        cwd=here.var,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


class Crowd:
    """People who open the form, and others who send theirs at a pace of their own."""

    def __init__(self, port: int, given: dict[str, Any]) -> None:
        self._port = port
        self._slug = given["slug"]
        self._codes = given["codes"]
        self._bodies = [answers.form(given, code) for code in self._codes]
        self.times: list[float] = []
        self.sent = self.failed = 0

    async def come(self, seconds: float, pace: float) -> dict[str, float]:
        """Everybody comes for so many seconds."""
        until = time.monotonic() + seconds
        began = time.monotonic()
        openers = self._paced(until, pace, self._open) if pace else self._crowded(until)
        await asyncio.gather(openers, self._paced(until, PACE, self._send))
        took = time.monotonic() - began
        times = sorted(self.times)
        return {
            "rate": len(times) / took,
            "opened": len(times),
            "sent": self.sent,
            "failed": self.failed,
            "p99": 1000 * times[int(0.99 * (len(times) - 1))],
        }

    async def _crowded(self, until: float) -> None:
        async def one(place: int) -> None:
            while time.monotonic() < until:
                await self._open(place)
                place += _AT_ONCE

        await asyncio.gather(*(one(place) for place in range(_AT_ONCE)))

    async def _paced(self, until: float, pace: float, do: Any) -> None:
        """Begins so many a second, however long each takes."""
        tasks, began, number = [], time.monotonic(), 0
        while time.monotonic() < until:
            tasks.append(asyncio.create_task(do(number)))
            number += 1
            await asyncio.sleep(max(0.0, began + number / pace - time.monotonic()))
        await asyncio.gather(*tasks)

    async def _open(self, number: int) -> None:
        began = time.monotonic()
        body = f"code={self._codes[-1 - number % (len(self._codes) // 4)]}".encode()
        address = f"/{self._slug}/kysely/"
        start = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        length = f"Content-Length: {len(body)}\r\n\r\n".encode()
        head = f"POST {address} HTTP/1.1\r\nHost: localhost\r\n".encode()
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
        if await self._asked([start, head + kind + length + body], b'name="q11"'):
            self.times.append(time.monotonic() - began)

    async def _send(self, number: int) -> None:
        self.sent += await self._asked([self._bodies[number]], b"/kiitos/")

    async def _asked(self, requests: list[bytes], expected: bytes) -> bool:
        """Sends requests over a new connection, as a new visitor does; whether the last answer
        holds what is expected."""
        try:
            async with asyncio.timeout(_LONGEST):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                answer = b""
                for request in requests:
                    writer.write(request)
                    answer = await _answer(reader)
                writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            answer = b""
        self.failed += expected not in answer
        return expected in answer


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(one[15:]) for one in lines if one.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


def main() -> None:
    import uvloop  # noqa: PLC0415 - only for the load

    _, port, seconds, pace = sys.argv[1:]
    crowd = Crowd(int(port), json.load(sys.stdin))
    sys.stdout.write(json.dumps(uvloop.run(crowd.come(float(seconds), float(pace)))))


if __name__ == "__main__":
    main()
