"""The addresses of the scripts that a page needs."""

from __future__ import annotations

from django.templatetags.static import static


def script_urls(*, live: bool = False, filters: bool = False) -> tuple[str, ...]:
    """For ``Frame.scripts``: every page's script first, then what follows changes and filters."""
    wanted = (("page", True), ("live", live), ("filters", filters))
    return tuple(static(f"ui/js/{name}.js") for name, is_wanted in wanted if is_wanted)
