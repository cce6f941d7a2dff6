"""Takes what pages tell of open forms: ``POST /<kunta>/live/lasna`` in every language.

Plain ASGI, as the stream: it is answered by who the session in the request is. Whoever is not of
the municipality is handed on, and meets what any address meets that is nowhere.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError, connections

from .hub import asking
from .rules import MOST_BYTES, MalformedError, Viewer, Who, told
from .services import tell_editing
from .stream import Receive, Scope, Send, refuse

log = logging.getLogger(__name__)
ADDRESS = re.compile(r"/(?:(?:sv|en)/)?(?P<slug>[a-z0-9-]{1,60})/live/lasna")
Application = Callable[[Scope, Receive, Send], Any]


def is_told(scope: Mapping[str, Any]) -> bool:
    """Whether a request tells of an open form."""
    return scope["method"] == "POST" and ADDRESS.fullmatch(scope["path"]) is not None


@dataclass(frozen=True, slots=True)
class Members:
    """Who tells; given by config. Both ask the database and run in a thread.

    ``viewer_of`` checks the session of a request for a municipality by its slug; None for
    strangers. ``introduce`` tells how a member is called.
    """

    viewer_of: Callable[[Mapping[str, Any], str], Viewer | None]
    introduce: Callable[[Viewer], Who]


class Attendance:
    """Call it only for requests that :func:`is_told` knows. ``otherwise`` answers strangers."""

    def __init__(self, members: Members, otherwise: Application) -> None:
        self._members = members
        self._otherwise = otherwise
        # Of its own: a write may wait for the database's lock, and events must not wait with it.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="attendance")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = ADDRESS.fullmatch(scope["path"])
        slug = match["slug"] if match else ""
        try:
            viewer = await self._in_thread(self._members.viewer_of, scope, slug)
            if viewer is None:
                await self._otherwise(scope, receive, send)
            else:
                await self._take(viewer, scope, receive, send)
        except (DatabaseError, RuntimeError):
            log.warning("an open form can't be told of", exc_info=True)
            await refuse(send, 503, "the database does not answer now")

    async def _take(self, viewer: Viewer, scope: Scope, receive: Receive, send: Send) -> None:
        if not from_a_page_of_this_site(scope):
            await refuse(send, 403, "this is told by pages of this site alone")
            return
        try:
            what = told(await _body(receive))
        except MalformedError:
            await refuse(send, 400, "not what a page tells")
            return
        await self._in_thread(
            lambda: tell_editing(
                viewer=viewer, who=self._members.introduce(viewer), told=what, at=time.time()
            )
        )
        headers = [(b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def stop(self) -> None:
        """Lets go of the thread and its connection."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, asking, work, *arguments)


def from_a_page_of_this_site(scope: Mapping[str, Any]) -> bool:
    """Whether a browser says that its own page of this host sent it.

    Every browser names the origin of a POST by script, no page can change it, and no page of
    another site can send JSON without being asked beforehand (which is never answered). The host
    alone is compared: behind a proxy the scheme seen here may be another.
    Source: OWASP, Cross-Site Request Forgery Prevention, "Verifying Origin With Standard Headers".
    """
    headers = dict(scope["headers"])
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1")).netloc
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    host = headers.get(b"host", b"").decode("latin-1")
    return kind == b"application/json" and bool(origin) and origin.lower() == host.lower()


async def _body(receive: Receive) -> bytes:
    """The request's body. Raises MalformedError when it is longer than any page sends."""
    content = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise MalformedError
        more: bytes = message.get("body", b"")
        content += more
        if len(content) > MOST_BYTES:
            raise MalformedError
        if not message.get("more_body"):
            return content
