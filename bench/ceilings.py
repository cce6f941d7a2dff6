"""The other sides: the least that the same server can do, with nothing in front.

``python -m bench.ceilings constant PORT WORKERS`` answers every request with the response in the
file that ``BENCH_RESPONSE`` names; ``stream PORT`` is a minimal event stream: what is posted to
``/publish`` reaches every reader.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
_STREAM = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]


def constant_application() -> Callable[[Any, Receive, Send], Awaitable[None]]:
    """Sends one prepared response, whatever is asked."""
    told = json.loads(Path(os.environ["BENCH_RESPONSE"]).read_text())
    headers = [(name.encode(), value.encode("latin-1")) for name, value in told["headers"]]
    body = {"type": "http.response.body", "body": bytes.fromhex(told["body"])}
    start = {"type": "http.response.start", "status": told["status"], "headers": headers}

    async def application(scope: Any, receive: Receive, send: Send) -> None:
        await send(start)
        await send(body)

    return application


class MinimalStream:
    """A queue per reader and nothing else."""

    def __init__(self) -> None:
        self.readers: set[asyncio.Queue[bytes]] = set()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["path"] == "/publish":
            message = await receive()
            for queue in self.readers:
                queue.put_nowait(message["body"])
            await self._start(send, 204, [])
            await send({"type": "http.response.body", "body": b""})
        elif scope["path"] == "/live":
            await self._read(send)
        else:
            await self._start(send, 200, [(b"content-length", b"0")])
            await send({"type": "http.response.body", "body": b""})

    async def _read(self, send: Send) -> None:
        queue: asyncio.Queue[bytes] = asyncio.Queue(100)
        self.readers.add(queue)
        try:
            await self._start(send, 200, _STREAM)
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
            while True:
                content = await queue.get()
                await send({"type": "http.response.body", "body": content, "more_body": True})
        finally:
            self.readers.discard(queue)

    async def _start(self, send: Send, status: int, headers: list[Any]) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})


def stream_application() -> MinimalStream:
    return MinimalStream()


def main() -> None:
    import uvicorn  # noqa: PLC0415 - only as a command

    kind, port, *workers = sys.argv[1:]
    uvicorn.run(
        f"bench.ceilings:{kind}_application",
        factory=True,
        port=int(port),
        workers=int(workers[0]) if workers else 1,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
