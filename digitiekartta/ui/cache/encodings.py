"""Which compression a reader takes, and compressing."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]

IDENTITY, BROTLI, GZIP = "", "br", "gzip"
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
_WORTH_IT = 256
_COMPRESSIBLE = (
    b"text/",
    b"application/json",
    b"application/javascript",
    b"application/xml",
    b"application/schema+json",
    b"application/manifest+json",
    b"image/svg+xml",
)


def chosen(accept: bytes | None) -> str:
    """The compression for an Accept-Encoding header: brotli, else gzip, else none.

    What the reader likes less than the other (a lower ``q``) is not chosen; ``q=0`` forbids.
    """
    if not accept:
        return IDENTITY
    weights = _weights(accept)
    other = weights.get(b"*", 0.0)
    brotli_weight = weights.get(b"br", other)
    gzip_weight = weights.get(b"gzip", other)
    if brotli_weight > 0 and brotli_weight >= gzip_weight:
        return BROTLI
    return GZIP if gzip_weight > 0 else IDENTITY


def _weights(accept: bytes) -> dict[bytes, float]:
    weights: dict[bytes, float] = {}
    for part in accept.lower().split(b","):
        name, _, parameter = part.partition(b";")
        weights[name.strip()] = _weight(parameter)
    return weights


def _weight(parameter: bytes) -> float:
    written = parameter.strip().removeprefix(b"q=")
    if not written:
        return 1.0
    try:
        return float(written)
    except ValueError:
        return 0.0


def is_worth_it(content_type: bytes, size: int) -> bool:
    """Whether compressing so many bytes of this type gains anything."""
    return size >= _WORTH_IT and content_type.lower().startswith(_COMPRESSIBLE)


def compress(content: bytes, encoding: str) -> bytes:
    """The content in an encoding. The same content gives the same bytes."""
    if encoding == BROTLI:
        compressed: bytes = brotli.compress(content, quality=_BROTLI_QUALITY)
        return compressed
    if encoding == GZIP:
        return gzip.compress(content, _GZIP_LEVEL, mtime=0)
    return content
