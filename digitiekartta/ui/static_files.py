"""Static files under addresses that change with their content, without a collecting step."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def content_digest(name: str) -> str:
    """Eight hexadecimal digits of the file's content; empty when there is no such file."""
    found = finders.find(name)
    if not isinstance(found, str):
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:8]


class Storage(StaticFilesStorage):
    """Adds the content's digest to the address: ``/static/ui/js/page.js?v=1a2b3c4d``."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        digest = content_digest(name or "")
        return f"{address}?v={digest}" if digest else address
