"""What of a request decides which page it gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

Scope = Mapping[str, Any]
RawKey = tuple[str, str, str, bytes, bytes | None, bytes | None]

_SINGLE = (b"host", b"cookie", b"accept-encoding", b"if-none-match")
_OWN_ANSWER = (b"range", b"authorization", b"transfer-encoding")
_ORDINARY = frozenset(
    (
        b"accept accept-charset accept-encoding accept-language cache-control connection cookie "
        b"dnt forwarded host if-modified-since if-none-match keep-alive pragma priority referer "
        b"sec-gpc te upgrade-insecure-requests user-agent via x-forwarded-for x-forwarded-proto "
        b"x-real-ip x-request-id"
    ).split()
)
_LONGEST_RAW_KEY = 1024


@dataclass(frozen=True, slots=True)
class Request:
    """A request that a kept page may answer.

    ``ordinary`` tells that it holds no header that the page might have been made different by.
    """

    method: str
    scheme: str
    host: bytes
    path: str
    query: bytes
    accept_encoding: bytes | None
    none_match: bytes | None
    ordinary: bool

    @property
    def raw_key(self) -> RawKey | None:
        """The key of the first look-up; None for a request too long to be remembered."""
        if len(self.path) + len(self.query) + len(self.accept_encoding or b"") > _LONGEST_RAW_KEY:
            return None
        return (
            self.method,
            self.scheme,
            self.path,
            self.query,
            self.host,
            self.accept_encoding,
        )


def cacheable(
    scope: Scope, session_mark: bytes, knows_host: Callable[[str], bool]
) -> Request | None:
    """The request, or None where no kept page may answer it.

    Refused: other methods than GET and HEAD, a session cookie, ranges and other requests that
    want an answer of their own, a host that is not ours, and doubled headers.
    """
    if scope["method"] not in ("GET", "HEAD"):
        return None
    raw: Sequence[tuple[bytes, bytes]] = scope["headers"]
    headers = dict(raw)
    if len(headers) != len(raw) and _doubled([name for name, _ in raw]):
        return None
    if session_mark in headers.get(b"cookie", b"") or any(name in headers for name in _OWN_ANSWER):
        return None
    host = headers.get(b"host", b"")
    if not knows_host(host.decode("latin-1")):
        return None
    return Request(
        method=scope["method"],
        scheme=scope["scheme"],
        host=host,
        path=scope["path"],
        query=scope["query_string"],
        accept_encoding=headers.get(b"accept-encoding"),
        none_match=headers.get(b"if-none-match"),
        ordinary=all(name in _ORDINARY or name.startswith(b"sec-") for name in headers),
    )


def _doubled(names: list[bytes]) -> bool:
    return any(names.count(name) > 1 for name in _SINGLE)


def canonical_query(query: bytes, known: Sequence[str]) -> bytes:
    """The known parameters alone, sorted by name; several of one name stay in their order."""
    if not query or not known:
        return b""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    kept = sorted((pair for pair in pairs if pair[0] in known), key=lambda pair: pair[0])
    return urlencode(kept).encode()


def plain_scope(scope: Scope, request: Request, query: bytes) -> dict[str, Any]:
    """The request as the renderer of a page for everybody sees it: nothing but what is in the key.

    So neither an unknown parameter nor an odd header of one reader can show on everybody's page.
    """
    return {
        **scope,
        "method": "GET",
        "query_string": query,
        "headers": [(b"host", request.host)],
    }
