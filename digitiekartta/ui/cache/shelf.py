"""Where pages are kept: bounded in bytes, the longest unused leaves first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from .answers import Page

PageKey = tuple[str, bytes, str, bytes]
"""Scheme, host, path, canonical query."""


class Shelf:
    """Pages by key, in at most ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[PageKey, Page] = OrderedDict()
        self._sizes: dict[PageKey, int] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: PageKey) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: PageKey, page: Page) -> bool:
        """Keeps a page, or takes its new size in. Whether others, or it itself, had to leave."""
        others = self._pages.get(key) not in (None, page)
        self._remove(key)
        self._pages[key] = page
        page.kept = True
        self._sizes[key] = page.size
        self.size += page.size
        return self._make_room() or others

    def drop(self, gone: Callable[[Page], bool]) -> bool:
        """Takes away the pages of which this is true. Whether there were any."""
        keys = [key for key, page in self._pages.items() if gone(page)]
        for key in keys:
            self._remove(key)
        return bool(keys)

    def _make_room(self) -> bool:
        left = False
        second_chances = len(self._pages)
        while self.size > self.limit:
            key = next(iter(self._pages))
            page = self._pages[key]
            if second_chances > 0 and any(one.used for one in page.variants.values()):
                second_chances -= 1
                for one in page.variants.values():
                    one.used = False
                self._pages.move_to_end(key)
                continue
            self._remove(key)
            left = True
        return left

    def _remove(self, key: PageKey) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            page.kept = False
            self.size -= self._sizes.pop(key)
