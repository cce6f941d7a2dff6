"""P7: from a commit in another process to the last of many readers of the stream."""

from __future__ import annotations

import asyncio
import http.client
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

from .processes import (
    Place,
    Server,
    allow_many_sockets,
    free_port,
    resident_kilobytes,
    running,
)
from .report import Result, at_most, within
from .writer import writing

NOTICING = {"sqlite": 250.0, "postgresql": 100.0}
_PATIENCE = 30.0
_AT_ONCE = 200
_ENOUGH_TO_WEIGH = 1000
"""Readers: the memory of fewer is lost in that of the process."""


class _Reader(asyncio.Protocol):
    """One reader of a stream, as cheap as can be."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._opened = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._crowd.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        if not self._opened and b"\n\n" in data:
            self._opened = True
            self._crowd.opened += 1
        if b"data:" in data:
            self._crowd.hear()


@dataclass
class Crowd:
    """Readers in one event loop; the time at which the last one of them heard something."""

    port: int
    path: str
    opened: int = 0
    heard: int = 0
    last: float = 0.0
    transports: list[asyncio.BaseTransport] = field(default_factory=list)

    @property
    def request(self) -> bytes:
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()

    def hear(self) -> None:
        self.heard += 1
        self.last = time.monotonic()

    async def grow(self, count: int) -> None:
        """Opens streams until there are so many."""
        loop = asyncio.get_running_loop()
        while len(self.transports) < count:
            batch = min(_AT_ONCE, count - len(self.transports))
            opened = await asyncio.gather(
                *(
                    loop.create_connection(lambda: _Reader(self), "127.0.0.1", self.port)
                    for _ in range(batch)
                )
            )
            self.transports += [transport for transport, _ in opened]
            await self._until(lambda: self.opened == len(self.transports))

    async def reached(self, publish: Callable[[], float]) -> float:
        """Milliseconds from the time that ``publish`` gives to the last reader's hearing of it."""
        self.heard = 0
        began = await asyncio.to_thread(publish)
        await self._until(lambda: self.heard >= len(self.transports))
        return (self.last - began) * 1000

    async def _until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not done():
                await asyncio.sleep(0.005)

    def leave(self) -> None:
        for transport in self.transports:
            transport.close()


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """The last of 200, 1,000 and 5,000 open pages, and what a reader takes in memory."""
    counts = [count for count in (200, 1000, 5000) if count + 200 < allow_many_sockets()]
    for count in counts[:2] if quick else counts:
        ceiling, least = _minimal(count, quick)
        ours, memory = _ours(here, count, quick)
        goal = within(1.5, NOTICING[here.database], "ms")
        yield Result(f"P7 last of {count} readers", ours, "ms", goal, ceiling, here.database)
        if count < _ENOUGH_TO_WEIGH:
            continue
        yield Result(
            f"P7 memory a reader, of {count}",
            memory,
            "KB",
            at_most(20, "KB"),
            least,
            here.database,
        )


def _ours(here: Place, count: int, quick: bool) -> tuple[float, float]:
    with here.serving() as server, writing(here, "kauhava") as writer:
        return asyncio.run(_listen(server, "/kauhava/live", writer.commit, count, quick))


def _minimal(count: int, quick: bool) -> tuple[float, float]:
    port = free_port()
    event = b'id: 1\ndata: {"revision":1,"ids":["e4f1c1de-0000-4000-8000-000000000000"]}\n\n'

    def publish() -> float:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        began = time.monotonic()
        connection.request("POST", "/publish", body=event)
        connection.getresponse().read()
        connection.close()
        return began

    command = [sys.executable, "-m", "bench.ceilings", "stream", str(port)]
    with running(command, port, "/") as server:
        return asyncio.run(_listen(server, "/live", publish, count, quick))


async def _listen(
    server: Server, path: str, publish: Callable[[], float], count: int, quick: bool
) -> tuple[float, float]:
    """The median time of several events to the last reader, and kilobytes a reader."""
    crowd = Crowd(server.port, path)
    await crowd.grow(10)
    await crowd.reached(publish)
    before = resident_kilobytes(server.process.pid)
    await crowd.grow(count)
    times = [await crowd.reached(publish) for _ in range(3 if quick else 7)]
    memory = (resident_kilobytes(server.process.pid) - before) / (count - 10)
    crowd.leave()
    return median(times), memory
