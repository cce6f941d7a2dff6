"""What must not be kept, whatever its view says."""

from __future__ import annotations

import logging
from collections.abc import Iterable

log = logging.getLogger(__name__)
_MOST_REMEMBERED = 1000
_told: set[tuple[str, str]] = set()


def refusal(headers: Iterable[tuple[bytes, bytes]], content: bytes) -> str:
    """Why a marked page can't be kept; empty when it can.

    A cookie, a CSRF token or a CSP nonce is one reader's; a page that varies with more than the
    encoding is not the same for everybody.
    """
    for name, value in headers:
        reason = _header_refusal(name, value.lower())
        if reason:
            return reason
    if b"csrfmiddlewaretoken" in content:
        return "it holds a CSRF token"
    if b' nonce="' in content:
        return "it holds a CSP nonce"
    return ""


def _header_refusal(name: bytes, value: bytes) -> str:
    if name == b"set-cookie":
        return "it sets a cookie"
    if name == b"vary" and {part.strip() for part in value.split(b",")} - {b"accept-encoding", b""}:
        return "it varies with " + value.decode("latin-1")
    if name == b"content-encoding":
        return "it is encoded already"
    if name.startswith(b"content-security-policy") and b"'nonce-" in value:
        return "it holds a CSP nonce"
    if name == b"cache-control" and (b"private" in value or b"no-store" in value):
        return "it says " + value.decode("latin-1")
    return ""


def tell_once(path: str, reason: str) -> None:
    """Logs a refusal the first time that it is met on a path."""
    if (path, reason) in _told or len(_told) >= _MOST_REMEMBERED:
        return
    _told.add((path, reason))
    log.warning("%s is marked as public but not kept: %s", path, reason)
