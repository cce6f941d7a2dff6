"""Frozen versions, read."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from digitiekartta.documents.document import Document, from_canonical

from .models import Frozen


@lru_cache(maxsize=32)
def frozen_document(version_id: UUID) -> Document:
    """The document that a version froze, kept in the process. Raises Frozen.DoesNotExist."""
    return from_canonical(frozen_bytes(version_id))


def frozen_bytes(version_id: UUID) -> bytes:
    """The canonical bytes of a version, as its hash was taken of them."""
    return bytes(Frozen.objects.values_list("content", flat=True).get(pk=version_id))
