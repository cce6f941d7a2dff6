"""How many wrong codes are answered in full. A right code is never held up by wrong ones."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Budget:
    """A budget for each key, refilled evenly. Kept in memory alone, by a hash that no other process
    could make, and only of the keys seen last.

    ``most`` at once and ``per_second`` afterwards.
    """

    def __init__(self, most: float, per_second: float, keys: int = 10_000) -> None:
        self._most = most
        self._per_second = per_second
        self._keys = keys
        self._secret = secrets.token_bytes(16)
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def spend(self, key: str, at: float) -> bool:
        """Takes one from the budget of a key at a time in seconds; False where nothing is left."""
        hashed = hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).digest()
        bucket = self._buckets.pop(hashed, None) or _Bucket(self._most, at)
        self._buckets[hashed] = bucket
        if len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        bucket.left = min(self._most, bucket.left + (at - bucket.at) * self._per_second)
        bucket.at = at
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
