"""Requests a second that a server answers: by ``wrk`` where it is installed, else by own means."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Mapping

CONNECTIONS = 64
_THREADS = 2


def client() -> str:
    """What the load comes from."""
    return "wrk" if shutil.which("wrk") else "own client"


def rate(port: int, path: str, headers: Mapping[str, str], seconds: float) -> float:
    """Answers a second over so many seconds. Raises RuntimeError for errors among them."""
    if shutil.which("wrk"):
        return _rate_by_wrk(port, path, headers, seconds)
    return asyncio.run(_rate(port, path, headers, seconds))


def _rate_by_wrk(port: int, path: str, headers: Mapping[str, str], seconds: float) -> float:
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    url = f"http://127.0.0.1:{port}{path}"
    sizes = [f"-t{_THREADS}", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s"]
    done = subprocess.run(
        ["wrk", *sizes, *given, url], check=True, capture_output=True, text=True, timeout=120
    )
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return float(found[1])


class _Asking(asyncio.Protocol):
    """Asks again and again over one connection."""

    def __init__(self, request: bytes) -> None:
        self.count = 0
        self._request = request
        self._missing = 0
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._buffer += data
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head, rest = self._buffer[:end], self._buffer[end + 4 :]
            self._buffer = b""
            self._missing = _length(head) - len(rest)
        if self._missing == 0 and self._transport is not None:
            self.count += 1
            self._transport.write(self._request)


def _length(head: bytes) -> int:
    status = head[9:12]
    if status not in (b"200", b"304"):
        raise RuntimeError(head.decode("latin-1"))
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return int(found[1]) if found and status == b"200" else 0


async def _rate(port: int, path: str, headers: Mapping[str, str], seconds: float) -> float:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode()
    loop = asyncio.get_running_loop()
    asking = [_Asking(request) for _ in range(CONNECTIONS)]
    opened = await asyncio.gather(
        *(loop.create_connection(lambda one=one: one, "127.0.0.1", port) for one in asking)  # type: ignore[misc]
    )
    began = time.monotonic()
    before = sum(one.count for one in asking)
    await asyncio.sleep(seconds)
    count = sum(one.count for one in asking) - before
    took = time.monotonic() - began
    for transport, _ in opened:
        transport.close()
    return count / took
