"""What a process keeps of what it has read."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection

Key = TypeVar("Key")
Value = TypeVar("Value")


_everything: list[Kept[Any, Any]] = []


class Kept(Generic[Key, Value]):
    """The few values that were read last, by key. Safe between threads.

    Nothing is kept inside a transaction: that may be rolled back, and its revision then be given
    to something else.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        _everything.append(self)

    def get(self, key: Key) -> Value | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def keep(self, key: Key, value: Value) -> Value:
        """Keeps a value, and gives it back."""
        if connection.in_atomic_block:
            return value
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def forget(self) -> None:
        """Drops everything that it holds."""
        with self._lock:
            self._values.clear()


def forget_everything() -> None:
    """Drops what the process keeps, whoever keeps it: for tests, and after a restore."""
    for kept in _everything:
        kept.forget()
