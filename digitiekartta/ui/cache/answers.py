"""Answers that are ready to be sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import encodings

Headers = list[tuple[bytes, bytes]]
Message = Mapping[str, Any]

REVALIDATED = b"public, max-age=0, must-revalidate"
IMMUTABLE = b"public, max-age=31536000, immutable"
_REPLACED = frozenset(
    (
        b"cache-control connection content-length date etag expires last-modified server "
        b"transfer-encoding vary x-cache-scope"
    ).split()
)
_OVERHEAD = 2048
"""Bytes that a page takes beside its content: headers, keys, objects. Rounded up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in two forms: as ASGI messages, and as the bytes after the date line."""

    start: Message
    body: Message
    status_line: bytes
    head: bytes
    content: bytes


def answer(status: int, headers: Headers, content: bytes) -> Answer:
    reason = {200: b"OK", 304: b"Not Modified"}[status]
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return Answer(
        start={"type": "http.response.start", "status": status, "headers": headers},
        body={"type": "http.response.body", "body": content},
        status_line=b"HTTP/1.1 %d %s\r\n" % (status, reason),
        head=lines + b"\r\n",
        content=content,
    )


@dataclass(slots=True)
class Variant:
    """A page in one encoding: whole, as HEAD asks for it, and "not modified".

    ``used`` is set at every hit and taken back by the shelf, which so learns what is in use.
    """

    etag: bytes
    whole: Answer
    bare: Answer
    unchanged: Answer
    used: bool = True

    def matching(self, none_match: bytes) -> bool:
        """Whether an If-None-Match header names this variant."""
        if none_match == self.etag:
            return True
        tags = (tag.strip().removeprefix(b"W/") for tag in none_match.split(b","))
        return any(tag in (self.etag, b"*") for tag in tags)

    def to(self, method: str, none_match: bytes | None) -> Answer:
        """The answer to a request."""
        if none_match is not None and self.matching(none_match):
            return self.unchanged
        return self.bare if method == "HEAD" else self.whole


@dataclass(slots=True)
class Page:
    """A rendered page, and its variants by encoding as far as somebody has asked for them.

    ``kept`` tells whether it stands on the shelf.
    """

    scope: str
    headers: Headers
    content: bytes
    cache_control: bytes = REVALIDATED
    variants: dict[str, Variant] = field(default_factory=dict)
    digest: str = ""
    kept: bool = False

    def __post_init__(self) -> None:
        self.digest = hashlib.blake2b(self.content, digest_size=12).hexdigest()

    @property
    def size(self) -> int:
        """Bytes that the page takes."""
        held = sum(len(one.whole.content) for name, one in self.variants.items() if name)
        return _OVERHEAD + len(self.content) + held

    @property
    def compressible(self) -> bool:
        content_type = dict(self.headers).get(b"content-type", b"")
        return encodings.is_worth_it(content_type, len(self.content))

    def variant(self, encoding: str) -> Variant:
        """Makes the variant for an encoding. Takes as long as compressing does."""
        content = encodings.compress(self.content, encoding)
        etag = f'"{self.digest}{"-" if encoding else ""}{encoding}"'.encode()
        shared: Headers = [
            (b"cache-control", self.cache_control),
            (b"etag", etag),
            (b"vary", b"Accept-Encoding"),
        ]
        encoded = [(b"content-encoding", encoding.encode())] if encoding else []
        length = [(b"content-length", str(len(content)).encode())]
        headers = [*self.headers, *encoded, *length, *shared]
        return Variant(
            etag=etag,
            whole=answer(200, headers, content),
            bare=answer(200, headers, b""),
            unchanged=answer(304, shared, b""),
        )


def kept_headers(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The headers of a response that go with the kept page; the cache writes the others itself."""
    return [(name, value) for name, value in headers if name not in _REPLACED]
